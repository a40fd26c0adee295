"""Two runners at once: one lock, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Lead
from crosschecks import actions
from crosschecks.actions.claims import Busy
from crosschecks.choices import RunState
from crosschecks.models import CheckRun, Finding
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from crosschecks.tests.factories import RunFactory


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_runners_at_once_leave_one_run_and_one_lead_a_finding(stage: Stage) -> None:
    stage.hits = [hit(f"meter:{n}") for n in range(6)]
    start = Barrier(2, timeout=20)

    def runner() -> str:
        try:
            start.wait()
            run = actions.queue_run(slug="made-up", day=YESTERDAY)
            return str(actions.work_off(run_id=run.pk).state)
        except Busy:
            return "busy"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(one.result(60) for one in [pool.submit(runner), pool.submit(runner)])
    assert ends in (["busy", "done"], ["done", "done"])
    assert CheckRun.objects.active().count() == 0
    assert (Finding.objects.count(), Lead.objects.count()) == (6, 6)
    assert sum(run.new for run in CheckRun.objects.all()) == 6


@pytest.mark.django_db
def test_the_database_refuses_a_second_active_run_of_a_day() -> None:
    RunFactory(queued=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RunFactory(queued=True)


@pytest.mark.django_db
def test_the_foreground_waits_for_a_worker_and_gives_its_result(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunFactory(running=True)

    def finish(_seconds: float) -> None:
        CheckRun.objects.filter(pk=run.pk).update(
            state=RunState.DONE, finished_at=run.started_at, hits=3
        )

    monkeypatch.setattr("crosschecks.actions.running.sleep", finish)
    assert actions.run_now(run_id=run.pk).hits == 3
