"""What the sources say of one registration, side by side, the meters being the base."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from common import clock
from crosschecks.catalogue import CHECKS
from crosschecks.selectors.runs import newest_complete_day
from crosschecks.selectors.sites import hourly_means
from crosschecks.selectors.thresholds import values_in_force
from grid.selectors import load_curve, meter_card
from registry.selectors import DeclaredMeter, declared_meters

WINDOW = timedelta(days=27)
Verdict = Literal["agrees", "differs", "unknown"]


@dataclass(frozen=True)
class MeteredLoad:
    """What the meters of a registration showed in the 28 days up to a day; kWh and kW."""

    kwh: float
    peak_kw: float
    peak_at: datetime
    meters: int
    suppliers: tuple[str, ...]


@dataclass(frozen=True)
class Contradictions:
    """Declared power against metered load; ``metered`` None: no readings, nothing is known.

    ``excess`` is peak over declared minus one, as a share. ``until`` is the newest complete day.
    """

    until: date | None
    since: date | None
    declared_kw: float | None
    declared_meters: int
    metered: MeteredLoad | None
    tolerance: float
    excess: float | None
    verdict: Verdict


def contradictions_of(number: str) -> Contradictions:
    """Compare one registration's declaration with its meters as of the newest complete day."""
    until = newest_complete_day()
    rows = _declared(number, until)
    declared = sum({row.site_id: float(row.declared_kw or 0) for row in rows}.values())
    metered = _metered([row.meter for row in rows], until) if until else None
    tolerance = values_in_force(CHECKS.get("load-above-declared"), until or clock.today())
    factor = tolerance["tolerance"]
    excess = metered.peak_kw / declared - 1 if metered and declared else None
    return Contradictions(
        until=until,
        since=until - WINDOW if until else None,
        declared_kw=declared or None,
        declared_meters=len(rows),
        metered=metered,
        tolerance=factor,
        excess=excess,
        verdict=_verdict(excess, factor),
    )


def _declared(number: str, until: date | None) -> list[DeclaredMeter]:
    if until is None:
        return []
    rows = declared_meters(until).values()
    return [row for row in rows if row.registration_number == number]


def _metered(codes: list[str], until: date) -> MeteredLoad | None:
    total: dict[datetime, float] = {}
    seen = []
    for code in codes:
        hours = hourly_means(load_curve(code, until - WINDOW, until))
        if hours:
            seen.append(code)
        for hour, kw in hours.items():
            total[hour] = total.get(hour, 0.0) + kw
    if not total:
        return None
    at = max(total, key=lambda hour: total[hour])
    cards = [card for card in map(meter_card, seen) if card is not None]
    suppliers = tuple(sorted({card.supplier_name for card in cards}))
    return MeteredLoad(sum(total.values()), total[at], at, len(seen), suppliers)


def _verdict(excess: float | None, tolerance: float) -> Verdict:
    if excess is None:
        return "unknown"
    return "differs" if excess + 1 > tolerance else "agrees"
