"""What other floors ask of the registry."""

from registry.selectors.candidates import Candidate, look_up
from registry.selectors.declared import DeclaredMeter, declared_meters
from registry.selectors.marks import Whereabouts, protected_among, protected_numbers
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
    "Whereabouts",
    "declared_meters",
    "look_up",
    "protected_among",
    "protected_numbers",
    "registered_by_region",
    "registered_operators",
    "standing",
]
