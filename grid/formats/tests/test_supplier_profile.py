"""What a supplier's profile says where its files are silent, to the exact value."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
import xlsxwriter

from common.errors import BadFile
from grid.formats.meaning import Reading, unit_named
from grid.formats.problems import Problems, accepted
from grid.formats.readings import ReadingFile

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ALMATY = ZoneInfo("Asia/Almaty")
MAPPING = {
    "meter": "Точка учёта",
    "start": "Дата и время",
    "value": "Потребление, кВт·ч",
    "skip": ["№"],
}
NIGHT_BEGINS = datetime(2024, 2, 28, 18, tzinfo=UTC)  # midnight of 29 February at UTC+6


def how(**more: Any) -> Reading:
    return Reading(**{"now": NOW, "zone": ALMATY, **more})


def read(path: Path, rows: Sequence[str], meant: Reading) -> tuple[list[Any], Problems]:
    """Readings as (meter, UTC start, kWh) in order, and the problems."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return taken(path, meant)


def taken(path: Path, meant: Reading) -> tuple[list[Any], Problems]:
    problems = Problems()
    table = pa.concat_tables(list(ReadingFile(path, meant, problems).tables()))
    rows = zip(*(table[c].to_pylist() for c in ("meter", "start", "kwh")), strict=True)
    return sorted(rows), problems


