"""From a supplier's file to the lake: whole, once, traceable, or not at all."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from accounts.models import User
from common.clock import grid_days
from common.errors import NotAllowed, Refused
from common.geo import cell
from grid import actions
from grid.choices import BatchState, Channel, RunState
from grid.lake.place import Lake
from grid.lake.read import every_version
from grid.models import FeedDay, LakeFile, Meter, ProfileRun, ReadingBatch, Supplier
from grid.selectors import load_curve, peaks_on
from grid.selectors.lake import live_files
from grid.tests.factories import MeterFactory, as_file, readings_csv
from journal.selectors import history_of, inbox

FIRST = datetime(2026, 10, 1)  # noqa: DTZ001 - a calendar day, the factory places it in the grid's zone
DAY = date(2026, 10, 1)


def receive(supplier: Supplier, content: str | bytes, **more: Any) -> ReadingBatch:
    given = {"file_name": "october.csv", "actor": None, "channel": Channel.COMMAND, **more}
    batch, _new = actions.receive_batch(supplier=supplier, file=as_file(content), **given)
    return batch


def month(value: float = 10.0, meters: int = 2, days: int = 3) -> str:
    return readings_csv({f"M{i}": np.full(24 * days, value + i) for i in range(meters)}, FIRST)


def store(supplier: Supplier, content: str | bytes, **more: Any) -> ReadingBatch:
    return actions.store_batch(receive(supplier, content, **more).pk)


def test_a_good_file_is_stored_with_true_counts(supplier: Supplier) -> None:
    batch = store(supplier, month())
    assert batch.state == BatchState.STORED
    assert (batch.rows_read, batch.rows_total, batch.rows_stored, batch.meters) == (
        144,
        144,
        144,
        2,
    )
    assert (batch.new_meters, batch.rows_rejected, batch.coverage) == (2, 0, 1.0)
    curve = load_curve("M1", DAY, DAY + timedelta(days=2))
    assert curve is not None
    assert curve.kw == [11.0] * 72
    assert [d.share for d in FeedDay.objects.filter(supplier=supplier)] == [1.0] * 3


def test_the_same_file_twice_changes_nothing(supplier: Supplier) -> None:
    first = store(supplier, month())
    events = len(history_of(first))
    again, new = actions.receive_batch(
        supplier=supplier, file=as_file(month()), file_name="renamed.csv", actor=None,
        channel=Channel.API,
    )  # fmt: skip
    assert (again.pk, new) == (first.pk, False)
    assert ReadingBatch.objects.count() == 1
    assert len(history_of(first)) == events


def test_a_refused_file_may_be_sent_again(supplier: Supplier) -> None:
    refused = store(supplier, "meter,start,kwh\nM1,2026-10-01T00:00,1\n")
    again = receive(supplier, "meter,start,kwh\nM1,2026-10-01T00:00,1\n")
    assert again.pk != refused.pk


def test_the_newer_file_wins_and_the_older_value_stays_traceable(
    supplier: Supplier, lake: Lake
) -> None:
    old = store(supplier, month(10.0, meters=1))
    new = store(supplier, month(20.0, meters=1, days=1))
    curve = load_curve("M0", DAY, DAY + timedelta(days=2))
    assert curve is not None
    assert curve.kw == [20.0] * 24 + [10.0] * 48
    start, end = grid_days(DAY, DAY)
    versions = every_version(lake, live_files(supplier, DAY, DAY), "M0", start, end)
    assert versions["batch"].to_pylist() == [old.pk, new.pk] * 24


def test_a_meters_month_ends_up_in_one_file(supplier: Supplier) -> None:
    for value in (1.0, 2.0, 3.0):
        store(supplier, month(value))
    assert [f.month for f in LakeFile.objects.live()] == ["2026-09", "2026-10"]
    assert LakeFile.objects.filter(replaced_at__isnull=False).count() == 8


def test_one_bad_row_refuses_the_whole_file(supplier: Supplier) -> None:
    batch = store(supplier, month() + "M9,2026-10-01T00:00+05:00,-4\n")
    assert batch.state == BatchState.REFUSED
    assert [(r.row, r.column, r.code) for r in batch.rejects.all()] == [(146, "kwh", "negative")]
    assert b"negative" in batch.errors_file.read()
    assert not LakeFile.objects.exists()
    assert not Meter.objects.exists()


def test_partial_stores_the_good_rows_and_lists_the_bad(supplier: Supplier) -> None:
    batch = store(supplier, month() + "M9,2026-10-01T00:00+05:00,-4\n", partial=True)
    assert batch.state == BatchState.STORED
    assert (batch.rows_stored, batch.rows_rejected) == (144, 1)
    assert not Meter.objects.filter(code="M9").exists()


def test_an_interval_that_stands_twice_in_a_file_is_refused(supplier: Supplier) -> None:
    batch = store(supplier, month() + "M1,2026-10-01T00:00+05:00,99\n")
    assert batch.state == BatchState.REFUSED
    reject = batch.rejects.get()
    assert (reject.row, reject.code, reject.params) == (146, "duplicate", {"other": 74})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02" * 400, "binary"),
        ("meter,start,kwh\nСчётчик,x,1\n".encode("cp1251"), "encoding"),
        (b"meter,start\nM1,x\n", "missing_columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    supplier: Supplier, content: bytes, code: str
) -> None:
    batch = store(supplier, content)
    assert batch.state == BatchState.REFUSED
    assert code in {r.code for r in batch.rejects.all()}


def daily(meters: int, days: int) -> str:
    at = [FIRST + timedelta(days=n) for n in range(days)]
    rows = [f"M{m},{one:%Y-%m-%d}T00:00+05:00,240" for one in at for m in range(meters)]
    return "\n".join(["meter,start,kwh", *rows]) + "\n"


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("part_bytes", [4 << 20, 200])
def test_totals_of_days_are_refused_in_one_word_also_where_the_file_goes_by_time(
    supplier: Supplier, monkeypatch: pytest.MonkeyPatch, part_bytes: int, partial: bool
) -> None:
    monkeypatch.setattr("grid.formats.text.FIRST_BYTES", part_bytes)
    monkeypatch.setattr("grid.formats.text.STRETCH_BYTES", part_bytes)
    batch = store(supplier, daily(meters=20, days=4), partial=partial)
    assert batch.state == BatchState.REFUSED
    assert [r.code for r in batch.rejects.all()] == ["totals"]
    assert not LakeFile.objects.exists()


def test_meters_of_another_supplier_are_refused(
    supplier: Supplier, other_supplier: Supplier
) -> None:
    MeterFactory(code="M1", supplier=other_supplier)
    batch = store(supplier, month())
    assert batch.state == BatchState.REFUSED
    assert {(r.column, r.value, r.code) for r in batch.rejects.all()} == {
        ("meter", "M1", "other_supplier")
    }


def test_facts_of_a_meter_are_kept_and_updated(supplier: Supplier) -> None:
    header = "meter,start,kwh,customer_name,contract_kw,kato,lat,lon\n"
    store(supplier, header + "M1,2026-10-01T00:00+05:00,1,ТОО Пример,250,351010000,49.8,73.1\n")
    store(supplier, header + "M1,2026-10-01T01:00+05:00,1,,300,,,\n")
    meter = Meter.objects.get(code="M1")
    assert (meter.customer_name, meter.contract_kw, meter.kato) == (
        "ТОО Пример",
        300.0,
        "351010000",
    )
    assert meter.cell == cell(49.8, 73.1)


def test_the_activity_code_of_a_meter_is_kept_and_a_long_one_refused(supplier: Supplier) -> None:
    row = "meter,start,kwh,activity_code\nM,2026-10-01T00:00+05:00,1,{}\n"
    store(supplier, row.format("63.11.1"))
    assert Meter.objects.get(code="M").activity == "63.11.1"
    refused = store(supplier, row.format("01234567890"))
    assert refused.state == BatchState.REFUSED
    assert [one.code for one in refused.rejects.all()] == ["too_long"]


def test_a_crash_while_storing_leaves_nothing_readable(
    supplier: Supplier, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_more: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("grid.actions.catalogue.count_feed", crash)
    batch = receive(supplier, month())
    with pytest.raises(OSError, match="No space"):
        actions.store_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert "No space left" in batch.error
    assert not LakeFile.objects.exists()
    assert load_curve("M1", DAY, DAY) is None
    assert not list(lake.aside.iterdir())
    monkeypatch.undo()
    actions.retry_batch(batch=batch, actor=None)
    assert actions.store_batch(batch.pk).state == BatchState.STORED


def test_a_batch_whose_worker_died_is_taken_up_again_and_given_up_at_last(
    supplier: Supplier,
) -> None:
    batch = receive(supplier, month())
    long_ago = timezone.now() - timedelta(minutes=10)
    for _ in range(3):
        ReadingBatch.objects.filter(pk=batch.pk).update(
            state=BatchState.STORING, heartbeat_at=long_ago
        )
        assert actions.recover_batches() == [batch.pk]
    ReadingBatch.objects.filter(pk=batch.pk).update(state=BatchState.STORING, heartbeat_at=long_ago)
    assert actions.recover_batches() == []
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED


def test_new_readings_make_computed_days_due_again(supplier: Supplier) -> None:
    ProfileRun.objects.create(until=DAY + timedelta(days=20), state=RunState.DONE)
    ProfileRun.objects.create(until=DAY + timedelta(days=40), state=RunState.DONE)
    store(supplier, month())
    states = list(ProfileRun.objects.order_by("until").values_list("state", flat=True))
    assert states == [RunState.DUE, RunState.DONE]


def test_the_sender_is_told_of_the_outcome(supplier: Supplier, supplier_user: User) -> None:
    store(supplier, month(), actor=supplier_user)
    (news,) = inbox(supplier_user)
    assert "144 readings" in news.words


def test_people_send_for_their_own_company_only(
    other_supplier: Supplier, supplier_user: User, officer: User
) -> None:
    for person in (supplier_user, officer):
        with pytest.raises(NotAllowed):
            receive(other_supplier, month(), actor=person)


def test_a_file_beyond_the_limit_is_refused(supplier: Supplier, settings: Any) -> None:
    settings.READINGS_MAX_BYTES = 100
    with pytest.raises(Refused):
        receive(supplier, month())


def test_looking_at_a_file_stores_nothing(supplier: Supplier, tmp_path: Any, lake: Lake) -> None:
    path = tmp_path / "a.csv"
    path.write_text(month())
    checked = actions.check_file(supplier=supplier, path=path)
    assert (checked.good, checked.meters, checked.problems.count) == (144, 2, 0)
    assert not ReadingBatch.objects.exists()
    assert list(lake.names()) == []


def test_the_peak_of_a_day_is_in_kw_whatever_the_interval(supplier: Supplier) -> None:
    rows = [
        f"M1,2026-10-01T{h:02d}:{m:02d}+05:00,{30 if (h, m) == (9, 15) else 5}"
        for h in range(24)
        for m in (0, 15, 30, 45)
    ]
    store(supplier, "meter,start,kwh\n" + "\n".join(rows) + "\n")
    peak = peaks_on(DAY)["M1"]
    assert peak.kw == pytest.approx(120.0)
    assert peak.at.isoformat() == "2026-10-01T04:15:00+00:00"


def test_the_night_of_1_march_2024_counts_twenty_five_hours(supplier: Supplier) -> None:
    leap = date(2024, 2, 29)
    curve = np.full(25, 7.0)
    store(supplier, readings_csv({"M1": curve}, datetime(2024, 2, 29)))  # noqa: DTZ001 - a calendar day
    day = FeedDay.objects.get(day=leap)
    assert (day.readings, day.expected) == (25, 25)
    found = load_curve("M1", leap, leap)
    assert found is not None
    assert len(found.kw) == 25
