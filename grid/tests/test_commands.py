"""The commands that partners and operators call from outside."""

import csv
import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from common.clock import GRID_ZONE, grid_day
from grid.models import ReadingBatch, Supplier
from grid.profiles.profile import MINING_LIKE
from grid.profiles.synthetic import Farm, mining_load
from grid.tests.factories import readings_csv

FIRST = datetime(2026, 9, 1)  # noqa: DTZ001 - a calendar day


def run(*args: Any) -> tuple[int, dict[str, Any], str]:
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command(*[str(a) for a in args], "--json", stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(stop.code or 0)
    text = out.getvalue()
    return status, json.loads(text) if text else {}, err.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    load = mining_load(Farm(), grid_day(FIRST.date())[0], 28 * 24, seed=1, zone=GRID_ZONE)
    path = tmp_path / "good.csv"
    path.write_text(readings_csv({"MINE": load, "HOME": np.tile([0.1, 0.4, 2, 0.2], 168)}, FIRST))
    return path


def test_readings_are_imported_once(supplier: Supplier, good: Path) -> None:
    status, answer, _ = run("import_readings", good, "--supplier", supplier.code)
    assert status == 0
    assert answer["files"][0]["stored"] == 2 * 28 * 24
    status, answer, _ = run("import_readings", good, "--supplier", supplier.code)
    assert status == 0
    assert (answer["files"][0]["new"], answer["files"][0]["stored"]) == (False, 0)
    assert ReadingBatch.objects.count() == 1


def test_a_dry_run_lists_everything_and_stores_nothing(supplier: Supplier, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("meter,start,kwh\nM1,2026-09-01T00:00,1\nM1,2026-09-01T01:00+05:00,600 MWh\n")
    status, answer, _ = run("import_readings", path, "--supplier", supplier.code, "--dry-run")
    assert status == 1
    found = {
        (p["row"], p["column"], p["value"], p["problem"]) for p in answer["files"][0]["problems"]
    }
    assert found == {
        (2, "start", "2026-09-01T00:00", "no_offset"), (3, "kwh", "600 MWh", "unit_in_value")
    }  # fmt: skip
    assert not ReadingBatch.objects.exists()


def test_rejected_rows_give_status_1(supplier: Supplier, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("meter,start,kwh\nM1,2026-09-01T00:00+05:00,1\nM1,2026-09-01T01:00+05:00,-1\n")
    assert run("import_readings", path, "--supplier", supplier.code)[0] == 1
    status, answer, _ = run("import_readings", path, "--supplier", supplier.code, "--partial")
    assert status == 1
    assert (answer["files"][0]["stored"], answer["files"][0]["rejected"]) == (1, 1)


def test_daily_totals_give_status_1_and_one_problem(supplier: Supplier, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    rows = [f"M1,2026-09-{day:02d}T00:00+05:00,240" for day in range(1, 29)]
    path.write_text("\n".join(["meter,start,kwh", *rows]) + "\n")
    status, answer, _ = run("import_readings", path, "--supplier", supplier.code)
    (problem,) = answer["files"][0]["problems"]
    assert (status, problem["problem"], problem["value"]) == (1, "totals", "1440 min")
    assert "never spread into hours" in problem["accepted"]


@pytest.mark.parametrize(
    "args", [("missing.csv", "--supplier", "demo-res-north"), (__file__, "--supplier", "nobody")]
)
def test_what_cannot_run_gives_status_2_and_one_line(
    supplier: Supplier, args: tuple[str, ...]
) -> None:
    status, answer, err = run("import_readings", *args)
    assert (status, answer) == (2, {})
    assert len(err.strip().splitlines()) == 1


def test_scores_of_all_meters_are_written(supplier: Supplier, good: Path, tmp_path: Path) -> None:
    run("import_readings", good, "--supplier", supplier.code)
    out = tmp_path / "scores.csv"
    status, answer, _ = run("score_meters", out, "--to", date(2026, 9, 28))
    assert (status, answer["meters"]) == (0, 2)
    rows = {row["meter"]: row for row in csv.DictReader(out.open())}
    assert list(rows["MINE"]) == ["meter", "score", "pattern", "est_kw", "coverage", "reasons"]
    assert rows["MINE"]["pattern"] == "flat"
    assert float(rows["MINE"]["score"]) >= MINING_LIKE
    assert rows["HOME"]["pattern"] == "none"


def test_scores_without_readings_cannot_run(db: None, tmp_path: Path) -> None:
    assert run("score_meters", tmp_path / "scores.csv")[0] == 2


def test_files_are_scored_without_a_database(good: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "other names.csv"
    renamed.write_text(good.read_text().replace("meter,start,kwh", "meter_id,ts,kwh", 1))
    weather = tmp_path / "weather.csv"
    weather.write_text(
        "ts,temp\n"
        + "".join(f"2026-09-{d:02d}T{h:02d}:00Z,{h}\n" for d in range(1, 29) for h in range(24))
    )
    out = tmp_path / "scores.csv"
    status, answer, _ = run("profile_readings", renamed, out, "--weather", weather)
    assert (status, answer["meters"], answer["rejected"]) == (0, 2, 0)
    rows = {row["meter"]: row for row in csv.DictReader(out.open())}
    assert rows["MINE"]["pattern"] == "flat"
    assert float(rows["MINE"]["coverage"]) == 1.0


def test_an_unreadable_file_gives_status_2(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    status, _, err = run("profile_readings", path, tmp_path / "out.csv")
    assert status == 2
    assert "empty_file" in err
