"""`kill -9` of the worker in the middle of an import: nothing half-written, and taken up again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from portal.local import addresses
from registry.tests.files import csv_file, row
from tests.running import Portal, portal_in, staged, wait_for
from tests.test_worker_killed import BEAT, WORKER, celery, kill

pytestmark = pytest.mark.processes

ROWS = 60
SEND = """
from pathlib import Path
from django.core.files.base import File
from intake import actions, tasks
with Path({path!r}).open("rb") as file:
    run = actions.receive_file(
        kind="registrations", name="list.csv", content=File(file), actor=None
    )
tasks.work_off_run.delay(run.pk)
"""
APPLY = """
from intake import actions, tasks
from intake.models import ImportBatch
tasks.work_off_run.delay(actions.ask_to_apply(batch=ImportBatch.objects.get(), actor=None).pk)
"""
WRITTEN = ("registry_operator", "registry_registration", "registry_site", "registry_sitemeter")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """A prepared portal; a file of registrations waits for a worker."""
    with portal_in(tmp_path / "var") as ready:
        staged(ready, seconds=2)
        path = tmp_path / "list.csv"
        path.write_bytes(csv_file(*(row(n) for n in range(1, ROWS + 1))))
        ready.manage("shell", "-c", SEND.format(path=str(path)))
        yield ready


@contextmanager
def shut(portal: Portal, table: str) -> Iterator[psycopg.Connection[Any]]:
    """Keeps everybody from writing to a table, so that a worker stands still in front of it."""
    with psycopg.connect(addresses(portal.var_dir).database_url) as held:
        held.execute(f"LOCK TABLE {table} IN SHARE MODE".encode())
        yield held


def stands_before(portal: Portal, table: str) -> bool:
    return bool(
        portal.rows("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass", table)
    )


def killed_before(portal: Portal, table: str) -> None:
    """A worker does its task until it would write to the table, and is killed there."""
    with shut(portal, table), celery(portal, *WORKER) as worker:
        wait_for(
            lambda: stands_before(portal, table), f"a worker stands before {table}",
            seconds=120, told=portal.last_lines,
        )  # fmt: skip
        kill(worker)
    wait_for(lambda: not stands_before(portal, table), "the database has let go of it")


def fall_silent(portal: Portal, attempts: int = 1) -> None:
    """The sign of life is made old, so that the test need not wait a minute."""
    portal.rows(
        "UPDATE intake_importrun SET heartbeat_at = heartbeat_at - interval '2 minutes',"
        " attempts = %s WHERE ended_at IS NULL",
        attempts,
    )


def state(portal: Portal) -> str:
    return str(portal.rows("SELECT state FROM intake_importbatch")[0][0])


def written(portal: Portal) -> list[int]:
    return [portal.count(table) for table in WRITTEN]


def until(portal: Portal, wanted: str) -> None:
    wait_for(lambda: state(portal) == wanted, wanted, seconds=120, told=portal.last_lines)


def check(portal: Portal) -> None:
    with celery(portal, *WORKER):
        until(portal, "checked")
        closed = "SELECT 1 FROM intake_importrun WHERE ended_at IS NULL"
        wait_for(lambda: not portal.rows(closed), "its task is closed", told=portal.last_lines)


def test_a_check_whose_worker_is_killed_is_taken_up_and_counts_nothing_twice(
    portal: Portal,
) -> None:
    killed_before(portal, "intake_plannedrow")
    assert state(portal) == "checking", "nobody has noticed yet"
    assert portal.count("intake_plannedrow") == 0
    fall_silent(portal)
    with celery(portal, *BEAT):
        check(portal)
    assert portal.rows("SELECT rows, new, rejected FROM intake_importbatch") == [(ROWS, ROWS, 0)]
    assert portal.count("intake_plannedrow") == ROWS
    assert portal.rows("SELECT attempts FROM intake_importrun") == [(2,)]
    assert written(portal) == [0, 0, 0, 0]
    assert portal.manage_json("verify_journal")["broken"] == []


def test_an_application_whose_worker_is_killed_is_written_whole_by_the_next_one(
    portal: Portal,
) -> None:
    check(portal)
    portal.manage("shell", "-c", APPLY)
    killed_before(portal, "registry_site")
    assert (state(portal), written(portal)) == ("applying", [0, 0, 0, 0]), "nothing is half-written"
    fall_silent(portal)
    with celery(portal, *BEAT), celery(portal, *WORKER):
        until(portal, "applied")
    assert written(portal) == [ROWS, ROWS, ROWS, 2 * ROWS]
    finished = "SELECT count(*) FROM journal_event WHERE verb = 'intake.import.finish'"
    assert portal.rows(finished) == [(1,)]
    assert portal.manage_json("verify_journal")["broken"] == []


def test_a_task_that_kills_its_worker_three_times_is_given_up_in_a_clear_state(
    portal: Portal,
) -> None:
    check(portal)
    portal.manage("shell", "-c", APPLY)
    killed_before(portal, "registry_site")
    fall_silent(portal, attempts=3)
    with celery(portal, *BEAT), celery(portal, *WORKER):
        until(portal, "checked")
    assert written(portal) == [0, 0, 0, 0]
    last = "SELECT error, ended_at IS NOT NULL FROM intake_importrun ORDER BY id DESC LIMIT 1"
    assert portal.rows(last) == [("silent", True)]
