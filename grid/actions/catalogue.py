"""The moment when a batch becomes readable: one transaction names its files."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from common import clock
from common.clock import day_of
from common.errors import WrongState
from common.geo import cell
from grid.actions.reading import Taken
from grid.choices import RunState
from grid.lake.days import count_days, intervals_of
from grid.lake.place import Lake
from grid.lake.registers import Registers
from grid.lake.store import Gathered, Stored, publish
from grid.lake.survey import DayCount, Span, Survey
from grid.models import FeedDay, LakeFile, Meter, MeterChange, ProfileRun, ReadingBatch, Supplier
from grid.selectors.lake import live_files
from grid.workflow import BATCHES

CHUNK = 2000
SILENT_DAYS = 30  # a meter not heard of for so long is no longer expected
WINDOW_DAYS = 28
FACTS = (
    "customer_bin",
    "customer_name",
    "tariff_group",
    "activity",
    "contract_kw",
    "feeder",
    "kato",
    "lat",
    "lon",
)


@transaction.atomic
def commit_batch(batch: ReadingBatch, found: Taken, gathered: Gathered, lake: Lake) -> None:
    """Publish and name the files, update the meters, count the days, finish the batch.

    The meters are kept while the last files are still being written. Where it fails the caller
    withdraws what may be published.

    Raises WrongState when another worker has taken the batch up meanwhile.
    """
    supplier = Supplier.objects.select_for_update().get(pk=batch.supplier_id)
    if not ReadingBatch.objects.filter(pk=batch.pk, starts=batch.starts).exists():
        raise WrongState(_("Another worker has taken the file up meanwhile."))
    new = keep_meters(supplier, found)
    if found.registers:
        keep_changes(batch, found.spans, found.registers)
    files = gathered.finish()
    publish(lake, files)
    count_feed(supplier, found.survey, [file.name for file in files], lake)
    LakeFile.objects.bulk_create(named(supplier, file) for file in files)
    first, last = _moment(min(f.first for f in files)), _moment(max(f.last for f in files))
    affected = (day_of(first), day_of(last) + timedelta(days=WINDOW_DAYS - 1))
    ProfileRun.objects.filter(until__range=affected).update(state=RunState.DUE)
    _finish(batch, found, sum(file.rows for file in files), new, (first, last))


def named(supplier: Supplier, file: Stored) -> LakeFile:
    """The catalogue's row of a published file."""
    return LakeFile(
        name=file.name, supplier=supplier, month=file.month, region=file.region, rows=file.rows,
        meters=file.meters, size=file.size, first_meter=file.low, last_meter=file.high,
        first_start=_moment(file.first), last_start=_moment(file.last),
    )  # fmt: skip


def _finish(
    batch: ReadingBatch, found: Taken, rows: int, new: int, period: tuple[datetime, datetime]
) -> None:
    f, rejected = found.file.found, len(found.problems.rows)
    changes: dict[str, Any] = {
        "rows_read": f.rows, "rows_total": f.rows, "rows_stored": rows,
        "rows_rejected": rejected, "problems": found.problems.count,
        "meters": len(found.spans), "new_meters": new, "step_minutes": f.step_minutes,
        "registers_back": len(found.registers.changes) if found.registers else 0,
        "left_out": found.registers.left_out if found.registers else 0,
        "first_start": period[0], "last_start": period[1], "coverage": found.coverage,
        "finished_at": clock.now(),
    }  # fmt: skip
    facts = {"rows": rows, "meters": len(found.spans), "rejected": rejected}
    BATCHES.make("finish", batch, actor=None, changes=changes, facts=facts)


def keep_meters(supplier: Supplier, found: Taken) -> int:
    """Bring the meters up to date with what the file says; returns how many are new."""
    codes = sorted(found.spans)
    facts, step = found.file.found.meters, found.file.found.step_minutes
    made = 0
    for begin in range(0, len(codes), CHUNK):
        part = codes[begin : begin + CHUNK]
        known = {m.code: m for m in Meter.objects.of_codes(part)}
        changed = [
            meter for code, meter in known.items()
            if _told(meter, facts.get(code, {}), found.spans[code], step)
        ]  # fmt: skip
        # One upsert: an UPDATE of a dozen columns by CASE takes ten times as long.
        Meter.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[*FACTS, "cell", "step_minutes", "first_day", "last_day"],
        )
        new = [code for code in part if code not in known]
        copy_in(
            _as_new(supplier, code, facts.get(code, {}), found.spans[code], step) for code in new
        )
        made += len(new)
    return made


