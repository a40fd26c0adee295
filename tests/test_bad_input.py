"""Bad input at the real doors: a clear message that names the place, and nothing half-applied."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image

from accounts.models import User
from cases.tests.factories import CaseFactory
from grid import tasks
from grid.models import Meter, ReadingBatch, Supplier
from grid.tests.factories import SupplierFactory
from registry.models import Registration
from registry.tests.factories import invented_bin
from registry.tests.files import HEADER, csv_file, row, xlsx_file

pytestmark = pytest.mark.django_db
RIGHT = invented_bin(5)
WRONG = RIGHT[:-1] + str((int(RIGHT[-1]) + 1) % 10)
MIB = 2**20


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LAKE_URL = str(tmp_path / "lake")


@pytest.fixture
def supplier(supplier_user: User) -> Supplier:
    made: Supplier = SupplierFactory(agency=supplier_user.agency, code="north")
    return made


def what_is_there() -> dict[str, int]:
    """Rows of everything that an import, an upload or a form writes when it succeeds."""
    kept = ("registry", "grid", "cases")
    records = {"ImportBatch", "ReadingBatch", "ReadingReject"}  # the books of what was refused
    return {
        model.__name__: model._default_manager.count()
        for app in kept
        for model in apps.get_app_config(app).get_models()
        if model.__name__ not in records and not model.__name__.endswith("Event")
    }


@dataclass
class Said:
    """How a command ended and what it said on both channels."""

    status: int
    text: str


def command(*arguments: str) -> Said:
    """Run a management command and keep what a person would read."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as refused:
        status = refused.returncode
        err.write(str(refused))
    except SystemExit as ended:
        status = int(ended.code or 0)
    return Said(status, out.getvalue() + err.getvalue())


# ── Registrations ───────────────────────────────────────────────────────────


def with_formula() -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    good = row(1)
    for place, name in enumerate(HEADER):
        sheet.write_string(0, place, name)
        sheet.write_string(1, place, str(good[name]))
    sheet.write_formula(1, HEADER.index("declared_kw"), "=600*2", None, 1200)
    book.close()
    return content.getvalue()


def cut(content: bytes) -> bytes:
    return content[: int(len(content) * 0.7)]


NOISE = bytes(n * 37 % 251 for n in range(4000))
REGISTRATIONS: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    # name: file name, content, what the answer must name
    "an empty file": ("list.csv", b"", ("empty",)),
    "a wrong header": (
        "list.csv",
        b"number,owner,kind\nI-1,me,licence_1\n",
        ("owner", "operator_bin", "missing"),
    ),
    "a name of 5,000 characters": (
        "list.csv",
        csv_file(row(1), row(2, operator_name="Ы" * 5000)),
        ("Row 3", "operator_name", "5000", "300"),
    ),
    "a picture renamed to .csv": ("list.csv", b"\x89PNG\r\n\x1a\n" + NOISE, ("CSV",)),
    "text in Windows-1251": (
        "list.csv",
        csv_file(row(1)).decode("utf-8-sig").replace("«", '"').replace("»", '"').replace("Ө", "О")
        .replace("і", "i").replace("ң", "н").replace("қ", "к").encode("cp1251", "replace"),
        ("UTF-8", "1251"),
    ),
    "a workbook with a formula": ("list.xlsx", with_formula(), ("formula", "declared_kw")),
    "an unknown KATO": (
        "list.csv",
        csv_file(row(1, kato="990000000")),
        ("Row 2", "kato", "990000000"),
    ),
    "a BIN with a wrong check digit": (
        "list.csv",
        csv_file(row(1, operator_bin=WRONG)),
        ("Row 2", "operator_bin", WRONG, "check digit"),
    ),
    "a file cut in the middle of a cell": ("list.csv", cut(csv_file(row(1), row(2))), ("cut",)),
    "a workbook cut in the middle": ("list.xlsx", cut(xlsx_file(row(1))), ("damaged", "cut")),
}  # fmt: skip


@pytest.mark.parametrize("what", REGISTRATIONS)
def test_a_bad_file_of_registrations_is_refused_whole_and_says_where(
    what: str, tmp_path: Path
) -> None:
    name, content, named = REGISTRATIONS[what]
    path = tmp_path / name
    path.write_bytes(content)
    before = what_is_there()
    for arguments in (("--dry-run",), ()):
        said = command("import_registry", str(path), *arguments)
        assert said.status in (1, 2), said
        for part in named:
            assert part.lower() in said.text.lower(), said.text
    assert what_is_there() == before


