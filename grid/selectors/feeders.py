"""What the meters of each feeder counted in a period, and which balances are due."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.clock import day_of, grid_days, today
from common.periods import days_of
from grid.lake.read import MeterReadings, all_readings
from grid.models import Feeder, FeederBalance, FeederTotal, Meter, MeterFeeder, MeterTotal, Supplier
from grid.selectors.lake import live_files, the_lake
from grid.wording import WHOLE_BALANCE

KEPT_DAYS = 400  # balances are computed anew as long as corrections of readings are likely
SILENT_DAYS = 92  # a meter silent for a quarter before the period is not waited for
SECONDS_AN_HOUR = 3600

Key = tuple[int, str]  # supplier and feeder code


@dataclass(slots=True)
class Metered:
    """Energy (kWh) counted at a feeder's meters; minutes read and minutes that should be."""

    kwh: float = 0.0
    meters: int = 0
    minutes: float = 0.0
    expected: float = 0.0

    @property
    def coverage(self) -> float:
        """Share of the meters' time that has readings; 1 without any meter."""
        return min(self.minutes / self.expected, 1.0) if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Stay:
    """A meter on a feeder over the grid days ``first`` to ``last``."""

    key: Key
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FeederGap:
    """A feeder whose meters count less than went in; energy in kWh, shares 0 to 1.

    ``norm`` is None where no norm is in force.
    """

    feeder_id: int
    code: str
    supplier: str
    kato: str
    period: str
    hours: float
    entered_kwh: float
    metered_kwh: float
    meters: int
    coverage: float
    norm: float | None
    norm_verified: bool


def periods_with_totals(*, on: date | None = None) -> list[str]:
    """Periods of the last 400 days that have a feeder's total, oldest first."""
    since = (on or today()) - timedelta(days=KEPT_DAYS)
    periods = FeederTotal.objects.order_by("period").values_list("period", flat=True).distinct()
    return [one for one in periods if days_of(one)[1] >= since]


def due_periods() -> list[str]:
    """Periods with a total that has no balance yet, or another figure than the balance's."""
    same = FeederBalance.objects.filter(
        feeder=OuterRef("feeder"), period=OuterRef("period"), entered_kwh=OuterRef("kwh")
    )
    due = FeederTotal.objects.exclude(Exists(same)).order_by("period")
    return list(due.values_list("period", flat=True).distinct())


def metered_in(period: str) -> dict[Key, Metered]:
    """What the meters of every feeder counted in a month or on a day.

    Readings count where they are whole; else the total that came for this very period; else
    what readings there are, with the rest told as missing.
    """
    first, last = days_of(period)
    stays = _stays(_meters(first), first, last)
    totals = dict(MeterTotal.objects.filter(period=period).values_list("meter__code", "kwh"))
    found: dict[Key, Metered] = defaultdict(Metered)
    for read in _readings(first, last, stays):
        _count(found, stays.pop(read.meter), read, totals.get(read.meter))
    for code, places in stays.items():  # those of which no reading came
        _count(found, places, None, totals.get(code))
    return dict(found)


def meters_of(feeder: Feeder) -> QuerySet[Meter]:
    """The meters that hang on a feeder now: by their last dated row, else by their readings."""
    newest = MeterFeeder.objects.filter(meter=OuterRef("pk"), valid_from__lte=today())
    placed = Subquery(newest.order_by("-valid_from").values("feeder_code")[:1])
    rows: QuerySet[Meter] = Meter.objects.filter(supplier=feeder.supplier_id)
    rows = rows.annotate(hangs_on=Coalesce(placed, "feeder"))
    return rows.filter(hangs_on=feeder.code)


