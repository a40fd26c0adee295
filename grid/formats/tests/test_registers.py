"""Files of what registers show: the moment, the register, its ratio and its serial number."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from common.errors import BadFile
from grid.formats.meaning import Reading
from grid.formats.problems import Problems
from grid.formats.readings import REGISTER, ReadingFile

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def how(**more: Any) -> Reading:
    given = {"now": NOW, "zone": ZoneInfo("Asia/Almaty"), "register": True, **more}
    return Reading(**given)


def read(path: Path, rows: list[str], meant: Reading) -> tuple[pa.Table, ReadingFile, Problems]:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    problems = Problems()
    file = ReadingFile(path, meant, problems)
    return pa.concat_tables(list(file.tables())), file, problems


SPANS = [f"{hour:02d}:00-{hour + 1:02d}:00" for hour in range(24)]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # parts of a date


def test_a_register_is_read_at_its_time_also_where_times_name_ends(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00,900000.5", "M1,2026-11-01T01:00,900001"]
    table, file, problems = read(tmp_path / "a.csv", rows, how(ends=True, ratio=40.0))
    assert (problems.count, table.schema) == (0, REGISTER)
    assert table["start"].to_pylist() == [utc(2026, 10, 31, 19), utc(2026, 10, 31, 20)]
    assert table["kwh"].to_pylist() == [900000.5, 900001.0]
    assert table["ratio"].to_pylist() == [40.0, 40.0]
    assert file.register_most is None


def test_the_profiles_ratio_counts_for_registers_also_where_times_have_offsets(
    tmp_path: Path,
) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00+05:00,1", "M1,2026-11-01T01:00+05:00,2"]
    table, _, _ = read(tmp_path / "a.csv", rows, how(ratio=40.0))
    assert table["ratio"].to_pylist() == [40.0, 40.0]


def test_each_row_has_its_ratio_and_serial_number(tmp_path: Path) -> None:
    rows = [
        "meter,end,mwh,ratio,serial",
        "M1,2026-11-01T00:00,1.5,20,A-1",
        "M1,2026-11-01T00:30,2,20,",
    ]
    table, file, problems = read(tmp_path / "a.csv", rows, how(digits=4))
    assert problems.count == 0
    assert table["kwh"].to_pylist() == [1500.0, 2000.0]
    assert table["serial"].to_pylist() == ["A-1", ""]
    assert table["start"].to_pylist()[0] == utc(2026, 10, 31, 19)
    assert file.register_most == 1e7


def test_a_value_beyond_the_registers_digits_is_refused(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M1,2026-11-01T00:00,10001", "M1,2026-11-01T01:00,9999.9"]
    table, _, problems = read(tmp_path / "a.csv", rows, how(digits=4))
    assert [(p.row, p.code) for p in problems.kept] == [(2, "absurd")]
    assert table["kwh"].to_pylist() == [9999.9]


def test_a_column_a_meter_and_day_rows_of_times_are_read(tmp_path: Path) -> None:
    wide = ["start,M1,M2", "2026-11-01T00:00,1,10", "2026-11-01T01:00,2,", "2026-11-01T02:00,3,11"]
    table, _, _ = read(tmp_path / "a.csv", wide, how(unit="kwh"))
    assert sorted(zip(table["meter"].to_pylist(), table["kwh"].to_pylist(), strict=True)) == [
        ("M1", 1.0), ("M1", 2.0), ("M1", 3.0), ("M2", 10.0), ("M2", 11.0)
    ]  # fmt: skip
    times = ",".join(f"{h:02d}:00" for h in range(24))
    days = [f"meter,date,{times}", "M1,2026-11-01," + ",".join(str(h) for h in range(24))]
    table, _, _ = read(tmp_path / "b.csv", days, how(unit="kwh", ends=True))
    assert table["start"].to_pylist()[0] == utc(2026, 10, 31, 19)
    assert len(table) == 24


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("meter,date," + ",".join(str(n) for n in range(1, 25)), "register_moment"),
        (f"meter,date,{','.join(SPANS)}", "register_moment"),
        ("meter,start,kw", "register_unit"),
        ("meter,date,kwh", "totals"),
    ],
)  # fmt: skip
def test_what_does_not_say_a_moment_or_counts_no_energy_is_refused(
    tmp_path: Path, heading: str, code: str
) -> None:
    unit = None if heading.endswith("kw") else "kwh"
    with pytest.raises(BadFile) as caught:
        read(tmp_path / "a.csv", [heading, "M1,2026-11-01,1"], how(unit=unit))
    assert [p.code for p in caught.value.problems] == [code]


def test_a_serial_number_is_an_unknown_column_where_values_are_energies(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(
            tmp_path / "a.csv",
            ["meter,start,kwh,serial", "M1,2026-11-01T00:00,1,A"],
            how(register=False),
        )
    assert [p.code for p in caught.value.problems] == ["unknown_columns"]
