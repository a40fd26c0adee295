"""Registered power by region, for the picture of the whole."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import Left

from common.clock import today
from registry.models import Registration, Site


@dataclass(frozen=True, slots=True)
class RegionRegistered:
    """What is registered and in force in one region; power in MW."""

    mw: float
    operators: int
    sites: int


def registered_by_region(on: date | None = None) -> dict[str, RegionRegistered]:
    """By the first two KATO digits; regions without a site in force are left out."""
    active = Registration.objects.in_force(on or today()).order_by().values("pk")
    rows = (
        Site.objects.filter(registration__in=active)
        .order_by()
        .values(region=Left("kato", 2))
        .annotate(
            kw=Sum("declared_kw"),
            operators=Count("registration__operator", distinct=True),
            sites=Count("pk"),
        )
    )
    return {
        row["region"]: RegionRegistered(float(row["kw"]) / 1000, row["operators"], row["sites"])
        for row in rows
    }


def registered_operators(on: date | None = None) -> int:
    """How many operators have a site in force in the country, each counted once."""
    active = Registration.objects.in_force(on or today()).filter(sites__isnull=False)
    return active.order_by().values("operator").distinct().count()
