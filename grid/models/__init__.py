"""The tables of the grid."""

from grid.models.calendar import GridEvent
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
    FeedDay,
    LakeFile,
    Meter,
    MeterProfile,
    ProfileRun,
    ReadingBatch,
    ReadingReject,
    Supplier,
)

__all__ = [
    "Exemption", "ExemptionDocument", "FeedDay", "Feeder", "FeederBalance", "FeederTotal",
    "GridEvent",
    "LakeFile", "LossNorm", "Meter", "MeterFeeder", "MeterProfile", "MeterTotal",
    "ProfileRun", "ReadingBatch", "ReadingReject", "Supplier",
]  # fmt: skip