def _as_new(
    supplier: Supplier, code: str, facts: dict[str, Any], span: Span, step: int
) -> dict[str, Any]:
    return {
        **facts, "code": code, "supplier_id": supplier.pk, "step_minutes": step,
        "cell": _cell(facts.get("lat"), facts.get("lon")),
        "first_day": _day(span.first), "last_day": _day(span.last),
    }  # fmt: skip


def keep_changes(batch: ReadingBatch, spans: dict[str, Span], registers: Registers) -> None:
    """Keep where registers did not go on; what earlier files said of the same time is replaced."""
    codes = sorted({*spans, *(change.meter for change in registers.changes)})
    for begin in range(0, len(codes), CHUNK):
        part = codes[begin : begin + CHUNK]
        _forget_changes(spans, part, registers.step)
        meters = {meter.code: meter for meter in Meter.objects.of_codes(part)}
        rows = [
            MeterChange(
                meter=meters.get(change.meter) or _unheard_of(change.meter, batch),
                moment=change.at, kind=change.kind, before_kwh=change.before,
                after_kwh=change.after, serial=change.serial, batch=batch,
            )
            for change in registers.changes
            if part[0] <= change.meter <= part[-1]
        ]  # fmt: skip
        MeterChange.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["meter", "moment"],
            update_fields=["kind", "before_kwh", "after_kwh", "serial", "batch"],
        )  # fmt: skip


def _forget_changes(spans: dict[str, Span], codes: list[str], step: int) -> None:
    """Changes that batches told, within what a newer file now tells anew."""
    told = MeterChange.objects.filter(
        meter__in=Meter.objects.of_codes(codes), batch__isnull=False
    ).values_list("pk", "meter__code", "moment")
    again = [pk for pk, code, moment in told if _within(spans.get(code), moment, step)]
    MeterChange.objects.filter(pk__in=again).delete()


def _within(span: Span | None, moment: datetime, step: int) -> bool:
    if span is None:
        return False
    return _moment(span.first) <= moment <= _moment(span.last) + timedelta(minutes=step)


def _unheard_of(code: str, batch: ReadingBatch) -> Meter:
    """A meter of which a file told no energy at all."""
    return Meter.objects.get_or_create(code=code, defaults={"supplier": batch.supplier})[0]


def copy_in(meters: Iterable[dict[str, Any]]) -> None:
    """New meters by COPY, without a model of each: a first file brings thousands.

    What a meter does not say is as its field has it by default.
    """
    fields = [field for field in Meter._meta.concrete_fields if not field.primary_key]
    usual = {field.attname: field.get_default() for field in fields}
    names = ", ".join(f'"{field.column}"' for field in fields)
    table = connection.ops.quote_name(Meter._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for meter in meters:
            copy.write_row(list((usual | meter).values()))


def _told(meter: Meter, facts: dict[str, Any], span: Span, step: int) -> bool:
    """Take over what the file says of a meter; whether that changed anything."""
    before = _kept_of(meter)
    for name, value in facts.items():
        setattr(meter, name, value)
    first, last = _day(span.first), _day(span.last)
    meter.first_day = min(meter.first_day or first, first)
    meter.last_day = max(meter.last_day or last, last)
    meter.step_minutes = step
    meter.cell = _cell(meter.lat, meter.lon)
    return before != _kept_of(meter)


_kept_of = attrgetter(*FACTS, "step_minutes", "first_day", "last_day")


def _cell(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else cell(lat, lon)


@lru_cache
def _day(milliseconds: int) -> date:
    """The grid day of a moment: thousands of meters begin and end at the same one."""
    return day_of(_moment(milliseconds))


def count_feed(supplier: Supplier, new: Survey, names: list[str], lake: Lake) -> None:
    """Count what arrived of a supplier's grid days, with the files ``names`` of a new batch.

    Where nothing was there before the batch's own survey is the count; else all is read.
    """
    first, last = min(new.days), max(new.days)
    if before := live_files(supplier, first, last):
        counts = count_days(lake, [*before, *names], first, last)
    else:
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        counts = {day: new.days.get(day) or DayCount() for day in days}
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


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
