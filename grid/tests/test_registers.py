"""From what registers show to energy in the lake, with each change of a meter kept and told."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from grid import actions
from grid.actions.reading import meaning_of, profile_of
from grid.choices import BatchState, Channel
from grid.models import LakeFile, Meter, MeterChange, ReadingBatch, Supplier
from grid.selectors import load_curve
from grid.tests.factories import as_file

DAY = date(2026, 10, 1)
RESET_AT = datetime(2026, 10, 1, 7, tzinfo=UTC)


@pytest.fixture
def counting(supplier: Supplier) -> Supplier:
    """Its files hold what registers show; transformers of 20."""
    supplier.shown, supplier.zone, supplier.ratio = "register", "Asia/Almaty", 20.0
    supplier.full_clean()
    supplier.save()
    return supplier


def day(marks: Sequence[float | None], meter: str = "M1", serial: str = "") -> str:
    rows = [
        f"{meter},2026-10-01T{hour:02d}:00,{mark},{serial}"
        for hour, mark in enumerate(marks)
        if mark is not None
    ]
    return "\n".join(rows) + "\n"


HEADING = "meter,start,kwh,serial\n"
RISING: Sequence[float | None] = [5000.0 + hour for hour in range(24)]
RESET: Sequence[float | None] = [*RISING[:12], *(float(hour) for hour in range(12))]


def store(supplier: Supplier, content: str, *, partial: bool = False) -> ReadingBatch:
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(HEADING + content), file_name="registers.csv", actor=None,
        channel=Channel.COMMAND, partial=partial,
    )  # fmt: skip
    return actions.store_batch(batch.pk)


def kw(meter: str = "M1") -> list[float | None]:
    curve = load_curve(meter, DAY, DAY)
    assert curve is not None
    return curve.kw


def test_energy_is_the_difference_times_the_ratio(counting: Supplier) -> None:
    batch = store(counting, day(RISING))
    assert (batch.state, batch.rows_read, batch.rows_stored) == (BatchState.STORED, 24, 23)
    assert kw()[:23] == [20.0] * 23
    assert (batch.registers_back, batch.left_out) == (0, 0)


def test_a_register_that_went_back_leaves_a_gap_and_a_dated_row(counting: Supplier) -> None:
    batch = store(counting, day(RESET))
    assert (batch.state, batch.registers_back, batch.rows_stored) == ("stored", 1, 22)
    assert kw()[10:13] == [20.0, None, 20.0]
    change = MeterChange.objects.get()
    assert (change.meter.code, change.moment, change.kind) == ("M1", RESET_AT, "reset")
    assert (change.before_kwh, change.after_kwh, change.batch) == (5011.0, 0.0, batch)


def test_another_serial_number_is_an_exchange(counting: Supplier) -> None:
    rows = day(RISING[:12], serial="A-1") + day([*[None] * 12, *RISING[12:]], serial="B-2")
    batch = store(counting, rows)
    assert (batch.registers_back, batch.rows_stored) == (1, 22)
    change = MeterChange.objects.get()
    assert (change.kind, change.serial) == ("exchange", "B-2")


def test_missing_readings_are_told_and_not_spread(counting: Supplier) -> None:
    batch = store(counting, day([*RISING[:5], None, None, *RISING[7:]]))
    assert (batch.left_out, batch.registers_back) == (1, 0)
    assert kw()[3:8] == [20.0, None, None, None, 20.0]


def test_a_file_sent_again_mended_takes_the_change_away(counting: Supplier) -> None:
    store(counting, day(RESET))
    store(counting, day(RISING))
    assert not MeterChange.objects.exists()
    assert kw()[:23] == [20.0] * 23


def test_a_change_that_a_person_entered_stays(counting: Supplier) -> None:
    store(counting, day(RESET))
    MeterChange.objects.update(batch=None, source="act 17")
    store(counting, day(RISING))
    assert MeterChange.objects.get().source == "act 17"


def test_known_digits_let_a_register_run_over(counting: Supplier) -> None:
    counting.register_digits = 4
    counting.save()
    marks: list[float | None] = [(9990.0 + hour) % 10_000 for hour in range(24)]
    batch = store(counting, day(marks))
    assert (batch.registers_back, batch.rows_stored) == (0, 23)
    assert kw()[:23] == [20.0] * 23


def test_the_same_register_twice_is_refused_by_its_row(counting: Supplier) -> None:
    batch = store(counting, day(RISING) + day([5000.0]))
    assert batch.state == BatchState.REFUSED
    assert [(r.row, r.code, r.params) for r in batch.rejects.all()] == [
        (26, "duplicate", {"other": 2})
    ]


@pytest.mark.parametrize(
    ("marks", "code"), [([1.0, 2.0] * 12, "not_a_register"), ([7.0], "one_reading")]
)
def test_what_are_no_registers_is_refused_whole(
    counting: Supplier, marks: list[float | None], code: str
) -> None:
    batch = store(counting, day(marks), partial=True)
    assert batch.state == BatchState.REFUSED
    assert [r.code for r in batch.rejects.all()] == [code]
    assert not LakeFile.objects.exists()


def test_the_profile_says_what_values_are_and_older_batches_mean_the_same(
    supplier: Supplier,
) -> None:
    profile = profile_of(supplier)
    older = {name: profile[name] for name in profile if name not in {"shown", "register_digits"}}
    assert meaning_of(profile, "kwh") == meaning_of(older, "kwh")
    assert meaning_of({**profile, "shown": "register"}, "kwh") != meaning_of(older, "kwh")


def test_the_pages_of_batch_and_meter_tell_of_the_change(
    counting: Supplier, supplier_user: User, signed_in: Callable[[User], Client]
) -> None:
    batch = store(counting, day(RESET))
    client = signed_in(supplier_user)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Registers that went back or changed: 1; their intervals are left out." in page
    assert "the register went back" in page
    meter = client.get(Meter.objects.get(code="M1").get_absolute_url()).content.decode()
    assert "the register went back" in meter
    assert batch.get_absolute_url() in meter
    looked = client.post(
        reverse("grid:upload"),
        {
            "supplier": counting.pk, "look": "",
            "file": SimpleUploadedFile("a.csv", (HEADING + day(RESET)).encode()),
        },
    )  # fmt: skip
    assert "Registers that went back or changed: 1" in looked.content.decode()


@pytest.mark.parametrize("dry", [True, False])
def test_the_command_names_meter_and_time(counting: Supplier, tmp_path: Path, dry: bool) -> None:
    path = tmp_path / "registers.csv"
    path.write_text(HEADING + day(RESET))
    more = ["--dry-run"] if dry else []
    out = StringIO()
    call_command("import_readings", str(path), "--supplier", counting.code, *more, stdout=out)
    lines = out.getvalue()
    assert "registers that went back: 1, their intervals are left out" in lines
    assert "M1 2026-10-01T07:00:00+00:00: reset, 5011 kWh before, 0 kWh after" in lines
    out = StringIO()
    call_command(
        "import_readings", str(path), "--supplier", counting.code, *more, "--json", stdout=out
    )
    (told,) = json.loads(out.getvalue())["files"]
    assert (told["registers_back"], told["changes"][0]["meter"]) == (1, "M1")
