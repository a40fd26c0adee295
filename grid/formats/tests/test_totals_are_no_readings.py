"""Totals of days and months are no readings: one problem says so, and nothing is spread."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from common.errors import BadFile
from grid.formats.meaning import Reading
from grid.formats.problems import Problems, accepted
from grid.formats.readings import ReadingFile

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAYS = [date(2026, 10, 1) + timedelta(days=n) for n in range(5)]
MONTHS = [date(2026, n, 1) for n in range(1, 8)]


def refusal(path: Path, rows: list[str] | None = None, **more: Any) -> tuple[str, str]:
    """Code and column of the one problem."""
    if rows is not None:
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    how = Reading(**{"now": NOW, "zone": ZoneInfo("Asia/Almaty"), **more})
    with pytest.raises(BadFile) as caught:
        list(ReadingFile(path, how, Problems()).tables())
    (problem,) = caught.value.problems
    return problem.code, problem.column


@pytest.mark.parametrize("days", [DAYS, MONTHS])
@pytest.mark.parametrize("step", [None, 60])
def test_times_a_day_or_a_month_apart_are_totals_whatever_the_profile_says(
    tmp_path: Path, days: list[date], step: int | None
) -> None:
    rows = [f"M{m},{day}T00:00,{m}" for m in range(3) for day in days]
    found = refusal(tmp_path / "a.csv", ["meter,start,kwh", *rows], step_minutes=step)
    assert found == ("totals", "start")


def test_days_across_a_change_of_the_clocks_are_totals(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", "M,2024-02-29T00:00,1", "M,2024-03-01T00:00,1"]
    assert refusal(tmp_path / "a.csv", rows)[0] == "totals"


def test_a_bad_value_beside_them_adds_no_second_problem(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", ",2026-10-01T00:00,-1", *(f"M,{day}T00:00,x" for day in DAYS)]
    assert refusal(tmp_path / "a.csv", rows) == ("totals", "start")


@pytest.mark.parametrize(
    "times", [["2026-10-01", "2026-10-02"], ["01.10.2026", "02.10.2026"], ["2026-09", "2026-10"]]
)
def test_times_without_a_time_of_day_are_totals(tmp_path: Path, times: list[str]) -> None:
    rows = ["meter,start,kwh", *(f"M,{time},1" for time in times)]
    assert refusal(tmp_path / "a.csv", rows) == ("totals", "start")


def test_a_column_a_meter_of_days_is_totals(tmp_path: Path) -> None:
    rows = ["start,M1,M2", *(f"{day}T00:00,1,2" for day in DAYS)]
    assert refusal(tmp_path / "a.csv", rows, unit="kwh") == ("totals", "start")


@pytest.mark.parametrize(
    "heading",
    [
        "meter,date,kwh", "date,M1,M2", "meter,month,kwh", "meter,2026-09,2026-10",
        "meter,01.10.2026,02.10.2026", "meter,Месяц,kwh",
    ],
)  # fmt: skip
def test_day_rows_without_hours_are_totals(tmp_path: Path, heading: str) -> None:
    assert refusal(tmp_path / "a.csv", [heading, "M1,2026-10-01,5"], unit="kwh")[0] == "totals"


def test_an_unknown_column_of_hours_is_an_unknown_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("meter,date,hour,kwh\nM1,2026-10-01,1,5\n")
    with pytest.raises(BadFile) as caught:
        ReadingFile(path, Reading(now=NOW), Problems())
    assert {p.code for p in caught.value.problems} == {"missing_columns", "unknown_columns"}


def test_typed_days_are_totals(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"meter": ["M"] * 5, "start": DAYS, "kwh": [1.0] * 5}), path)
    assert refusal(path) == ("totals", "start")


@pytest.mark.parametrize("minutes", [5, 20, 120, 180])
def test_an_interval_that_readings_do_not_have_is_told_in_one_problem(
    tmp_path: Path, minutes: int
) -> None:
    first = datetime(2026, 10, 1, tzinfo=UTC)
    rows = [f"M,{first + timedelta(minutes=minutes * n):%Y-%m-%dT%H:%MZ},1" for n in range(8)]
    assert refusal(tmp_path / "a.csv", ["meter,start,kwh", *rows]) == ("step", "start")


def test_an_interval_unlike_the_profiles_is_told_in_one_problem(tmp_path: Path) -> None:
    rows = ["meter,start,kwh", *(f"M,2026-10-01T{h:02d}:00,1" for h in range(24))]
    found = refusal(tmp_path / "a.csv", rows, step_minutes=15)
    assert found == ("step_of_profile", "start")
    assert accepted("step_of_profile", {"minutes": 15}).startswith("a reading every 15 minutes")


def test_readings_with_many_holes_are_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    hours = [0, 1, 3, 9, 11, 18, 47, 48]
    first = datetime(2026, 10, 1, tzinfo=UTC)
    rows = [f"M,{first + timedelta(hours=h):%Y-%m-%dT%H:%MZ},1" for h in hours]
    path.write_text("\n".join(["meter,start,kwh", *rows]) + "\n")
    file = ReadingFile(path, Reading(now=NOW), Problems())
    assert sum(map(len, file.tables())) == 8
    assert file.found.step_minutes == 60


def test_day_rows_of_quarter_hours_are_a_quarter_of_an_hour(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    numbers = ",".join(str(n) for n in range(1, 97))
    path.write_text(f"meter,date,{numbers}\nM1,2026-10-01,{numbers}\n")
    file = ReadingFile(path, Reading(now=NOW, unit="kwh", zone=ZoneInfo("UTC")), Problems())
    assert sum(map(len, file.tables())) == 96
    assert file.found.step_minutes == 15
