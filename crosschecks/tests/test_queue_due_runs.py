"""Which complete days have I not checked?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import User
from common import clock
from common.errors import NotAllowed, Refused
from crosschecks import actions, tasks
from crosschecks.catalogue import CHECKS
from crosschecks.choices import RunState
from crosschecks.models import CheckRun
from crosschecks.selectors.due import due_days
from crosschecks.tests.conftest import YESTERDAY, Stage
from crosschecks.tests.factories import RunFactory
from grid.models import ProfileRun

pytestmark = pytest.mark.django_db


def queued() -> list[CheckRun]:
    return [run for run in actions.queue_due_runs() if run.check_slug == "made-up"]


def test_a_check_that_never_ran_starts_with_the_newest_day(stage: Stage) -> None:
    stage.days = [YESTERDAY - timedelta(days=n) for n in range(5)]
    assert due_days(CHECKS.get("made-up")) == [YESTERDAY]


def test_after_that_every_complete_day_is_due_oldest_first(stage: Stage) -> None:
    stage.days = [YESTERDAY - timedelta(days=n) for n in range(5)]
    RunFactory(day=YESTERDAY)
    assert due_days(CHECKS.get("made-up")) == sorted(stage.days)[:-1]


def test_a_day_whose_profiles_were_computed_anew_is_due_again(stage: Stage) -> None:
    run = RunFactory()
    computed = ProfileRun.objects.create(until=YESTERDAY, computed_at=run.started_at)
    assert due_days(CHECKS.get("made-up")) == []
    computed.computed_at = clock.now()
    computed.save()
    assert due_days(CHECKS.get("made-up")) == [YESTERDAY]


def test_a_day_that_is_queued_is_not_queued_again(stage: Stage) -> None:
    assert len(queued()) == 1
    assert len(queued()) == 1
    assert CheckRun.objects.filter(check_slug="made-up").count() == 1


def test_a_failed_day_waits_for_another_version_of_the_check(stage: Stage) -> None:
    check = CHECKS.get("made-up")
    run = RunFactory(state=RunState.FAILED, version=check.version)
    assert due_days(check) == []
    run.version = "older"
    run.save()
    assert due_days(check) == [YESTERDAY]


def test_an_interrupted_day_is_due_again(stage: Stage) -> None:
    RunFactory(state=RunState.INTERRUPTED)
    assert due_days(CHECKS.get("made-up")) == [YESTERDAY]


def test_a_paused_check_is_left_out(stage: Stage, head: User) -> None:
    actions.pause_check(slug="made-up", reason="Meters are being changed.", actor=head)
    assert queued() == []
    actions.resume_check(slug="made-up", actor=head)
    assert len(queued()) == 1


def test_pausing_needs_a_head_and_a_reason(stage: Stage, officer: User, head: User) -> None:
    with pytest.raises(NotAllowed):
        actions.pause_check(slug="made-up", reason="x", actor=officer)
    with pytest.raises(Refused):
        actions.pause_check(slug="made-up", reason="", actor=head)


def test_a_day_that_is_not_over_is_refused(stage: Stage, officer: User) -> None:
    with pytest.raises(Refused):
        actions.queue_run(slug="made-up", day=clock.today(), actor=officer)


def test_one_who_may_not_run_checks_is_refused(stage: Stage, auditor: User) -> None:
    with pytest.raises(NotAllowed):
        actions.queue_run(slug="made-up", day=YESTERDAY, actor=auditor)


def test_beat_sends_one_run_of_each_check(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.days = [YESTERDAY - timedelta(days=n) for n in range(5)]
    RunFactory(day=YESTERDAY - timedelta(days=4))
    sent: list[int] = []
    monkeypatch.setattr(tasks.run_check_day, "delay", sent.append)
    tasks.run_due_checks()
    mine = CheckRun.objects.filter(pk__in=sent, check_slug="made-up")
    assert [run.day for run in mine] == [YESTERDAY - timedelta(days=3)]


def test_when_a_run_has_ended_the_next_day_of_its_check_is_sent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = RunFactory(queued=True, day=YESTERDAY - timedelta(days=1))
    second = RunFactory(queued=True)
    sent: list[int] = []
    monkeypatch.setattr(tasks.run_check_day, "delay", sent.append)
    tasks.run_check_day(first.pk)
    assert sent == [second.pk]


def test_a_weekly_check_looks_at_sundays_only(stage: Stage) -> None:
    weekly = replace(CHECKS.get("made-up"), every="week")
    stage.days = [YESTERDAY - timedelta(days=n) for n in range(7)]
    assert [day.weekday() for day in due_days(weekly)] == [6]
