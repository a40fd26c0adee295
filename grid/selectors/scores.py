"""Scores of every meter over any span of days, straight from the lake."""

from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings

from common.clock import GRID_ZONE, grid_days
from grid.lake.engine import Span, profile_lake
from grid.lake.profiling import told
from grid.models import Meter
from grid.profiles.profile import Profile
from grid.selectors.lake import live_files, the_lake


def scores_between(
    first: date, last: date, progress: Callable[[int, int], None] | None = None
) -> Iterator[tuple[str, Profile]]:
    """Each meter's code and profile over the grid days ``first`` to ``last``, by code."""
    start, end = grid_days(first, last)
    total = Meter.objects.count()
    span = Span(tuple(live_files(None, first, last)), start, end, GRID_ZONE)
    done = 0
    for table in profile_lake(the_lake(), span, by=settings.GRID_ENGINE):
        for found in told(table):
            yield found
            done += 1
        if progress:
            progress(done, max(total, done))
