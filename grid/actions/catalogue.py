"""The moment when a batch becomes readable: one transaction names its files."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from common import clock
from common.clock import day_of
from grid.actions.reading import Span, Taken
from grid.choices import RunState
from grid.lake.days import count_days, intervals_of
from grid.lake.place import Lake
from grid.lake.store import Origin, Stored, draw_together
from grid.models import FeedDay, LakeFile, Meter, ProfileRun, ReadingBatch, Supplier
from grid.selectors.lake import live_files
from grid.workflow import BATCHES

CHUNK = 2000
SILENT_DAYS = 30  # a meter not heard of for so long is no longer expected
WINDOW_DAYS = 28
FACTS = (
    "customer_bin",
    "customer_name",
    "tariff_group",
    "contract_kw",
    "feeder",
    "kato",
    "lat",
    "lon",
)


@transaction.atomic
def commit_batch(batch: ReadingBatch, found: Taken, stored: list[Stored], lake: Lake) -> None:
    """Name the published files, update the meters, count the days, finish the batch."""
    supplier = Supplier.objects.select_for_update().get(pk=batch.supplier_id)
    new = keep_meters(supplier, found)
    LakeFile.objects.bulk_create(
        LakeFile(
            name=f.name, supplier=supplier, month=f.month, rows=f.rows, meters=f.meters, size=f.size
        )
        for f in stored
    )
    first, last = _moment(_earliest(found.spans)), _moment(_latest(found.spans))
    count_feed(supplier, day_of(first), day_of(last), lake)
    affected = (day_of(first), day_of(last) + timedelta(days=WINDOW_DAYS - 1))
    ProfileRun.objects.filter(until__range=affected).update(state=RunState.DUE)
    f = found.file.found
    rows = sum(file.rows for file in stored)
    changes: dict[str, Any] = {
        "rows_read": f.rows, "rows_total": f.rows, "rows_stored": rows,
        "rows_rejected": len(found.problems.rows), "problems": found.problems.count,
        "meters": len(found.spans), "new_meters": new, "step_minutes": f.step_minutes,
        "first_start": first, "last_start": last, "coverage": found.coverage,
        "finished_at": clock.now(),
    }  # fmt: skip
    facts = {"rows": rows, "meters": len(found.spans), "rejected": len(found.problems.rows)}
    BATCHES.make("finish", batch, actor=None, changes=changes, facts=facts)


def keep_meters(supplier: Supplier, found: Taken) -> int:
    """Bring the meters up to date with what the file says; returns how many are new."""
    codes = sorted(found.spans)
    made = 0
    for begin in range(0, len(codes), CHUNK):
        part = codes[begin : begin + CHUNK]
        known = {m.code: m for m in Meter.objects.filter(code__in=part)}
        new: list[Meter] = []
        changed: list[Meter] = []
        for code in part:
            meter = known.get(code) or Meter(code=code, supplier=supplier)
            if _told(
                meter,
                found.file.found.meters.get(code, {}),
                found.spans[code],
                found.file.found.step_minutes,
            ):
                (changed if meter.pk else new).append(meter)
        Meter.objects.bulk_create(new)
        # One upsert: an UPDATE of a dozen columns by CASE takes ten times as long.
        Meter.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[*FACTS, "cell", "step_minutes", "first_day", "last_day"],
        )
        made += len(new)
    return made


def _told(meter: Meter, facts: dict[str, Any], span: Span, step: int) -> bool:
    """Take over what the file says of a meter; whether that changed anything."""
    before = [getattr(meter, name) for name in (*FACTS, "step_minutes", "first_day", "last_day")]
    for name, value in facts.items():
        setattr(meter, name, value)
    first, last = day_of(_moment(span.first)), day_of(_moment(span.last))
    meter.first_day = min(meter.first_day or first, first)
    meter.last_day = max(meter.last_day or last, last)
    meter.step_minutes = step
    meter.cell = meter.place_cell
    after = [getattr(meter, name) for name in (*FACTS, "step_minutes", "first_day", "last_day")]
    return before != after or meter.pk is None


def count_feed(supplier: Supplier, first: date, last: date, lake: Lake) -> None:
    """Count anew what arrived of a supplier's grid days."""
    counts = count_days(lake, live_files(supplier, first, last), first, last)
    expected = expected_readings(supplier, list(counts))
    moment = clock.now()
    FeedDay.objects.bulk_create(
        [
            FeedDay(
                supplier=supplier, day=day, readings=count.readings, meters=count.meters,
                expected=max(expected[day], count.readings), counted_at=moment,
            )
            for day, count in counts.items()
        ],
        update_conflicts=True,
        unique_fields=["supplier", "day"],
        update_fields=["readings", "meters", "expected", "counted_at"],
    )  # fmt: skip


def expected_readings(supplier: Supplier, days: list[date]) -> dict[date, int]:
    """Readings that a day should have: every meter heard of lately, every interval."""
    meters = list(supplier.meters.values_list("step_minutes", "first_day", "last_day"))
    expected = {}
    for day in days:
        since = day - timedelta(days=SILENT_DAYS)
        steps = [
            s for s, first, last in meters if first and last and first <= day and last >= since
        ]
        each = {step: intervals_of(day, step) for step in set(steps)}
        expected[day] = sum(each[step] for step in steps)
    return expected


def draw_month_together(supplier: Supplier, month: str, lake: Lake) -> int:
    """Merge a supplier's month into one file, if it lies in several; 1 if it did.

    The lock keeps a batch that commits meanwhile from being forgotten.
    """
    folder = lake.working_folder()
    try:
        with transaction.atomic():
            Supplier.objects.select_for_update().get(pk=supplier.pk)
            files = list(LakeFile.objects.live().filter(supplier=supplier, month=month))
            if len(files) <= 1:
                return 0
            origin = Origin(supplier.pk, 0, 0)
            whole = draw_together(lake, folder, [f.name for f in files], origin, month)
            LakeFile.objects.filter(pk__in=[f.pk for f in files]).update(replaced_at=clock.now())
            LakeFile.objects.create(
                name=whole.name, supplier=supplier, month=month, rows=whole.rows,
                meters=whole.meters, size=whole.size,
            )  # fmt: skip
            return 1
    finally:
        lake.forget(folder)


def _earliest(spans: dict[str, Span]) -> int:
    return min(span.first for span in spans.values())


def _latest(spans: dict[str, Span]) -> int:
    return max(span.last for span in spans.values())


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
