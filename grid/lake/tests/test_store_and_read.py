"""What is stored is read back, the newest batch wins, a killed import leaves nothing."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from grid.lake import runs as sorting
from grid.lake.place import Lake
from grid.lake.read import all_readings, every_version, meter_readings
from grid.lake.runs import RunWriter
from grid.lake.store import Origin, Stored, draw_together, gather, publish

START = datetime(2026, 1, 20, tzinfo=UTC)
LATER = START + timedelta(days=40)


@pytest.fixture(autouse=True, params=[(0, 9), (100, 9), (6_000_000, 9), (6_000_000, 0)])
def _kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs go to disk, some of them, or none; months are sorted together, or apart."""
    kept, groups = request.param
    monkeypatch.setattr(sorting, "KEPT_ROWS", kept)
    monkeypatch.setattr(sorting, "MOST_GROUPS", groups)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "a lake"))


def readings(meters: list[str], hours: int, value: float, first_row: int = 2) -> pa.Table:
    starts = np.datetime64(START.replace(tzinfo=None), "ms") + np.arange(hours) * np.timedelta64(
        1, "h"
    )
    size = hours * len(meters)
    return pa.table(
        {
            "meter": np.tile(meters, hours),  # by time, as suppliers often send it
            "start": pa.array(np.repeat(starts, len(meters)), pa.timestamp("ms", tz="UTC")),
            "kwh": np.full(size, value),
            "row": np.arange(first_row, first_row + size),
        }
    )


def regions(names: list[str]) -> dict[str, str]:
    """C lies in another region than A and B."""
    return {name: "35" if name == "C" else "11" for name in names}


def store(
    lake: Lake, table: pa.Table, batch: int, rows: int = 100
) -> tuple[list[Stored], list[tuple[object, ...]]]:
    folder = lake.working_folder()
    runs = RunWriter(folder, rows)
    for begin in range(0, len(table), 70):
        runs.add(table.slice(begin, 70))
    twice: list[tuple[object, ...]] = []
    about = Origin(1, batch, 60), lambda *told: twice.append(told), regions
    with gather(runs, *about) as found:
        files = found.finish()
    publish(lake, files)
    lake.forget(folder)
    return files, twice


def test_a_batch_is_split_by_month_and_read_back_by_meter(lake: Lake) -> None:
    stored, twice = store(lake, readings(["B", "A", "C"], 24 * 20, 1.5), 1)
    assert [(s.month, s.region, s.meters, s.low, s.high) for s in stored] == [
        ("2026-01", "11", 2, "A", "B"),
        ("2026-01", "35", 1, "C", "C"),
        ("2026-02", "11", 2, "A", "B"),
        ("2026-02", "35", 1, "C", "C"),
    ]
    assert all(s.name.startswith(f"month={s.month}/region={s.region}/") for s in stored)
    assert twice == []
    names = [s.name for s in stored]
    found = meter_readings(lake, names, "B", START, LATER)
    assert found is not None
    assert found.kwh.sum() == pytest.approx(24 * 20 * 1.5)
    assert (np.diff(found.starts) == np.timedelta64(1, "h")).all()
    assert [m.meter for m in all_readings(lake, names, START, LATER, rows=50)] == ["A", "B", "C"]


def test_the_newer_batch_wins_and_the_older_value_stays_traceable(lake: Lake) -> None:
    old, _ = store(lake, readings(["A"], 48, 1.0), 1)
    new, _ = store(lake, readings(["A"], 24, 9.0), 2)
    names = [s.name for s in new + old]
    found = meter_readings(lake, names, "A", START, LATER)
    assert found is not None
    assert found.kwh.tolist() == [9.0] * 24 + [1.0] * 24
    versions = every_version(lake, names, "A", START, START + timedelta(hours=1))
    assert list(zip(versions["batch"].to_pylist(), versions["kwh"].to_pylist(), strict=True)) == [
        (1, 1.0),
        (2, 9.0),
    ]


def test_drawing_files_together_changes_no_reading(lake: Lake) -> None:
    old, _ = store(lake, readings(["A", "B"], 48, 1.0), 1)
    new, _ = store(lake, readings(["A", "B"], 24, 9.0), 2)
    names = [s.name for s in old + new]
    before = {m.meter: m.kwh.tolist() for m in all_readings(lake, names, START, LATER)}
    folder = lake.working_folder()
    whole = draw_together(lake, folder, names, Origin(1, 2, 60), ("2026-01", "11"))
    assert whole.rows == 144
    assert {
        m.meter: m.kwh.tolist() for m in all_readings(lake, [whole.name], START, LATER)
    } == before
    assert len(every_version(lake, [whole.name], "B", START, LATER)) == 72


def test_a_second_reading_of_an_interval_is_told_and_the_first_kept(lake: Lake) -> None:
    table = pa.concat_tables([readings(["A"], 24, 1.0), readings(["A"], 1, 5.0, first_row=200)])
    stored, twice = store(lake, table, 1, rows=20)
    assert [(row, meter, kept) for row, meter, _, kept in twice] == [(200, "A", 2)]
    assert sum(s.rows for s in stored) == 24


def test_what_the_catalogue_does_not_know_is_swept_once_it_is_old(lake: Lake) -> None:
    kept, _ = store(lake, readings(["A"], 24, 1.0), 1)
    orphan, _ = store(lake, readings(["A"], 24, 1.0), 2)
    left = lake.working_folder()
    known = {s.name for s in kept}
    assert lake.sweep(known, older_than=3600) == []
    hour_ago = time.time() - 3700
    for path in (Path(lake.path(orphan[0].name)), Path(lake.path(kept[0].name)), left):
        os.utime(path, (hour_ago, hour_ago))
    assert lake.sweep(known, older_than=3600) == [orphan[0].name]
    assert not left.exists()
    assert {name for name, _ in lake.names()} == known


def test_an_empty_lake_has_no_readings(lake: Lake) -> None:
    assert meter_readings(lake, [], "A", START, LATER) is None
    assert list(all_readings(lake, [], START, LATER)) == []
    assert len(every_version(lake, [], "A", START, LATER)) == 0
