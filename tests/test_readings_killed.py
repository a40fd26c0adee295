"""`kill -9` of import and worker while readings are stored: nothing is lost or half seen."""
# ruff: noqa: S603 - it starts the import itself, to kill it

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import SUPPLIER
from tests.running import ROOT, Portal, portal_in, staged, wait_for
from tests.test_worker_killed import BEAT, WORKER, celery, kill

pytestmark = pytest.mark.processes

METERS, DAYS = 900, 30
ROWS = METERS * DAYS * 24
FIRST = datetime(2026, 8, 10, tzinfo=UTC)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with portal_in(tmp_path / "var") as ready:
        staged(ready, seconds=2)
        yield ready


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    """A month of hourly readings in two UTC months, large enough to be met halfway."""
    path = tmp_path / "august.csv"
    hours = [f"{FIRST + timedelta(hours=h):%Y-%m-%dT%H:%M}Z" for h in range(DAYS * 24)]
    with path.open("w") as file:
        file.write("meter,start,kwh\n")
        for meter in range(METERS):
            file.writelines(f"K-{meter:04d},{hour},{meter % 7}.250\n" for hour in hours)
    return path


def killed_when(portal: Portal, readings: Path, moment: Callable[[], object], what: str) -> None:
    """Start the import and kill it once ``moment`` holds."""
    with portal.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_readings", str(readings), "--supplier", SUPPLIER],
            cwd=ROOT, env=portal.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(moment, what, seconds=90, every=0.003, told=portal.last_lines)
    finally:
        kill(process)


def storing(portal: Portal, again: int = 0) -> bool:
    """Whether a batch is being stored that was taken up again so many times."""
    rows = portal.rows("SELECT starts FROM grid_readingbatch WHERE state = 'storing'")
    return any(starts >= again for (starts,) in rows)


def published(portal: Portal) -> list[str]:
    """Names of the files that lie in the lake, catalogued or not."""
    lake = portal.var_dir / "lake"
    return sorted(str(path.relative_to(lake)) for path in lake.glob("month=*/**/*.parquet"))


def nothing_is_seen(portal: Portal) -> bool:
    return portal.count("grid_lakefile") == portal.count("grid_meter") == 0


def test_an_import_killed_at_any_moment_is_finished_by_sending_the_file_again(
    portal: Portal, readings: Path
) -> None:
    aside = portal.var_dir / "lake" / "aside"
    killed_when(portal, readings, lambda: storing(portal), "the batch is being stored")
    assert nothing_is_seen(portal)
    killed_when(
        portal, readings, lambda: list(aside.glob("batch-*/*.parquet")), "it writes for the lake"
    )
    assert nothing_is_seen(portal)
    answer = portal.manage_json("import_readings", str(readings), "--supplier", SUPPLIER)
    assert [(f["state"], f["stored"]) for f in answer["files"]] == [("stored", ROWS)]
    assert portal.count("grid_readingbatch") == 1
    assert portal.rows("SELECT sum(rows), count(*) FROM grid_lakefile") == [(ROWS, 2)]
    assert portal.rows("SELECT name FROM grid_lakefile ORDER BY name") == [
        (name,) for name in published(portal)
    ]
    assert list(aside.iterdir()) == [], "what the killed ones left was cleared away"


def test_a_batch_whose_worker_is_killed_is_finished_by_the_next_worker(
    portal: Portal, readings: Path
) -> None:
    killed_when(portal, readings, lambda: storing(portal), "the batch is being stored")
    with celery(portal, *BEAT):
        with celery(portal, *WORKER) as worker:
            wait_for(
                lambda: storing(portal, again=1),
                "the worker has taken the batch up", seconds=120, told=portal.last_lines,
            )  # fmt: skip
            kill(worker)
        assert nothing_is_seen(portal)
        with celery(portal, *WORKER):
            wait_for(
                lambda: portal.rows("SELECT 1 FROM grid_readingbatch WHERE state = 'stored'"),
                "the next worker stores it", seconds=120, told=portal.last_lines,
            )  # fmt: skip
    assert portal.rows("SELECT sum(rows) FROM grid_lakefile WHERE replaced_at IS NULL") == [(ROWS,)]
    assert portal.count("grid_meter") == METERS
    assert portal.manage_json("verify_journal")["broken"] == []