def test_a_bin_that_lost_its_zero_gets_a_suggestion_and_is_never_mended_silently(
    tmp_path: Path,
) -> None:
    whole = invented_bin(3, start="051340")
    path = tmp_path / "list.csv"
    path.write_bytes(csv_file(row(1, operator_bin=whole.lstrip("0"))))
    before = what_is_there()
    said = command("import_registry", str(path))
    assert said.status == 1
    assert "Row 2" in said.text
    assert whole in said.text, "the repair is suggested"
    assert what_is_there() == before


def test_the_same_registrations_twice_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_file(row(1), row(2)))
    assert command("import_registry", str(path)).status == 0
    before = what_is_there(), list(Registration.objects.values())
    again = command("import_registry", str(path))
    assert again.status == 0
    assert "new: 0" in again.text.lower(), again.text
    assert (what_is_there(), list(Registration.objects.values())) == before


# ── Readings ────────────────────────────────────────────────────────────────

DAY = date(2026, 11, 2)
HEAD = "meter,start,kwh\n"


def hours(n: int, *, offset: str = "+05:00", day: date = DAY, meter: str = "M1") -> str:
    return "".join(
        f"{meter},{day + timedelta(days=h // 24)}T{h % 24:02d}:00{offset},1.5\n" for h in range(n)
    )


def sheet_of_readings() -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, name in enumerate(("meter", "start", "kwh")):
        sheet.write_string(0, place, name)
    sheet.write_row(1, 0, ["M1", "2026-11-02T00:00+05:00"])
    sheet.write_formula(1, 2, "=10/4", None, 2.5)
    book.close()
    return content.getvalue()


