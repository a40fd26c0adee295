"""A load curve: what a meter showed, on an even time grid, in kW; and the local clock over it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NewType
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

# Energy per interval and mean power of an interval are different things; a quarter-hour's
# kWh is a quarter of its kW. Nothing converts silently: `power` is the one way over.
KwhPerInterval = NewType("KwhPerInterval", NDArray[np.float64])
Kw = NewType("Kw", NDArray[np.float64])

MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24
SATURDAY = 5
STEPS = (15, 30, 60)


@dataclass(frozen=True, slots=True)
class LoadCurve:
    """Mean power in kW of each interval, NaN where there is no reading.

    ``start`` is aware; interval *i* begins at ``start + i * step_minutes``.
    """

    start: datetime
    step_minutes: int
    kw: Kw

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError("a load curve starts at an aware moment")
        if self.step_minutes not in STEPS:
            raise ValueError(f"an interval of {self.step_minutes} minutes; known: {STEPS}")


@dataclass(frozen=True, slots=True)
class LocalClock:
    """For each hour of a curve: local hour 0-23, running day number, and weekend or not."""

    hour: NDArray[np.int64]
    day: NDArray[np.int64]
    weekend: NDArray[np.bool_]

    @property
    def days(self) -> int:
        return int(self.day[-1]) + 1 if self.day.size else 0


def power(energy: KwhPerInterval, step_minutes: int) -> Kw:
    """Mean power in kW of intervals that are given as kWh each."""
    return Kw(energy * (MINUTES_AN_HOUR / step_minutes))


def curve_from_readings(
    starts: NDArray[np.datetime64], energy: KwhPerInterval, step_minutes: int | None = None
) -> LoadCurve:
    """Readings (UTC starts, kWh an interval, any order) laid on an even grid.

    Of two readings of one interval the later in the arrays wins. The step is the most frequent
    distance between neighbours unless it is given. Raises ValueError when there is nothing.
    """
    if starts.size == 0:
        raise ValueError("no readings")
    minutes = starts.astype("datetime64[m]").astype(np.int64)
    order = np.argsort(minutes, kind="stable")
    minutes, energy = minutes[order], KwhPerInterval(energy[order])
    step = step_minutes or usual_step(minutes)
    place = (minutes - minutes[0]) // step
    kwh = np.full(int(place[-1]) + 1, np.nan)
    kwh[place] = energy
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=int(minutes[0]))
    return LoadCurve(start, step, power(KwhPerInterval(kwh), step))


def usual_step(minutes: NDArray[np.int64]) -> int:
    """The interval in minutes of sorted interval starts: the largest known one that fits most."""
    gaps = np.diff(minutes)
    gaps = gaps[gaps > 0]
    if gaps.size == 0:
        return MINUTES_AN_HOUR
    values, counts = np.unique(gaps, return_counts=True)
    usual = int(values[np.argmax(counts)])
    return max((step for step in STEPS if usual % step == 0), default=STEPS[0])


def hourly(curve: LoadCurve) -> LoadCurve:
    """The curve in whole hours of UTC; an hour counts when at least half of it was read."""
    parts = MINUTES_AN_HOUR // curve.step_minutes
    if parts == 1:
        return curve
    lead = (curve.start.minute // curve.step_minutes) % parts
    tail = -(lead + curve.kw.size) % parts
    padded = np.concatenate([np.full(lead, np.nan), curve.kw, np.full(tail, np.nan)])
    quarters = padded.reshape(-1, parts)
    present = np.isfinite(quarters)
    count = present.sum(axis=1)
    total = np.where(present, quarters, 0.0).sum(axis=1)
    mean = np.where(count * 2 >= parts, total / np.maximum(count, 1), np.nan)
    start = curve.start - timedelta(minutes=lead * curve.step_minutes)
    return LoadCurve(start, MINUTES_AN_HOUR, Kw(mean))


@lru_cache(maxsize=64)
def local_clock(start: datetime, hours: int, zone: ZoneInfo) -> LocalClock:
    """The local clock over ``hours`` hours from ``start``; an extra hour of a day stays its own.

    Meters of one supplier share their time grid, so the few answers are kept.
    """
    first = start.astimezone(UTC)
    marks = [*range(0, hours, HOURS_A_DAY), hours]
    offsets = [_offset(first + timedelta(hours=h), zone) for h in marks]
    seconds = np.repeat(np.array(offsets[:-1], dtype=np.int64), HOURS_A_DAY)[:hours]
    for i, begin in enumerate(marks[:-1]):
        if offsets[i] != offsets[i + 1]:  # the clocks changed within these hours
            for h in range(begin, marks[i + 1]):
                seconds[h] = _offset(first + timedelta(hours=h), zone)
    local = int(first.timestamp()) + np.arange(hours) * 3600 + seconds
    day_number = local // 86_400
    weekday = (day_number + 3) % 7  # 1 January 1970 was a Thursday
    return LocalClock((local // 3600) % 24, day_number - day_number[:1], weekday >= SATURDAY)


def _offset(moment: datetime, zone: ZoneInfo) -> float:
    offset = moment.astimezone(zone).utcoffset()
    return offset.total_seconds() if offset else 0.0


def by_day(kw: NDArray[np.float64], clock: LocalClock) -> NDArray[np.float64]:
    """Days x 24 local hours in kW, NaN where nothing was read; of a repeated hour the later."""
    table = np.full((clock.days, HOURS_A_DAY), np.nan)
    table[clock.day, clock.hour] = kw
    return table
