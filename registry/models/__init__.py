"""The tables of the white side."""

from registry.models.imports import ImportBatch
from registry.models.operators import Operator
from registry.models.registrations import Registration, StatusRecord
from registry.models.sites import Site, SiteMeter

__all__ = ["ImportBatch", "Operator", "Registration", "Site", "SiteMeter", "StatusRecord"]
