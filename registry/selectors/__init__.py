"""What other floors ask of the registry."""

from registry.selectors.candidates import Candidate, look_up
from registry.selectors.declared import DeclaredMeter, declared_meters
from registry.selectors.regions import (
    RegionRegistered,
    registered_by_region,
    registered_operators,
)
from registry.selectors.standings import Standing, StandingMatch, standing

__all__ = [
    "Candidate",
    "DeclaredMeter",
    "RegionRegistered",
    "Standing",
    "StandingMatch",
    "declared_meters",
    "look_up",
    "registered_by_region",
    "registered_operators",
    "standing",
]
