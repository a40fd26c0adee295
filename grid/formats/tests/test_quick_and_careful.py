"""Parts of a file that are plainly right go a quick way; what comes out is the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from grid.formats import text
from grid.formats.meaning import Reading
from grid.formats.problems import Problems
from grid.formats.readings import ReadingFile

START = datetime(2026, 9, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of some hundred lines have many parts."""
    monkeypatch.setattr(text, "FIRST_BYTES", 1000)
    monkeypatch.setattr(text, "STRETCH_BYTES", 2000)


def lines(meters: int, hours: int, offset: str = "Z") -> Iterator[str]:
    for meter in range(meters):
        for hour in range(hours):
            at = START + timedelta(hours=hour)
            yield f"M{meter},{at:%Y-%m-%dT%H:%M}{offset},{meter + hour / 8:.3f}"


def read(path: Path, rows: list[str], how: Reading) -> tuple[pa.Table, Problems]:
    path.write_text("\n".join(["meter,start,kwh", *rows]) + "\n")
    problems = Problems()
    tables = list(ReadingFile(path, how, problems).tables())
    assert len(tables) > 2, "the file has several parts"
    return pa.concat_tables(tables), problems


def test_a_plain_file_comes_out_whole_and_in_its_order(tmp_path: Path) -> None:
    rows = list(lines(5, 100))
    table, problems = read(tmp_path / "a.csv", rows, Reading(now=NOW))
    assert problems.count == 0
    assert table["row"].to_pylist() == list(range(2, 502))
    assert table["meter"].to_pylist() == [row.split(",")[0] for row in rows]
    assert table["kwh"].to_pylist() == [float(row.split(",")[2]) for row in rows]
    assert table["start"].to_pylist() == [START + timedelta(hours=h) for h in range(100)] * 5


@pytest.mark.parametrize(
    ("bad", "column", "code"),
    [
        ("M9,2026-09-02T00:00Z,-1.000", "kwh", "negative"),
        ("M9,2026-09-02T00:00Z,nan", "kwh", "not_a_number"),
        ("M9,2026-09-02T00:00Z,600 MWh", "kwh", "unit_in_value"),
        ("M9,2026-09-02T00:00Z,9e9", "kwh", "absurd"),
        ("M9,2026-09-02T00:10Z,1.000", "start", "off_grid"),
        ("M9,2027-09-02T00:00Z,1.000", "start", "future"),
        ("M9,1999-09-02T00:00Z,1.000", "start", "too_old"),
        ("M9,2026-09-02T00:00,1.000", "start", "no_offset"),
        ("M\x019,2026-09-02T00:00Z,1.000", "meter", "control_characters"),
        ("M" * 65 + ",2026-09-02T00:00Z,1.000", "meter", "too_long"),
        (",2026-09-02T00:00Z,1.000", "meter", "empty"),
        ("M9,2026-09-02T00:00Z", "", "cells"),
        ("FOREIGN,2026-09-02T00:00Z,1.000", "meter", "other_supplier"),
    ],
)
def test_one_wrong_value_far_into_the_file_is_named_by_its_row(
    tmp_path: Path, bad: str, column: str, code: str
) -> None:
    rows = list(lines(5, 100))
    rows.insert(300, bad)
    how = Reading(now=NOW, foreign=lambda codes: {"FOREIGN"} & set(codes))
    table, problems = read(tmp_path / "a.csv", rows, how)
    assert [(p.row, p.column, p.code) for p in problems.kept] == [(302, column, code)]
    assert table["row"].to_pylist() == [n for n in range(2, 503) if n != 302]


def test_an_hour_that_came_twice_is_told_apart_also_far_into_the_file(tmp_path: Path) -> None:
    almaty = ZoneInfo("Asia/Almaty")
    first = datetime(2024, 2, 24, tzinfo=almaty)
    clock = [(first.astimezone(UTC) + timedelta(hours=h)) for h in range(24 * 8)]
    rows = [f"M1,{at.astimezone(almaty):%Y-%m-%dT%H:%M},1.000" for at in clock]
    table, problems = read(tmp_path / "a.csv", rows, Reading(now=NOW, zone=almaty))
    assert problems.count == 0
    assert table["start"].to_pylist() == clock


def test_blank_lines_far_into_the_file_shift_no_row_number(tmp_path: Path) -> None:
    rows = list(lines(5, 100))
    rows[300:300] = ["", ""]
    table, problems = read(tmp_path / "a.csv", rows, Reading(now=NOW))
    assert problems.count == 0
    assert table["row"].to_pylist() == [n for n in range(2, 504) if n not in {302, 303}]
