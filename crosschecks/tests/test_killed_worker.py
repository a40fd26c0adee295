"""kill -9 of a worker in the middle of a run, with a real process and the real database."""

from datetime import timedelta
from multiprocessing import get_context
from time import monotonic, sleep

import pytest
from django.db import connections

from cases.models import Lead
from crosschecks import actions
from crosschecks.choices import RunState
from crosschecks.models import Finding, Sighting
from crosschecks.tests.conftest import YESTERDAY, Stage, hit

HITS = 6


def work(run_id: int) -> None:
    """What the worker process does until it is killed."""
    connections.close_all()
    actions.work_off(run_id=run_id)


def wait_for(count: int) -> None:
    """Until so many hits are written; at most 20 s."""
    deadline = monotonic() + 20
    while Sighting.objects.count() < count:
        assert monotonic() < deadline, "the worker wrote nothing"
        sleep(0.02)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_after_kill_9_the_run_is_taken_up_again_and_no_lead_is_twice_or_lost(
    stage: Stage,
) -> None:
    stage.hits = [hit(f"meter:{n}") for n in range(HITS)]
    stage.before_hit = lambda one: sleep(0.2)
    run = actions.queue_run(slug="made-up", day=YESTERDAY)
    connections.close_all()
    worker = get_context("fork").Process(target=work, args=(run.pk,))
    worker.start()
    wait_for(2)
    worker.kill()
    worker.join()
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    assert 2 <= Lead.objects.count() == Finding.objects.count() < HITS
    stage.before_hit = lambda one: None
    assert actions.sweep_runs(stall_after=timedelta(0)) == [run]
    done = actions.work_off(run_id=run.pk)
    assert (done.state, done.attempts, done.new) == (RunState.DONE, 2, HITS)
    assert Finding.objects.count() == Lead.objects.count() == HITS
