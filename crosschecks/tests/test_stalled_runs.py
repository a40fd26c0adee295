"""A worker that dies in the middle loses nothing and writes nothing twice."""

from datetime import timedelta

import pytest

from cases.models import Lead
from common import clock
from crosschecks import actions, tasks
from crosschecks.actions.claims import Busy, Claim, Lost, claim_run
from crosschecks.choices import RunState
from crosschecks.models import CheckRun, Finding, Sighting
from crosschecks.selectors.runs import why_ended
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from crosschecks.tests.factories import RunFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=10)


class Killed(BaseException):
    """Stands for kill -9: nothing of the worker's own code runs after it."""


def kill_in_the_middle(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> CheckRun:
    """Work on two of four hits, then vanish, leaving the run as it stood."""
    stage.hits = [hit(f"meter:{n}") for n in range(4)]

    def die(one: object) -> None:
        if getattr(one, "subject", "") == "meter:2":
            raise Killed

    stage.before_hit = die
    run = actions.queue_run(slug="made-up", day=YESTERDAY)
    monkeypatch.setattr("crosschecks.actions.running.close_run", lambda **_given: None)
    with pytest.raises(Killed):
        actions.work_off(run_id=run.pk)
    monkeypatch.undo()
    CheckRun.objects.update(heartbeat_at=clock.now() - LONG_AGO)
    run.refresh_from_db()
    return run


def test_a_silent_run_is_taken_up_again_and_loses_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    patches = monkeypatch
    with patches.context() as inner:
        run = kill_in_the_middle(stage, inner)
    assert run.state == RunState.RUNNING
    assert Lead.objects.count() == 2
    stage.before_hit = lambda one: None
    assert actions.sweep_runs() == [run]
    done = actions.work_off(run_id=run.pk)
    assert (done.state, done.new, done.attempts) == (RunState.DONE, 4, 2)
    assert (Finding.objects.count(), Lead.objects.count()) == (4, 4)
    assert Sighting.objects.count() == 4


def test_after_the_third_attempt_the_run_is_closed_with_its_reason(db: None) -> None:
    run = RunFactory(running=True, attempts=3, heartbeat_at=clock.now() - LONG_AGO)
    assert actions.sweep_runs() == []
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "3 attempts" in why_ended(run)


def test_a_living_run_is_left_alone(db: None) -> None:
    run = RunFactory(running=True)
    actions.sweep_runs()
    run.refresh_from_db()
    assert run.state == RunState.RUNNING


def test_a_worker_that_wakes_after_its_run_was_taken_writes_nothing(stage: Stage) -> None:
    run = actions.queue_run(slug="made-up", day=YESTERDAY)
    stage.hits = [hit()]
    stage.before_hit = lambda one: CheckRun.objects.update(state=RunState.QUEUED, claim=None)
    left = actions.work_off(run_id=run.pk)
    assert left.state == RunState.QUEUED
    assert not Finding.objects.exists()


def test_a_claim_that_was_lost_says_so(db: None) -> None:
    run = RunFactory(queued=True)
    claim = claim_run(run.pk)
    CheckRun.objects.update(claim="11111111-1111-4111-8111-111111111111")
    with pytest.raises(Lost):
        claim.report(1, 2)


def test_a_run_has_one_worker(db: None) -> None:
    run = RunFactory(queued=True)
    assert isinstance(claim_run(run.pk), Claim)
    with pytest.raises(Busy):
        claim_run(run.pk)


def test_days_of_one_check_go_one_after_the_other(db: None) -> None:
    claim_run(RunFactory(queued=True).pk)
    with pytest.raises(Busy):
        claim_run(RunFactory(queued=True, day=YESTERDAY - timedelta(days=1)).pk)


def test_stopping_the_portal_closes_running_runs_as_interrupted(db: None) -> None:
    run = RunFactory(running=True)
    assert actions.close_runs() == 1
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.INTERRUPTED, "stopped")


def test_the_sweep_sends_a_run_whose_message_was_lost(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunFactory(queued=True)
    CheckRun.objects.update(created_at=clock.now() - LONG_AGO)
    sent: list[int] = []
    monkeypatch.setattr(tasks.run_check_day, "delay", sent.append)
    tasks.sweep_stalled_runs()
    assert sent == [run.pk]
