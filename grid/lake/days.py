"""How many readings each grid day of a lake has."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from common.clock import grid_day
from grid.lake.place import Lake
from grid.lake.read import newest_readings
from grid.lake.survey import DayCount, Survey


def count_days(lake: Lake, names: Sequence[str], first: date, last: date) -> dict[date, DayCount]:
    """Readings of each grid day from ``first`` to ``last``, each interval counted once."""
    survey = Survey()
    for table in newest_readings(lake, names, grid_day(first)[0], grid_day(last)[1]):
        survey.take(table)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return {day: survey.days.get(day) or DayCount() for day in days}


def intervals_of(day: date, minutes: int) -> int:
    """How many intervals a grid day has; 25 hours when the clocks went back."""
    start, end = grid_day(day)
    return int((end - start).total_seconds() // 60 // minutes)


def months_of(days: Iterable[date]) -> tuple[str, str]:
    """The first and last month partition that the days' intervals may lie in, as UTC has it."""
    listed = sorted(days)
    start, end = grid_day(listed[0])[0], grid_day(listed[-1])[1] - timedelta(minutes=1)
    return f"{start:%Y-%m}", f"{end:%Y-%m}"
