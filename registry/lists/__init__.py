"""The lists of the registry, each a page of its own."""

from registry.lists.official import OfficialListList
from registry.lists.operators import OperatorList
from registry.lists.records import ContractList, EquipmentList, FeeReturnList, ModelList, SiteList
from registry.lists.registrations import RegistrationList

__all__ = [
    "ContractList",
    "EquipmentList",
    "FeeReturnList",
    "ModelList",
    "OfficialListList",
    "OperatorList",
    "RegistrationList",
    "SiteList",
]
