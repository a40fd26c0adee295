"""What some readings are of: each meter's span, and how much each grid day has."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from common.clock import day_of, grid_day
from grid.lake.order import coded, meter_edges, milliseconds

DAY_MS = 24 * 3600 * 1000


@dataclass(slots=True)
class Span:
    """First and last interval of a meter, milliseconds since 1970, and how many it has."""

    first: int
    last: int
    count: int = 0


@dataclass(slots=True)
class DayCount:
    """Readings and distinct meters of one grid day."""

    readings: int = 0
    meters: int = 0


class Survey:
    """Adds up tables that are in order and hold each interval of a meter once.

    A meter's month stands in one table; a grid day whose hours lie in two months is counted
    by the names of its meters.
    """

    def __init__(self) -> None:
        self.spans: dict[str, Span] = {}
        self.days: dict[date, DayCount] = {}
        self._astride: dict[date, set[str]] = {}

    def take(self, table: pa.Table) -> None:
        """Count a table's readings in."""
        if not len(table):
            return
        meters, starts = coded(table["meter"]), milliseconds(table)
        edges = meter_edges(meters)
        names = meters.take(pa.array(edges[:-1])).to_pylist()
        self._note_spans(names, starts, edges)
        self._note_days(names, starts, edges)

    def _note_spans(
        self, names: list[str], starts: NDArray[np.int64], edges: NDArray[np.intp]
    ) -> None:
        first, last = starts[edges[:-1]].tolist(), starts[edges[1:] - 1].tolist()
        counts = np.diff(edges).tolist()
        for name, low, high, count in zip(names, first, last, counts, strict=True):
            span = self.spans.setdefault(name, Span(low, high))
            span.first, span.last = min(span.first, low), max(span.last, high)
            span.count += count

    def _note_days(
        self, names: list[str], starts: NDArray[np.int64], edges: NDArray[np.intp]
    ) -> None:
        days = days_between(int(starts.min()), int(starts.max()))
        place = places(days, starts)
        begins = np.diff(place, prepend=-1) != 0
        begins[edges[:-1]] = True
        begun = np.flatnonzero(begins)
        readings = np.bincount(place, minlength=len(days)).tolist()
        meters = np.bincount(place[begun], minlength=len(days)).tolist()
        for at, day in enumerate(days):
            count = self.days.setdefault(day, DayCount())
            count.readings += readings[at]
            if day.day == 1:
                here = np.searchsorted(edges, begun[place[begun] == at], side="right") - 1
                self._astride.setdefault(day, set()).update(names[i] for i in here)
                count.meters = len(self._astride[day])
            else:
                count.meters += meters[at]


def places(days: list[date], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each moment's day among the days."""
    edges = day_edges([*days, days[-1] + timedelta(days=1)])
    lengths = np.diff(edges)
    if (lengths == DAY_MS).all():  # a division instead of a search
        divided: NDArray[np.int64] = (starts - edges[0]) // DAY_MS
        return divided
    return np.searchsorted(edges, starts, side="right") - 1


def days_between(first: int, last: int) -> list[date]:
    """The grid days from one moment to another, milliseconds since 1970."""
    begin, end = (day_of(datetime.fromtimestamp(ms / 1000, UTC)) for ms in (first, last))
    return [begin + timedelta(days=i) for i in range((end - begin).days + 1)]


def day_edges(days: list[date]) -> NDArray[np.int64]:
    """When each grid day begins, milliseconds since 1970."""
    return np.array([int(grid_day(day)[0].timestamp() * 1000) for day in days])