def told(problems: Problems) -> list[tuple[int, str, str, str]]:
    return [(p.row, p.column, p.value, p.code) for p in problems.kept]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_a_time_that_names_the_end_is_taken_back_by_one_interval(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:30,1", "M1,2026-11-01T01:00,2"]
    found, problems = read(tmp_path / "a.csv", rows, how(ends=True))
    assert problems.count == 0
    assert found == [
        ("M1", utc(2026, 10, 31, 19, 0), 1.0), ("M1", utc(2026, 10, 31, 19, 30), 2.0)
    ]  # fmt: skip


def test_a_time_with_its_offset_is_the_beginning_whatever_the_profile_says(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00+05:00,5", "M1,2026-11-01T01:00+05:00,6"]
    found, _ = read(tmp_path / "a.csv", rows, how(ends=True, ratio=40.0))
    assert found == [("M1", utc(2026, 10, 31, 19), 5.0), ("M1", utc(2026, 10, 31, 20), 6.0)]


def test_a_column_of_ends_is_taken_back_also_with_offsets(tmp_path: Path) -> None:
    rows = ["meter,end,kwh", "M1,2026-11-01T01:00+05:00,5", "M1,2026-11-01T02:00+05:00,6"]
    found, _ = read(tmp_path / "a.csv", rows, how())
    assert [start for _, start, _ in found] == [utc(2026, 10, 31, 19), utc(2026, 10, 31, 20)]


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_the_night_of_1_march_2024_keeps_all_its_values_in_their_order(
    tmp_path: Path, ends: bool, minutes: int
) -> None:
    """29 February has 25 hours in Almaty: the clocks show 23:00 to 24:00 twice."""
    count = 25 * 60 // minutes
    step = timedelta(minutes=minutes)
    labels = [
        (NIGHT_BEGINS + (n + ends) * step).astimezone(ALMATY).strftime("%d.%m.%Y %H:%M")
        for n in range(count)
    ]
    rows = ["meter;start;kwh", *(f"M1;{label};{n + 1}" for n, label in enumerate(labels))]
    found, problems = read(
        tmp_path / "a.csv", rows, how(ends=ends, day_first=True, step_minutes=minutes)
    )
    assert problems.count == 0
    assert found == [("M1", NIGHT_BEGINS + n * step, n + 1.0) for n in range(count)]


def test_the_twenty_fifth_column_of_a_day_row_is_read_on_the_night_that_has_it(
    tmp_path: Path,
) -> None:
    heading = ",".join(["meter", "date", *(str(n) for n in range(1, 26))])
    full = ",".join(str(n) for n in range(1, 26))
    rows = [heading, f"M1,2024-02-29,{full}", "M1,2024-03-01," + ",".join(["7"] * 24) + ","]
    found, problems = read(tmp_path / "a.csv", rows, how(unit="kwh"))
    assert problems.count == 0
    night = [(start, kwh) for _, start, kwh in found[:25]]
    assert night == [(NIGHT_BEGINS + timedelta(hours=n), n + 1.0) for n in range(25)]
    assert found[25] == ("M1", utc(2024, 2, 29, 19), 7.0)
    assert len(found) == 49
    bad = [heading, f"M1,2024-03-01,{full}"]
    found, problems = read(tmp_path / "b.csv", bad, how(unit="kwh"))
    assert told(problems) == [(2, "25", "25", "no_such_interval")]
    assert accepted("no_such_interval", problems.kept[0].params).endswith("24 intervals")


def test_day_rows_of_quarter_hours_name_their_ends(tmp_path: Path) -> None:
    labels = [f"{n // 4:02d}:{n % 4 * 15:02d}" for n in range(1, 97)]
    rows = [
        ";".join(["Точка учёта", "Дата", *labels]),
        "М-7;31.10.2026;" + ";".join(f"{n},5" for n in range(96)),
    ]
    mapping = {"meter": "точка  учёта", "date": "Дата"}
    meant = how(ends=True, day_first=True, unit="kw", mapping=mapping)
    found, problems = read(tmp_path / "a.csv", rows, meant)
    assert problems.count == 0
    first = utc(2026, 10, 30, 19)
    assert found == [
        ("М-7", first + timedelta(minutes=15 * n), (n + 0.5) / 4) for n in range(96)
    ]  # fmt: skip


def test_a_span_in_the_heading_leaves_no_doubt_about_the_beginning(tmp_path: Path) -> None:
    spans = [f"{h:02d}:00-{h + 1:02d}:00" for h in range(24)]
    rows = [",".join(["meter", "date", *spans]), "M1,2026-11-01," + ",".join(["3"] * 24)]
    found, problems = read(tmp_path / "a.csv", rows, how(ends=True, unit="mwh"))
    assert problems.count == 0
    assert found[0] == ("M1", utc(2026, 10, 31, 19), 3000.0)
    assert found[-1][1] == utc(2026, 11, 1, 18)


def test_a_value_in_an_hour_that_the_clocks_skipped_is_refused_in_its_column(
    tmp_path: Path,
) -> None:
    labels = ",".join(f"{h:02d}:00" for h in range(24))
    rows = [f"meter,date,{labels}", "M1,2026-03-29," + ",".join(str(h) for h in range(24))]
    meant = how(zone=ZoneInfo("Europe/Berlin"), unit="kwh")
    found, problems = read(tmp_path / "a.csv", rows, meant)
    assert told(problems) == [(2, "02:00", "2", "no_such_time")]
    assert len(found) == 23


def test_saved_headings_are_understood_and_named_in_problems(tmp_path: Path) -> None:
    rows = [
        "Отчёт за октябрь;;;",
        "№;Точка учёта;Дата и время;Потребление, кВт·ч",
        "1;М-1;01.10.2026 0:00;12,5",
        "2;М-1;01.10.2026 1:00;много",
        "3;М-1;2026/10/01 02:00;1",
    ]
    meant = how(mapping=MAPPING, header_row=2, day_first=True)
    found, problems = read(tmp_path / "a.csv", rows, meant)
    assert found == [("М-1", utc(2026, 9, 30, 19), 12.5)]
    assert told(problems) == [
        (5, "Дата и время", "2026/10/01 02:00", "not_day_first"),
        (4, "Потребление, кВт·ч", "много", "not_a_number"),
    ]
    assert accepted("not_day_first", {}) == "31.01.2024 13:00"


def test_a_standard_file_is_read_also_where_headings_are_saved(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00+05:00,5"]
    found, problems = read(tmp_path / "a.csv", rows, how(mapping=MAPPING))
    assert (found, problems.count) == ([("M1", utc(2026, 10, 31, 19), 5.0)], 0)


def test_a_heading_with_the_delimiter_in_it_is_one_heading(tmp_path: Path) -> None:
    rows = ['Точка учёта,Дата и время,"Потребление, кВт·ч"', "M1,2026-11-01 00:00,5"]
    found, _ = read(tmp_path / "a.csv", rows, how(mapping=MAPPING))
    assert found == [("M1", utc(2026, 10, 31, 19), 5.0)]


def test_a_day_and_an_hour_in_two_columns_are_put_together(tmp_path: Path) -> None:
    rows = ["meter,date,time,kw", *(f"M1,2026-11-01,{h},{h}" for h in range(1, 25))]
    found, problems = read(tmp_path / "a.csv", rows, how(ends=True))
    assert problems.count == 0
    assert found == [("M1", utc(2026, 10, 31, 18 + 1) + timedelta(hours=h), h + 1.0) for h in range(24)]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("unit", "value", "kwh"),
    [("kwh", "600", 600.0), ("mwh", "0.6", 600.0), ("kw", "600", 150.0), ("mw", "0.6", 150.0)],
)
def test_each_unit_gives_its_energy(tmp_path: Path, unit: str, value: str, kwh: float) -> None:
    rows = [f"meter,start,{unit}", f"M1,2026-11-01T00:00,{value}", "M1,2026-11-01T00:15,0"]
    found, _ = read(tmp_path / "a.csv", rows, how())
    assert found[0][2] == pytest.approx(kwh)


def test_a_value_of_another_quantity_says_which_is_meant(tmp_path: Path) -> None:
    rows = ["meter,start,kw", "M1,2026-11-01T00:00,600 MWh", "M1,2026-11-01T01:00,12 кВт"]
    found, problems = read(tmp_path / "a.csv", rows, how())
    assert found == []
    assert told(problems) == [
        (2, "kw", "600 MWh", "energy_for_power"), (3, "kw", "12 кВт", "unit_in_value")
    ]  # fmt: skip
    first = problems.kept[0]
    assert accepted(first.code, first.params) == (
        "the mean power of the interval, a bare number in kW"
    )
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00,600 МВт"]
    assert told(read(tmp_path / "b.csv", rows, how())[1]) == [
        (2, "kwh", "600 МВт", "power_for_energy")
    ]


def test_too_large_a_value_is_told_in_the_files_own_unit(tmp_path: Path) -> None:
    rows = ["meter,start,mw", "M1,2026-11-01T00:00,2000", "M1,2026-11-01T00:15,1"]
    _, problems = read(tmp_path / "a.csv", rows, how())
    assert told(problems) == [(2, "mw", "2000.0", "absurd")]
    assert accepted("absurd", problems.kept[0].params) == "at most 1000 MW"


def test_a_heading_that_contradicts_the_profiles_unit_is_refused(tmp_path: Path) -> None:
    rows = ["Точка учёта;Дата и время;Мощность, кВт", "M1;2026-11-01 00:00;5"]
    mapping = {**MAPPING, "value": "Мощность, кВт"}
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", rows, how(mapping=mapping, unit="kwh"))
    (problem,) = caught.value.problems
    assert (problem.column, problem.code) == ("Мощность, кВт", "unit_of_column")
    assert accepted(problem.code, problem.params).startswith("values in kWh")


def test_a_value_column_whose_unit_nobody_says_is_refused(tmp_path: Path) -> None:
    rows = ["Точка учёта;Дата и время;Значение", "M1;2026-11-01 00:00;5"]
    mapping = {**MAPPING, "value": "Значение"}
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", rows, how(mapping=mapping))
    assert [(p.column, p.code) for p in caught.value.problems] == [("Значение", "unit_missing")]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Потребление, кВт·ч", "kwh"), ("кВтч", "kwh"), ("Энергия (МВт*ч)", "mwh"),
        ("тұтыну, кВт·сағ", "kwh"), ("P [kW]", "kw"), ("МВт", "mw"), ("Value", None),
        ("M1kw2", None), ("stockw", None),
    ],
)  # fmt: skip
def test_the_unit_is_read_off_the_end_of_a_heading(heading: str, unit: str | None) -> None:
    assert unit_named(heading) == unit


