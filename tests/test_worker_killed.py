"""`kill -9` of the worker in the middle of a run: nothing is lost, nothing is there twice."""
# ruff: noqa: S603 - it starts the worker and beat itself, to kill them

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import month
from tests.cast import SUPPLIER
from tests.running import ROOT, Portal, portal_in, staged, wait_for

pytestmark = pytest.mark.processes

FARMS, LAWFUL = 120, 20
CHECK = "undeclared-mining-load"


@contextmanager
def celery(portal: Portal, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker or beat as the Procfile starts it; killed with its children at the end."""
    with portal.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "portal.celery", *arguments],
            cwd=ROOT,
            env=portal.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """`kill -9` of the process and all of its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


WORKER = ("worker", "--loglevel", "INFO", "--concurrency", "1")
BEAT = ("beat", "--loglevel", "INFO", "--pidfile=")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """Readings of many undeclared farms, profiled and not yet checked."""
    with portal_in(tmp_path / "var") as ready:
        staged(ready, seconds=2)
        readings = tmp_path / "farms.parquet"
        readings.write_bytes(
            month.many_farms(FARMS, LAWFUL, *month.days_before(month.last_day(), 28))
        )
        ready.manage("import_readings", str(readings), "--supplier", SUPPLIER)
        yield ready


def halfway(portal: Portal) -> int | None:
    """A run that is noting what it found: some of the farms, not yet all of them."""
    rows = portal.rows(
        "SELECT r.id, count(*) FROM crosschecks_checkrun r"
        " JOIN crosschecks_sighting s ON s.run_id = r.id AND s.seen <> 'gone'"
        " WHERE r.check_slug = %s AND r.state = 'running' GROUP BY r.id",
        CHECK,
    )
    return next((run for run, noted in rows if 0 < noted < FARMS - 10), None)


def test_a_run_whose_worker_is_killed_is_taken_up_again(portal: Portal) -> None:
    with celery(portal, *BEAT):
        with celery(portal, *WORKER) as worker:
            run = wait_for(
                lambda: halfway(portal), "a run is halfway", seconds=90, told=portal.last_lines
            )
            kill(worker)
        state = portal.rows("SELECT state FROM crosschecks_checkrun WHERE id = %s", run)
        assert state == [("running",)], "nobody has noticed yet"
        # Its sign of life is made old, so that the test need not wait a minute.
        portal.rows(
            "UPDATE crosschecks_checkrun SET heartbeat_at = heartbeat_at - interval '2 minutes'"
            " WHERE id = %s",
            run,
        )
        with celery(portal, *WORKER):
            wait_for(
                lambda: portal.rows(
                    "SELECT 1 FROM crosschecks_checkrun WHERE id = %s AND state = 'done'", run
                ),
                "the run is taken up again and finished",
                seconds=90,
                told=portal.last_lines,
            )
    farms = [f"F-{n:04d}" for n in range(FARMS)]
    meters = sorted(meter for (meter,) in portal.rows("SELECT meter FROM cases_lead"))
    assert meters == farms, "no lead twice, none lost"
    assert portal.count("crosschecks_finding") == FARMS
    counted = portal.rows(
        "SELECT hits, new, same, back, leads, attempts FROM crosschecks_checkrun WHERE id = %s", run
    )
    ledger = portal.rows(
        "SELECT count(*) FILTER (WHERE seen <> 'gone'), count(*) FILTER (WHERE seen = 'new'),"
        " count(*) FILTER (WHERE seen = 'same'), count(*) FILTER (WHERE seen = 'back'),"
        " count(*) FILTER (WHERE raised_lead), 2 FROM crosschecks_sighting WHERE run_id = %s",
        run,
    )
    assert counted == ledger, "the counts are true at the end, after two attempts"
    assert counted[0][0] == FARMS
    assert portal.manage_json("verify_journal")["broken"] == []
