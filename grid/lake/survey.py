"""What some readings are of: each meter's span, and how much each grid day has."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from common.clock import day_of, grid_day
from grid.lake.order import milliseconds, ranks


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
        rank, names = ranks(table["meter"])
        starts = milliseconds(table)
        edges = np.concatenate([[0], np.flatnonzero(np.diff(rank)) + 1, [len(rank)]])
        self._note_spans([names[r] for r in rank[edges[:-1]]], starts, edges)
        self._note_days(rank, names, starts)

    def _note_spans(
        self, names: list[str], starts: NDArray[np.int64], edges: NDArray[np.intp]
    ) -> None:
        first, last = starts[edges[:-1]].tolist(), starts[edges[1:] - 1].tolist()
        for name, low, high, count in zip(names, first, last, np.diff(edges).tolist(), strict=True):
            span = self.spans.setdefault(name, Span(low, high))
            span.first, span.last = min(span.first, low), max(span.last, high)
            span.count += count

    def _note_days(
        self, rank: NDArray[np.int32], names: list[str], starts: NDArray[np.int64]
    ) -> None:
        days = days_between(int(starts.min()), int(starts.max()))
        place = np.searchsorted(day_edges(days), starts, side="right") - 1
        begins = np.flatnonzero(
            (np.diff(rank, prepend=-1) != 0) | (np.diff(place, prepend=-1) != 0)
        )
        readings = np.bincount(place, minlength=len(days)).tolist()
        meters = np.bincount(place[begins], minlength=len(days)).tolist()
        for at, day in enumerate(days):
            count = self.days.setdefault(day, DayCount())
            count.readings += readings[at]
            if day.day == 1:
                here = rank[begins[place[begins] == at]]
                self._astride.setdefault(day, set()).update(names[r] for r in here)
                count.meters = len(self._astride[day])
            else:
                count.meters += meters[at]


def days_between(first: int, last: int) -> list[date]:
    """The grid days from one moment to another, milliseconds since 1970."""
    begin, end = (day_of(datetime.fromtimestamp(ms / 1000, UTC)) for ms in (first, last))
    return [begin + timedelta(days=i) for i in range((end - begin).days + 1)]


def day_edges(days: list[date]) -> NDArray[np.int64]:
    """When each grid day begins, milliseconds since 1970."""
    return np.array([int(grid_day(day)[0].timestamp() * 1000) for day in days])