def test_the_ratio_of_the_profile_multiplies_and_that_of_a_row_comes_first(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00,0.5"]
    found, _ = read(tmp_path / "a.csv", rows, how(ratio=40.0))
    assert found[0][2] == 20.0
    rows = [
        "meter,start,kwh,ratio", "M1,2026-11-01T00:00,0.5,60", "M1,2026-11-01T01:00,1,0",
        "M1,2026-11-01T02:00,1,x",
    ]  # fmt: skip
    found, problems = read(tmp_path / "b.csv", rows, how(ratio=40.0))
    assert found == [("M1", utc(2026, 10, 31, 19), 30.0)]
    assert told(problems) == [(4, "ratio", "x", "not_a_number"), (3, "ratio", "0", "ratio")]


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet()
        formats = {
            datetime: made.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            date: made.add_format({"num_format": "dd.mm.yyyy"}),
            time: made.add_format({"num_format": "hh:mm"}),
            timedelta: made.add_format({"num_format": "[h]:mm"}),
        }
        for at, cells in enumerate(rows):
            for place, value in enumerate(cells):
                page.write(at, place, value, formats.get(type(value)))
    return path


def test_a_spreadsheets_own_times_are_read_midnight_included(tmp_path: Path) -> None:
    first = datetime(2026, 10, 31)  # noqa: DTZ001 - a sheet's time has no zone
    rows: list[list[object]] = [
        ["Точка учёта", "Дата и время", "Потребление, кВт·ч"],
        *([101, first + timedelta(hours=h), h + 0.25] for h in range(25)),
    ]
    found, problems = taken(book(tmp_path / "a.xlsx", rows), how(mapping=MAPPING))
    assert problems.count == 0
    begin = utc(2026, 10, 30, 19)
    assert found == [("101", begin + timedelta(hours=h), h + 0.25) for h in range(25)]


def test_a_spreadsheets_days_and_times_of_day_are_put_together(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Отчёт"], ["meter", "date", "time", "kwh"]]
    rows += [["M1", date(2026, 10, 31), time(h), 1] for h in range(1, 24)]
    rows += [["M1", date(2026, 10, 31), timedelta(hours=24), 9]]
    found, problems = taken(book(tmp_path / "a.xlsx", rows), how(ends=True, header_row=2))
    assert problems.count == 0
    assert found[0][1] == utc(2026, 10, 30, 19)
    assert found[-1] == ("M1", utc(2026, 10, 31, 18), 9.0)


def test_a_spreadsheet_of_day_rows_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["meter", "date", *range(1, 25)], ["M1", date(2026, 10, 31), *range(24)]]  # fmt: skip  # noqa: E501
    found, problems = taken(book(tmp_path / "a.xlsx", rows), how(unit="kwh"))
    assert problems.count == 0
    assert [kwh for _, _, kwh in found] == [float(n) for n in range(24)]


def test_a_wide_spreadsheet_of_half_hours_is_read(tmp_path: Path) -> None:
    first = datetime(2026, 10, 31)  # noqa: DTZ001 - a sheet's time has no zone
    rows = [["start", "M1", "M2"]]
    rows += [[first + timedelta(minutes=30 * n), n, ""] for n in range(48)]  # type: ignore[list-item]
    found, problems = taken(book(tmp_path / "a.xlsx", rows), how(unit="kw"))
    assert problems.count == 0
    assert [kwh for _, _, kwh in found] == [n / 2 for n in range(48)]
    assert {meter for meter, _, _ in found} == {"M1"}


def test_plain_rows_below_a_title_keep_their_numbers(tmp_path: Path) -> None:
    rows = ["Report", "meter,start,kwh", *(f"M1,2026-11-01T{h:02d}:00,{h}" for h in range(24))]
    rows[10] = "M1,2026-11-01T08:00,x"
    found, problems = read(tmp_path / "a.csv", rows, how(header_row=2))
    assert told(problems) == [(11, "kwh", "x", "not_a_number")]
    assert len(found) == 23
