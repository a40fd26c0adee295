"""The registry in the admin."""

from registry.admin.entries import (
    OperatorAdmin,
    RegistrationAdmin,
    SiteAdmin,
    SiteMeterAdmin,
    StatusRecordAdmin,
)
from registry.admin.protection import DecidingPersonAdmin, ProtectionDecisionAdmin
from registry.admin.records import (
    ContactAdmin,
    EquipmentAdmin,
    EquipmentModelAdmin,
    FeeReturnAdmin,
    ListedEntryAdmin,
    OfficialListAdmin,
    PrincipalAdmin,
    SupplyContractAdmin,
)

__all__ = [
    "ContactAdmin",
    "DecidingPersonAdmin",
    "EquipmentAdmin",
    "EquipmentModelAdmin",
    "FeeReturnAdmin",
    "ListedEntryAdmin",
    "OfficialListAdmin",
    "OperatorAdmin",
    "PrincipalAdmin",
    "ProtectionDecisionAdmin",
    "RegistrationAdmin",
    "SiteAdmin",
    "SiteMeterAdmin",
    "StatusRecordAdmin",
    "SupplyContractAdmin",
]
