"""Two files over the same rows at one moment: one is written whole, the other checked again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Agency
from common.errors import WrongState
from intake import actions
from intake.choices import ImportState, Task
from intake.models import ImportBatch, ImportRun
from intake.tests.bodies import body, csv_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("own_transactions"),
]
ROWS = 300


def checked(word):
    rows = (body(n, name_en=f"{word} {n}") for n in range(ROWS))
    return actions.check_file(
        kind="test-bodies", name=f"{word}.csv", content=csv_of(*rows), actor=None
    )


def at_once(*runs):
    """The states of the files after their tasks were begun at one moment, each by a worker."""
    ready = Barrier(len(runs))

    def work(run):
        try:
            ready.wait(30)
            return actions.work_off(run_id=run.pk).batch.state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(runs)) as workers:
        return list(workers.map(work, runs))


def test_of_two_files_with_the_same_rows_one_is_written_whole_and_the_other_not_at_all():
    batches = [checked("Left"), checked("Right")]
    runs = [actions.ask_to_apply(batch=batch, actor=None) for batch in batches]
    states = at_once(*runs)
    assert sorted(states) == sorted([ImportState.APPLIED, ImportState.CHECKED])
    names = set(Agency.objects.filter(code__startswith="b-").values_list("name_en", flat=True))
    word = "Left" if states[0] == ImportState.APPLIED else "Right"
    assert names == {f"{word} {n}" for n in range(ROWS)}
    stopped = ImportBatch.objects.get(state=ImportState.CHECKED)
    assert stopped.runs.get(task="apply").error == "moved"


def test_a_task_is_done_by_one_worker_however_many_get_it():
    batch = checked("Left")
    run = actions.ask_to_apply(batch=batch, actor=None)
    ready = Barrier(3)

    def work(_n):
        try:
            ready.wait(30)
            actions.work_off(run_id=run.pk)
        except actions.Busy:
            return "busy"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(3) as workers:
        told = sorted(workers.map(work, range(3)))
    assert told == ["busy", "busy", "done"]
    run.refresh_from_db()
    assert run.attempts == 1


def test_the_same_file_again_changes_nothing_and_leaves_no_history():
    first = checked("Left")
    actions.apply_batch(batch=first, actor=None)
    before = list(Agency.objects.order_by("pk").values())
    history: Any = Agency.pgh_event_model  # type: ignore[attr-defined]  # by pghistory
    events = history.objects.count()
    again = checked("Left")
    assert (again.new, again.changed, again.same) == (0, 0, ROWS)
    assert again.notices == ["applied_before"]
    actions.apply_batch(batch=again, actor=None)
    assert list(Agency.objects.order_by("pk").values()) == before
    assert history.objects.count() == events


def test_a_file_whose_task_is_not_closed_yet_is_not_taken_up_by_another():
    batch = checked("open")
    ImportRun.objects.create(batch=batch, task=Task.CHECK)
    with pytest.raises(WrongState, match="just being closed"):
        actions.ask_to_apply(batch=batch, actor=None)
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKED
    assert batch.runs.count() == 2
