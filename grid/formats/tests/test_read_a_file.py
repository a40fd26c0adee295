"""What a supplier's file may look like, and how each mistake in it is named."""

import codecs
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from common.errors import BadFile
from grid.formats.meaning import Reading
from grid.formats.problems import Problems, accepted
from grid.formats.readings import ReadingFile

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HEADER = "meter,start,kwh"
ALMATY = ZoneInfo("Asia/Almaty")


def read(
    path: Path, content: str | bytes, how: Reading | None = None
) -> tuple[pa.Table, ReadingFile, Problems]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    problems = Problems()
    file = ReadingFile(path, how or Reading(now=NOW), problems)
    tables = list(file.tables())
    return pa.concat_tables(tables), file, problems


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def codes(problems: Problems) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in problems.kept]


def hours(count: int, meter: str = "M1", day: str = "2026-11-01") -> list[str]:
    return [f"{meter},{day}T{h:02d}:00+05:00,{h + 0.5}" for h in range(count)]


def test_a_plain_long_file_is_read_whole(tmp_path: Path) -> None:
    table, file, problems = read(tmp_path / "a.csv", lines(*hours(24), *hours(24, "M2")))
    assert problems.count == 0
    assert len(table) == file.found.rows == file.found.good == 48
    assert file.found.step_minutes == 60
    assert table["start"][0].as_py() == datetime(2026, 10, 31, 19, tzinfo=UTC)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_byte_order_mark_and_semicolons_with_decimal_commas_are_understood(
    tmp_path: Path, mark: bytes
) -> None:
    text = lines("М1;2026-11-01T00:00+05:00;12,5", header="meter;start;kwh")
    table, _, problems = read(tmp_path / "a.csv", mark + text.encode())
    assert problems.count == 0
    assert table["kwh"].to_pylist() == [12.5]
    assert table["meter"].to_pylist() == ["М1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \n\n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        ("meter,start,kwh\nСчётчик один,2026-11-01T00:00+05:00,1\n".encode("cp1251"), "encoding"),
        ("meter,start,kwh\nM1,2026-11-01T00:00+05:00,1\n".encode("utf-16"), "binary"),
        (b"PAR1 and then nothing", "cut_off"),
        (b"PK\x03\x04 broken", "unreadable"),
        (b"meter,start,kwh\n", "empty_file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", content)
    assert [p.code for p in caught.value.problems] == [code]


def test_the_row_of_the_first_foreign_byte_is_named(tmp_path: Path) -> None:
    text = lines(*hours(3), "Счётчик,2026-11-01T05:00+05:00,1")
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", text.encode("cp1251"))
    assert caught.value.problems[0].row == 5
    assert "Счётчик" in caught.value.problems[0].value


def test_all_wrong_columns_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", lines("1,2,3,4", header="meter,start,energy,colour"))
    found = [(p.column, p.code) for p in caught.value.problems]
    assert found == [
        ("kwh", "missing_columns"), ("energy", "unknown_columns"), ("colour", "unknown_columns")
    ]  # fmt: skip


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", lines("1,2,3,4", header="meter,start,kwh,kwh"))
    assert [p.code for p in caught.value.problems] == ["repeated_columns"]


def test_every_bad_value_is_listed_with_its_row(tmp_path: Path) -> None:
    rows = [
        "M1,2026-11-01T00:00+05:00,1",
        ",2026-11-01T00:00+05:00,1",
        "M1,2026-11-01 01:00,1",
        "M1,01.11.2026 02:00,1",
        "M1,2026-11-01T03:00+05:00,-4",
        "M1,2026-11-01T04:00+05:00,600 MWh",
        "M1,2026-11-01T05:00+05:00,many",
        "M1,2026-11-01T06:00+05:00,",
        "M1,2026-11-01T07:00+05:00,99999999",
        "M1,2031-11-01T08:00+05:00,1",
        "M1,2026-11-01T09:20+05:00,1",
        "M1,2026-13-01T10:00+05:00,1",
        "M1,2026-11-01T11:00+05:00",
        "M1,1999-11-01T12:00+05:00,1",
        f"{'x' * 5000},2026-11-01T13:00+05:00,1",
        "M1,2026-11-01T14:00+05:00,1",
    ]
    table, _, problems = read(tmp_path / "a.csv", lines(*rows), Reading(now=NOW, step_minutes=60))
    assert sorted(codes(problems)) == [
        (3, "meter", "empty"),
        (4, "start", "no_offset"),
        (5, "start", "not_a_time"),
        (6, "kwh", "negative"),
        (7, "kwh", "unit_in_value"),
        (8, "kwh", "not_a_number"),
        (9, "kwh", "empty"),
        (10, "kwh", "absurd"),
        (11, "start", "future"),
        (12, "start", "off_grid"),
        (13, "start", "not_a_time"),
        (14, "", "cells"),
        (15, "start", "too_old"),
        (16, "meter", "too_long"),
    ]
    assert table["row"].to_pylist() == [2, 17]
    assert all(len(p.value) <= 120 for p in problems.kept)


def test_what_the_file_says_of_meters_is_checked_and_kept(tmp_path: Path) -> None:
    header = HEADER + ",customer_bin,customer_name,kato,lat,contract_kw"
    rows = [
        "M1,2026-11-01T00:00+05:00,1,970240000816,ТОО Пример,351010000,49.8,250",
        "M2,2026-11-01T00:00+05:00,1,20240000555,,350000000,,",
        "M3,2026-11-01T00:00+05:00,1,123456789012,,990000000,120,-1",
    ]
    table, file, problems = read(tmp_path / "a.csv", lines(*rows, header=header))
    assert sorted(codes(problems)) == [
        (3, "customer_bin", "bin"), (4, "contract_kw", "out_of_range"), (4, "customer_bin", "bin"),
        (4, "kato", "kato"), (4, "lat", "out_of_range"),
    ]  # fmt: skip
    lost_zero = next(p for p in problems.kept if p.row == 3)
    assert lost_zero.params["repair"] == "020240000555"
    assert table["meter"].to_pylist() == ["M1"]
    assert file.found.meters["M1"] == {
        "customer_bin": "970240000816", "customer_name": "ТОО Пример", "kato": "351010000",
        "lat": 49.8, "contract_kw": 250.0,
    }  # fmt: skip


def test_a_wide_file_needs_its_unit_and_turns_power_into_energy(tmp_path: Path) -> None:
    text = lines(
        "2026-11-01T00:00+05:00,100,",
        "2026-11-01T00:15+05:00,120,8",
        "2026-11-01T00:30+05:00,x,-8",
        header="start,M1,M2",
    )
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", text)
    assert caught.value.problems[0].code == "unit_missing"
    table, file, problems = read(tmp_path / "a.csv", text, Reading(now=NOW, unit="kw"))
    assert file.found.step_minutes == 15
    assert table["kwh"].to_pylist() == [25.0, 30.0, 2.0]
    assert codes(problems) == [(4, "M1", "not_a_number"), (4, "M2", "negative")]


def test_the_night_of_1_march_2024_has_twenty_five_hours_in_almaty(tmp_path: Path) -> None:
    clock = [f"M1,2024-02-29T{h:02d}:00,1" for h in range(24)] + ["M1,2024-02-29T23:00,7"]
    how = Reading(now=NOW, zone=ALMATY)
    table, _, problems = read(tmp_path / "a.csv", lines(*clock, "M1,2024-03-01T00:00,1"), how)
    assert problems.count == 0
    starts = table["start"].to_numpy()
    assert len(starts) == 26
    assert (np.diff(starts) == np.timedelta64(1, "h")).all()


def test_an_hour_that_the_clocks_skipped_is_refused(tmp_path: Path) -> None:
    how = Reading(now=NOW, zone=ZoneInfo("Europe/Berlin"))
    rows = ["M1,2026-03-29T01:00,1", "M1,2026-03-29T02:00,1", "M1,2026-03-29T03:00,1"]
    table, _, problems = read(tmp_path / "a.csv", lines(*rows), how)
    assert codes(problems) == [(3, "start", "no_such_time")]
    assert len(table) == 2


def test_blank_lines_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [hours(1)[0], "", "", "M1,2026-11-01T03:00+05:00,x"]
    _, file, problems = read(tmp_path / "a.csv", lines(*rows))
    assert codes(problems) == [(5, "kwh", "not_a_number")]
    assert file.found.rows == 2


def test_a_file_cut_in_the_middle_of_a_row_is_noticed(tmp_path: Path) -> None:
    whole = lines(*hours(24))
    _, _, problems = read(tmp_path / "a.csv", whole[: whole.rindex("+05:00,")])
    assert codes(problems) == [(25, "", "cells")]


def test_parquet_with_typed_columns_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    starts = pa.array(
        np.arange("2026-11-01", "2026-11-02", dtype="datetime64[30m]").astype("datetime64[us]")
    )
    table = pa.table(
        {"meter": pa.array([7] * 48), "start": starts, "kwh": pa.array([1.0] * 48, pa.float32())}
    )
    pq.write_table(table, path)
    problems = Problems()
    file = ReadingFile(path, Reading(now=NOW), problems)
    assert sum(len(t) for t in file.tables()) == 0
    assert problems.by_code == {"no_offset": 48}
    file = ReadingFile(path, Reading(now=NOW, zone=ZoneInfo("UTC")), Problems())
    found = pa.concat_tables(list(file.tables()))
    assert file.found.step_minutes == 30
    assert found["meter"].to_pylist() == ["7"] * 48


def test_a_cut_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "whole.parquet"
    pq.write_table(pa.table({"meter": ["a"] * 1000}), path)
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "cut.parquet", path.read_bytes()[:-20])
    assert caught.value.problems[0].code == "cut_off"