def gaps_until(day: date, since: date) -> Iterator[FeederGap]:
    """The newest whole month of every feeder that ended between ``since`` and ``day``."""
    rows = FeederBalance.objects.of_months().filter(last_day__lte=day, last_day__gte=since)
    rows = rows.order_by("feeder_id", "-last_day").distinct("feeder_id")
    for row in rows.select_related("feeder__supplier", "norm"):
        start, end = grid_days(*days_of(row.period))
        yield FeederGap(
            feeder_id=row.feeder_id, code=row.feeder.code, supplier=row.feeder.supplier.code,
            kato=row.feeder.kato, period=row.period,
            hours=(end - start).total_seconds() / SECONDS_AN_HOUR,
            entered_kwh=float(row.entered_kwh), metered_kwh=float(row.metered_kwh),
            meters=row.meters, coverage=row.coverage,
            norm=float(row.norm.percent) / 100 if row.norm else None,
            norm_verified=bool(row.norm and row.norm.verified),
        )  # fmt: skip


def _meters(first: date) -> Iterable[Meter]:
    """Meters that may have readings: not those that fell silent long before the period."""
    quiet = first - timedelta(days=SILENT_DAYS)
    return Meter.objects.exclude(last_day__lt=quiet).only("code", "supplier_id", "feeder")


def _stays(meters: Iterable[Meter], first: date, last: date) -> dict[str, list[Stay]]:
    """Where each meter hung, by code: as its dated rows say, before them as its readings say."""
    moves: dict[int, list[MeterFeeder]] = defaultdict(list)
    for move in MeterFeeder.objects.filter(valid_from__lte=last).order_by("valid_from"):
        moves[move.meter_id].append(move)
    spans = {meter.code: _spans(meter, moves[meter.pk], first, last) for meter in meters}
    return {code: found for code, found in spans.items() if found}


def _spans(meter: Meter, moves: list[MeterFeeder], first: date, last: date) -> list[Stay]:
    begun = [(first, meter.feeder)]
    begun += [(move.valid_from, move.feeder_code) for move in moves]
    ends = [since - timedelta(days=1) for since, _code in begun[1:]] + [last]
    return [
        Stay((meter.supplier_id, code), max(since, first), end)
        for (since, code), end in zip(begun, ends, strict=True)
        if code and end >= max(since, first)
    ]


def _readings(first: date, last: date, stays: dict[str, list[Stay]]) -> Iterator[MeterReadings]:
    start, end = grid_days(first, last)
    for one in all_readings(the_lake(), live_files(None, first, last), start, end):
        if one.meter in stays:
            yield one


def _count(
    found: dict[Key, Metered], places: list[Stay], read: MeterReadings | None, total: Decimal | None
) -> None:
    """Add a meter to its feeders; a total cannot be divided between two of them."""
    for place in places:
        start, end = grid_days(place.first, place.last)
        expected = (end - start) / timedelta(minutes=1)
        kwh, minutes = _within(read, start, end) if read else (0.0, 0.0)
        if total is not None and len(places) == 1 and minutes < expected * WHOLE_BALANCE:
            kwh, minutes = float(total), expected
        into = found[place.key]
        into.kwh += kwh
        into.meters += 1
        into.minutes += min(minutes, expected)
        into.expected += expected


def _within(read: MeterReadings, start: datetime, end: datetime) -> tuple[float, float]:
    """kWh and minutes of the readings that begin in [start, end)."""
    at = read.starts.astype(np.int64)
    inside = (at >= start.timestamp() * 1000) & (at < end.timestamp() * 1000)
    return float(read.kwh[inside].sum()), float(inside.sum() * read.minutes)


def balances_beside(supplier: Supplier, first: datetime, last: datetime) -> QuerySet[FeederBalance]:
    """Balances of a supplier's feeders over days that lie within a span of readings.

    What went in at a feeder's head is a source of its own: a file of readings is held against it.
    """
    rows = FeederBalance.objects.told().filter(feeder__supplier=supplier)
    days = rows.filter(last_day__gte=day_of(first), last_day__lte=day_of(last))
    return days.select_related("feeder", "norm").order_by(F("beyond_kwh").desc(nulls_last=True))
