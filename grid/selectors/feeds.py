"""What arrived and what did not: absence is a signal, so it is shown and waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, OuterRef, Subquery

from common.clock import grid_days, today
from grid.choices import BatchState, RunState
from grid.models import FeedDay, ProfileRun, ReadingBatch, Supplier

COMPLETE = 0.9  # share of a day's expected readings from which the day counts as whole
RECENT_DAYS = 7  # each of these gets its own profiles; older ones one a week
WEEK = 7


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A supplier's feed: ``days_late`` counts days beyond the allowance, 0 when in time."""

    supplier_id: int
    supplier_code: str
    supplier_name: str
    last_complete_day: date | None
    last_day: date | None
    last_share: float
    days_late: int
    last_batch_at: datetime | None
    meters: int


def feeds(*, on: date | None = None, suppliers: object = None) -> list[FeedStatus]:
    """The state of every active supplier's feed, the latest ones last."""
    day = on or today()
    active = Supplier.objects.filter(is_active=True) if suppliers is None else suppliers
    newest = FeedDay.objects.filter(supplier=OuterRef("pk"), day__lte=day).order_by("-day")
    whole = newest.filter(readings__gte=F("expected") * COMPLETE)
    rows = active.annotate(  # type: ignore[attr-defined]  # a queryset of suppliers
        last_batch=Subquery(
            ReadingBatch.objects.filter(supplier=OuterRef("pk"))
            .order_by("-pk")
            .values("received_at")[:1]
        ),
        last_whole=Subquery(whole.values("day")[:1]),
        newest_pk=Subquery(newest.values("pk")[:1]),
    )
    last = FeedDay.objects.in_bulk([row.newest_pk for row in rows if row.newest_pk])
    return [_feed(row, last.get(row.newest_pk), day) for row in rows]


def _feed(supplier: Any, newest: FeedDay | None, on: date) -> FeedStatus:
    late = 0
    if supplier.last_whole is not None:
        late = max(0, (on - supplier.last_whole).days - 1 - supplier.days_allowed)
    return FeedStatus(
        supplier.pk, supplier.code, supplier.name, supplier.last_whole,
        newest.day if newest else None, newest.share if newest else 0.0, late,
        supplier.last_batch, newest.meters if newest else 0,
    )  # fmt: skip


def late_feeds(day: date) -> dict[str, str]:
    """Suppliers whose readings of that very day are ``missing`` or ``partial``, by code."""
    rows = {row.supplier_id: row for row in FeedDay.objects.filter(day=day)}
    found: dict[str, str] = {}
    for supplier in Supplier.objects.filter(is_active=True):
        row = rows.get(supplier.pk)
        if row is None or row.readings == 0:
            found[supplier.code] = "missing"
        elif row.share < COMPLETE:
            found[supplier.code] = "partial"
    return found


def complete_days(after: date | None = None) -> list[date]:
    """Days whose profiles are computed, in order; only those after a day if one is given."""
    runs = ProfileRun.objects.filter(state=RunState.DONE)
    if after is not None:
        runs = runs.filter(until__gt=after)
    return list(runs.order_by("until").values_list("until", flat=True))


def due_days() -> list[date]:
    """Days that want profiles: marked as due by new readings, and whole days without a run.

    The last days one by one, older ones a week apart: a month sent late is judged four times,
    not thirty.
    """
    runs = dict(ProfileRun.objects.values_list("until", "state"))
    due = {day for day, state in runs.items() if state != RunState.DONE}
    whole = {row.day for row in FeedDay.objects.filter(day__lt=today()) if row.share >= COMPLETE}
    last = max(whole, default=None)
    if last is not None:
        due |= {d for d in whole if _is_wanted(last, d)} - runs.keys()
    return sorted(due)


def _is_wanted(last: date, day: date) -> bool:
    age = (last - day).days
    return age < RECENT_DAYS or age % WEEK == 0


def came_anew(
    suppliers: Iterable[str], first: date, last: date, since: datetime
) -> datetime | None:
    """When readings of these grid days were delivered again after ``since``; None if never.

    A newer delivery wins over the older one, so what was concluded from these days is open again.
    """
    begin, end = grid_days(first, last)
    again = ReadingBatch.objects.filter(
        supplier__code__in=list(suppliers), state=BatchState.STORED, finished_at__gt=since,
        first_start__lt=end, last_start__gte=begin,
    )  # fmt: skip
    newest: datetime | None = again.aggregate(newest=Max("finished_at"))["newest"]
    return newest


def waiting_batches() -> list[int]:
    """Batches that wait to be stored, oldest first."""
    rows = ReadingBatch.objects.filter(state=BatchState.RECEIVED).order_by("pk")
    return list(rows.values_list("pk", flat=True))