def sheet(path: Path, cells: list[list[object]]) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for row, values in enumerate(cells):
            page.write_row(row, 0, values)
    return path.read_bytes()


def test_a_spreadsheet_is_read_in_the_suppliers_zone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    content = sheet(
        path,
        [
            ["meter", "start", "kwh"],
            [101, "2026-11-01T00:00", 5.25],
            [],
            [101, "2026-11-01T01:00", "x"],
        ],
    )
    table, _, problems = read(path, content, Reading(now=NOW, zone=ALMATY))
    assert table["meter"].to_pylist() == ["101"]
    assert codes(problems) == [(4, "kwh", "not_a_number")]


def test_formulas_in_a_spreadsheet_are_refused_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    content = sheet(path, [["meter", "start", "kwh"], ["M1", "2026-11-01T00:00+05:00", "=1+1"]])
    with pytest.raises(BadFile) as caught:
        read(path, content)
    assert [(p.row, p.column, p.code) for p in caught.value.problems] == [(2, "C", "formula")]


def test_a_cell_at_the_far_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["meter", "start", "kwh"])
        page.write_string(1_048_575, 16_383, "x")
    with pytest.raises(BadFile) as caught:
        read(path, path.read_bytes())
    assert [p.code for p in caught.value.problems] == ["too_big"]


def test_the_error_file_holds_every_problem_and_no_live_formula(tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    with Problems(errors) as problems:
        for row in range(1500):
            problems.add(row, "kwh", "=cmd()", "not_a_number", unit="kWh")
    written = errors.read_text(encoding="utf-8-sig").splitlines()
    assert len(problems.kept) == 1000
    assert len(written) == 1501
    assert written[1] == "0,kwh,'=cmd(),not_a_number,a number such as 12.5"


def test_a_lost_zero_is_suggested_never_mended() -> None:
    assert "020240000555" in accepted("bin", {"repair": "020240000555"})
    assert accepted("bin", {"repair": ""}) == "12 digits with a correct check digit"
