"""Each region: its meters, their load, what looks like mining, feeders out of balance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from common.regions import REGIONS, Region
from grid.models import FeederBalance, Meter, MeterProfile
from grid.profiles.profile import MINING_LIKE


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region's figures; power in kW. ``region`` is None for meters whose place is not known.

    ``judged`` meters have a profile of the day; ``beyond`` feeders lost more than their norm in
    their newest whole month.
    """

    prefix: str
    region: Region | None
    meters: int
    judged: int
    mean_kw: float
    like: int
    est_kw: float
    feeders: int
    beyond: int


def regions_on(day: date | None) -> list[RegionRow]:
    """All regions with meters or feeders, the largest estimated mining load first. Three queries.

    ``day`` is the last day of the profiles' window, None before the first run.
    """
    known = {one.prefix: one for one in REGIONS.values()}
    counted = _by_region(Meter.objects.all(), "kato").annotate(n=Count("pk"))
    meters: dict[str, int] = dict(counted.values_list("prefix", "n"))
    profiles = _profiles(day) if day else {}
    feeders = _feeders()
    rows = []
    for prefix in {*meters, *feeders}:
        told = profiles.get(prefix, {})
        count, beyond = feeders.get(prefix, (0, 0))
        rows.append(RegionRow(
            prefix, known.get(prefix), meters.get(prefix, 0), told.get("judged", 0),
            told.get("mean") or 0.0, told.get("like", 0), told.get("est") or 0.0, count, beyond,
        ))  # fmt: skip
    return sorted(rows, key=lambda row: (-row.est_kw, -row.meters, row.prefix))


def _profiles(day: date) -> dict[str, dict[str, Any]]:
    """By region: profiles of the day, their mean kW, how many look like mining, and their kW."""
    like = Q(score__gte=MINING_LIKE)
    rows = _by_region(MeterProfile.objects.filter(until=day), "meter__kato")
    figures = rows.annotate(
        judged=Count("pk"), mean=Sum("mean_kw"), like=Count("pk", filter=like),
        est=Sum("est_kw", filter=like),
    )  # fmt: skip
    return {row["prefix"]: row for row in figures}


def _by_region(rows: QuerySet[Any], kato: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.annotate(prefix=Left(kato, 2)).values("prefix").order_by()
    return found


def _feeders() -> dict[str, tuple[int, int]]:
    """Feeders with a balance of a whole month, and how many of them are beyond their norm."""
    months = FeederBalance.objects.told().of_months().select_related("feeder")
    newest = months.order_by("feeder_id", "-last_day").distinct("feeder_id")
    found: dict[str, list[int]] = {}
    for row in newest:
        count = found.setdefault(row.feeder.kato[:2], [0, 0])
        count[0] += 1
        count[1] += (row.beyond_kwh or 0) > 0
    return {prefix: (count[0], count[1]) for prefix, count in found.items()}
