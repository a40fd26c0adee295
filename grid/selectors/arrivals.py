"""Which days of a supplier came whole, in part or not at all, month by month."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from common.clock import today
from grid.models import FeedDay, Supplier
from grid.selectors.feeds import COMPLETE

MONTHS = 13
Arrival = Literal["whole", "partial", "missing", "ahead"]


@dataclass(frozen=True, slots=True)
class Day:
    """One grid day; ``share`` of the expected readings, 0 to 1. ``ahead``: not awaited yet."""

    day: date
    state: Arrival
    share: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its days; days before the supplier's first readings are not awaited."""

    first: date
    days: tuple[Day, ...]

    def count(self, state: Arrival) -> int:
        """How many days are in a state."""
        return sum(one.state == state for one in self.days)

    @property
    def awaited(self) -> int:
        """Days that should be there by now."""
        return len(self.days) - self.count("ahead")

    @property
    def whole(self) -> int:
        return self.count("whole")

    @property
    def partial(self) -> int:
        return self.count("partial")

    @property
    def missing(self) -> int:
        return self.count("missing")


def months_of(supplier: Supplier, months: int = MONTHS) -> list[Month]:
    """The last months of a supplier's feed, the newest first; empty before its first readings.

    A day is awaited from the day of the first readings on, until as many days ago as the
    supplier is allowed. Two queries.
    """
    begun = FeedDay.objects.filter(supplier=supplier).order_by("day").first()
    if begun is None:
        return []
    now = today()
    awaited = now - timedelta(days=1 + supplier.days_allowed)
    oldest = max(_months_before(now, months - 1), begun.day.replace(day=1))
    rows = FeedDay.objects.filter(supplier=supplier, day__gte=oldest)
    shares = {row.day: row.share for row in rows}
    return [
        Month(first, tuple(_days(first, begun.day, awaited, shares)))
        for first in _firsts(now, oldest)
    ]


def _days(first: date, begun: date, awaited: date, shares: dict[date, float]) -> Iterator[Day]:
    for number in range(1, monthrange(first.year, first.month)[1] + 1):
        day = first.replace(day=number)
        share = shares.get(day, 0.0)
        if share >= COMPLETE:
            yield Day(day, "whole", share)
        elif day < begun or day > awaited:
            yield Day(day, "ahead", share)
        else:
            yield Day(day, "partial" if share else "missing", share)


def _firsts(now: date, oldest: date) -> Iterator[date]:
    first = now.replace(day=1)
    while first >= oldest:
        yield first
        first = (first - timedelta(days=1)).replace(day=1)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
