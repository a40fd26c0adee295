"""The tables of the grid."""

from grid.models.calendar import GridEvent
from grid.models.changes import MeterChange
from grid.models.exempting import Exemption, ExemptionDocument
from grid.models.feeders import (
    Feeder,
    FeederBalance,
    FeederTotal,
    LossNorm,
    MeterFeeder,
    MeterTotal,
)
from grid.models.metering import (
    LONGEST_HEADING,
    FeedDay,
    LakeFile,
    Meter,
    MeterProfile,
    ProfileRun,
    ReadingBatch,
    ReadingReject,
    Supplier,
)
from grid.models.rules import HouseholdTariff, RetentionTerm

__all__ = [
    "LONGEST_HEADING",
    "Exemption",
    "ExemptionDocument",
    "FeedDay",
    "Feeder",
    "FeederBalance",
    "FeederTotal",
    "GridEvent",
    "HouseholdTariff",
    "LakeFile",
    "LossNorm",
    "Meter",
    "MeterChange",
    "MeterFeeder",
    "MeterProfile",
    "MeterTotal",
    "ProfileRun",
    "ReadingBatch",
    "ReadingReject",
    "RetentionTerm",
    "Supplier",
]  # fmt: skip
