"""The registry in the admin."""

from registry.admin.entries import (
    OperatorAdmin,
    RegistrationAdmin,
    SiteAdmin,
    SiteMeterAdmin,
    StatusRecordAdmin,
)

__all__ = [
    "OperatorAdmin",
    "RegistrationAdmin",
    "SiteAdmin",
    "SiteMeterAdmin",
    "StatusRecordAdmin",
]
