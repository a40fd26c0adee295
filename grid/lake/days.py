"""How many readings each grid day of a lake has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from common.clock import day_of, grid_day
from grid.lake.place import Lake
from grid.lake.read import all_readings


@dataclass(slots=True)
class DayCount:
    """Readings and distinct meters of one grid day."""

    readings: int = 0
    meters: int = 0


def count_days(lake: Lake, names: Sequence[str], first: date, last: date) -> dict[date, DayCount]:
    """Readings of each grid day from ``first`` to ``last``, each interval counted once."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    edges = np.array([_milliseconds(grid_day(day)[0]) for day in days])
    counts = {day: DayCount() for day in days}
    for found in all_readings(lake, names, grid_day(first)[0], grid_day(last)[1]):
        place = np.searchsorted(edges, found.starts.astype(np.int64), side="right") - 1
        for at, count in zip(*np.unique(place, return_counts=True), strict=True):
            counts[days[int(at)]].readings += int(count)
            counts[days[int(at)]].meters += 1
    return counts


def intervals_of(day: date, minutes: int) -> int:
    """How many intervals a grid day has; 25 hours when the clocks went back."""
    start, end = grid_day(day)
    return int((end - start).total_seconds() // 60 // minutes)


def days_between(first: datetime, last: datetime) -> tuple[date, date]:
    return day_of(first), day_of(last)


def months_of(days: Iterable[date]) -> tuple[str, str]:
    """The first and last month partition that the days' intervals may lie in, as UTC has it."""
    listed = sorted(days)
    start, end = grid_day(listed[0])[0], grid_day(listed[-1])[1] - timedelta(minutes=1)
    return f"{start:%Y-%m}", f"{end:%Y-%m}"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
