"""Scores of every meter over any span of days, straight from the lake."""

from collections.abc import Callable, Iterator
from datetime import date

from common.clock import GRID_ZONE, grid_days
from grid.lake.read import all_readings
from grid.models import Meter
from grid.profiles.profile import Profile, profile
from grid.selectors.lake import live_files, the_lake


def scores_between(
    first: date, last: date, progress: Callable[[int, int], None] | None = None
) -> Iterator[tuple[str, Profile]]:
    """Each meter's code and profile over the grid days ``first`` to ``last``, by code."""
    start, end = grid_days(first, last)
    total = Meter.objects.count()
    readings = all_readings(the_lake(), live_files(None, first, last), start, end)
    for done, found in enumerate(readings, start=1):
        yield found.meter, profile(found.curve(), GRID_ZONE)
        if progress:
            progress(done, max(total, done))