ABOUT = "meter,start,kwh,customer_bin,customer_name,kato\n"
READINGS: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "an empty file": ("r.csv", b"", ("header",)),
    "a wrong header": ("r.csv", b"counter,when,energy\n1,2,3\n", ("meter,start,kwh",)),
    "a name of 5,000 characters": (
        "r.csv",
        f"{ABOUT}M1,2026-11-02T00:00+05:00,1,,{'Ы' * 5000},\n".encode(),
        ("2", "customer_name", "at most"),
    ),
    "a picture renamed to .csv": ("r.csv", b"\x89PNG\r\n\x1a\n" + NOISE, ("CSV, Parquet or XLSX",)),
    "text in Windows-1251": (
        "r.csv",
        (HEAD + "Счётчик,2026-11-02T00:00+05:00,1\n").encode("cp1251"),
        ("UTF-8",),
    ),
    "a workbook with a formula": ("r.xlsx", sheet_of_readings(), ("2", "C", "formula")),
    "dates without offset": (
        "r.csv",
        (HEAD + hours(3, offset="")).encode(),
        ("2", "start", "2026-11-02T00:00", "+05:00"),
    ),
    "a day of twenty-five hours": (
        "r.csv",
        (HEAD + hours(24) + "M1,2026-11-02T24:30+05:00,1.5\n").encode(),
        ("26", "start", "2026-11-02T24:30+05:00"),
    ),
    "an hour that stands twice": (
        "r.csv",
        (HEAD + hours(24) + "M1,2026-11-02T23:00+05:00,9\n").encode(),
        ("26", "start", "duplicate"),
    ),
    "negative energy": (
        "r.csv",
        (HEAD + "M1,2026-11-02T00:00+05:00,-4.5\n").encode(),
        ("2", "kwh", "-4.5", "0 or more"),
    ),
    "an unknown KATO": (
        "r.csv",
        f"{ABOUT}M1,2026-11-02T00:00+05:00,1,,,990000000\n".encode(),
        ("2", "kato", "990000000"),
    ),
    "a BIN with a wrong check digit": (
        "r.csv",
        f"{ABOUT}M1,2026-11-02T00:00+05:00,1,{WRONG},,\n".encode(),
        ("2", "customer_bin", WRONG, "check digit"),
    ),
    "a BIN that lost its zero": (
        "r.csv",
        f"{ABOUT}M1,2026-11-02T00:00+05:00,1,{invented_bin(3, start='051340')[1:]},,\n".encode(),
        ("2", "customer_bin", invented_bin(3, start="051340")),
    ),
    "a file cut in the middle": (
        "r.csv",
        (HEAD + hours(48)).encode()[:-14],
        ("49",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", READINGS)
def test_a_bad_file_of_readings_is_refused_whole_and_says_where(
    what: str, tmp_path: Path, supplier: Supplier
) -> None:
    name, content, named = READINGS[what]
    path = tmp_path / name
    path.write_bytes(content)
    before = what_is_there()
    for arguments in (("--dry-run",), ()):
        said = command("import_readings", str(path), "--supplier", "north", *arguments)
        assert said.status in (1, 2), said
        for part in named:
            assert part.lower() in said.text.lower(), said.text
    assert what_is_there() == before
    assert not list((tmp_path / "lake").rglob("*.parquet"))


@pytest.mark.parametrize("what", READINGS)
def test_the_api_refuses_the_same_files_and_tells_each_bad_value(
    what: str, supplier: Supplier, supplier_user: User, api: Callable[[User], Any]
) -> None:
    name, content, named = READINGS[what]
    client, before = api(supplier_user), what_is_there()
    sent = client.post(
        "/api/v1/reading-batches/",
        {"supplier": "north", "file": SimpleUploadedFile(name, content)},
        format="multipart",
    )
    if sent.status_code == 400:  # an empty file is told from the first byte
        assert content == b""
        assert sent["Content-Type"].startswith("application/problem+json")
    else:
        assert sent.status_code == 202, sent.content
        tasks.store_batch(sent.json()["id"])
        batch = client.get(f"/api/v1/reading-batches/{sent.json()['id']}/").json()
        assert batch["state"] == "refused"
        rejects = client.get(f"/api/v1/reading-batches/{batch['id']}/rejects/").json()["results"]
        told = json.dumps(rejects, ensure_ascii=False)
        for part in named[:-1]:
            assert part in told, told
        assert all(one["problem"] and one["accepted"] for one in rejects)
    assert what_is_there() == before


def test_the_night_that_really_had_twenty_five_hours_is_taken_whole(
    tmp_path: Path, supplier: Supplier
) -> None:
    """On 1 March 2024 the clocks of Almaty went back at midnight: 29 February had 25 hours."""
    first = "".join(f"M1,2024-02-29T{h:02d}:00+06:00,1\n" for h in range(24))
    path = tmp_path / "r.csv"
    path.write_text(HEAD + first + "M1,2024-02-29T23:00+05:00,1\nM1,2024-03-01T00:00+05:00,1\n")
    assert command("import_readings", str(path), "--supplier", "north").status == 0
    assert ReadingBatch.objects.get().rows_stored == 26


def test_the_same_readings_twice_change_nothing(tmp_path: Path, supplier: Supplier) -> None:
    path = tmp_path / "r.csv"
    path.write_text(HEAD + hours(48))
    assert command("import_readings", str(path), "--supplier", "north").status == 0
    before = what_is_there(), ReadingBatch.objects.count(), list(Meter.objects.values())
    again = command("import_readings", str(path), "--supplier", "north")
    assert again.status == 0
    assert "already" in again.text
    assert (what_is_there(), ReadingBatch.objects.count(), list(Meter.objects.values())) == before


# ── Photos ──────────────────────────────────────────────────────────────────


def large_photo() -> bytes:
    """A true JPEG of more than 20 MB."""
    made = BytesIO()
    Image.effect_noise((600, 400), 90).convert("RGB").save(made, "JPEG")
    return made.getvalue() + NOISE * (20 * MIB // len(NOISE) + 1)


BAD_PHOTOS: dict[str, Callable[[], tuple[str, bytes, tuple[str, ...]]]] = {
    "a photo of 20 MB": lambda: ("huge.jpg", large_photo(), ("huge.jpg", "20", "10")),
    "a page named .jpg": lambda: (
        "photo.jpg",
        b"<!doctype html><script>alert(1)</script>",
        ("photo.jpg", "not a JPEG"),
    ),
    "an empty photo": lambda: ("photo.jpg", b"", ("photo.jpg", "empty")),
}


@pytest.mark.parametrize("what", BAD_PHOTOS)
def test_a_bad_photo_is_not_taken_with_a_tip_and_the_words_are_kept(
    what: str, member: User, signed_in: Callable[[User], Client]
) -> None:
    name, content, named = BAD_PHOTOS[what]()
    client, before = signed_in(member), what_is_there()
    words = "Three containers hum behind the bakery."
    answer = client.post(
        "/tips/new/",
        {
            "what": words, "place": "Aksu", "power": "unknown", "send": "1",
            "files": SimpleUploadedFile(name, content),
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    for part in (*named, words):
        assert part in page.replace("\xa0", " "), part
    assert what_is_there() == before


@pytest.mark.parametrize("what", BAD_PHOTOS)
def test_a_bad_photo_is_not_taken_as_evidence(
    what: str, signed_in: Callable[[User], Client]
) -> None:
    name, content, named = BAD_PHOTOS[what]()
    case = CaseFactory()
    client, before = signed_in(case.owner), what_is_there()
    answer = client.post(
        f"/cases/{case.number}/add/evidence/",
        {"upload": SimpleUploadedFile(name, content), "title": "The hall from the road"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for part in (*named, "The hall from the road"):
        assert part in page.replace("\xa0", " "), part
    assert what_is_there() == before
