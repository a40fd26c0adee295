"""The tables of the white side."""

from registry.models.equipment import Equipment, EquipmentModel
from registry.models.exchange import PilotStage, PoolReport, Sale, Venue
from registry.models.judgements import Judgement, KnownParty, PairSearch, ProposedPair
from registry.models.official import ListedEntry, OfficialList
from registry.models.operators import Operator
from registry.models.people import Contact, Principal
from registry.models.protection import DecidingPerson, ProtectionDecision
from registry.models.registrations import Registration, StatusRecord
from registry.models.returns import FeeReturn
from registry.models.sites import Site, SiteMeter
from registry.models.supply import SupplyContract
from registry.models.words import NameWord

CORRECTED = {
    "operator": Operator,
    "registration": Registration,
    "site": Site,
    "equipment": Equipment,
    "model": EquipmentModel,
    "contract": SupplyContract,
    "return": FeeReturn,
    "contact": Contact,
    "principal": Principal,
}
"""Models whose rows people correct by twos, by the word in the page's address."""

__all__ = [
    "CORRECTED",
    "Contact",
    "DecidingPerson",
    "Equipment",
    "EquipmentModel",
    "FeeReturn",
    "Judgement",
    "KnownParty",
    "ListedEntry",
    "NameWord",
    "OfficialList",
    "Operator",
    "PairSearch",
    "PilotStage",
    "PoolReport",
    "Principal",
    "ProposedPair",
    "ProtectionDecision",
    "Registration",
    "Sale",
    "Site",
    "SiteMeter",
    "StatusRecord",
    "SupplyContract",
    "Venue",
]
