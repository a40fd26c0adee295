"""The registry in the admin."""

from registry.admin.entries import (
    OperatorAdmin,
    RegistrationAdmin,
    SiteAdmin,
    SiteMeterAdmin,
    StatusRecordAdmin,
)
from registry.admin.imports import ImportBatchAdmin

__all__ = [
    "ImportBatchAdmin",
    "OperatorAdmin",
    "RegistrationAdmin",
    "SiteAdmin",
    "SiteMeterAdmin",
    "StatusRecordAdmin",
]
