"""The latest picture, as the dashboard and later the brief show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outlook.models import Picture


@dataclass(frozen=True, slots=True)
class RegionPicture:
    """One region: suspected power as a range, registered power, both in MW."""

    code: str
    suspected_low: float
    suspected_high: float
    leads: int
    cases: int
    registered: float
    operators: int
    sites: int

    @property
    def suspected(self) -> float:
        """The middle of the range."""
        return (self.suspected_low + self.suspected_high) / 2


@dataclass(frozen=True, slots=True)
class LeadPath:
    """From lead to outcome: counts since a moment."""

    since: datetime
    leads: int
    by_source: Mapping[str, int]
    triaged: int
    cases: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class GroupPicture:
    """The whole, with the time at which it was reckoned; regions by suspected power.

    ``operators`` counts each once, also one with sites in several regions.
    """

    taken_at: datetime
    regions: list[RegionPicture]
    operators: int
    path: LeadPath

    def total(self, name: str) -> Any:
        """The sum of one figure over all regions."""
        return sum(getattr(region, name) for region in self.regions)


def picture() -> GroupPicture | None:
    """The newest picture; None before the first was taken."""
    row = Picture.objects.first()
    if row is None:
        return None
    regions = [RegionPicture(code=code, **figures) for code, figures in row.regions.items()]
    path = {**row.path, "since": datetime.fromisoformat(row.path["since"])}
    regions.sort(key=lambda region: (-region.suspected, -region.registered, region.code))
    return GroupPicture(row.taken_at, regions, row.operators, LeadPath(**path))
