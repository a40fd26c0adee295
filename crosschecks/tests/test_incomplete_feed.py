"""A late or half-size feed marks the run and opens nothing."""

from datetime import timedelta

import pytest

from cases.models import Lead
from crosschecks.catalogue import CHECKS
from crosschecks.choices import FindingState, RunState
from crosschecks.models import Finding
from crosschecks.selectors.due import due_days
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from crosschecks.tests.test_run_check import counts, run_day

pytestmark = pytest.mark.django_db


def test_a_late_feed_opens_nothing_and_marks_the_run_incomplete(stage: Stage) -> None:
    stage.hits, stage.late = [hit()], {"north": "half"}
    run = run_day()
    assert (run.state, run.held, run.hits) == (RunState.INCOMPLETE, 1, 0)
    assert not Finding.objects.exists()
    assert not Lead.objects.exists()


def test_the_meters_of_other_suppliers_are_compared_all_the_same(stage: Stage) -> None:
    stage.hits, stage.late = [hit(), hit("meter:B", feeds=["south"])], {"north": "late"}
    run = run_day()
    assert (run.state, run.held, run.new) == (RunState.INCOMPLETE, 1, 1)
    assert Finding.objects.get().subject == "meter:B"


def test_nothing_is_gone_because_its_supplier_sent_too_little(stage: Stage) -> None:
    stage.hits = [hit()]
    run_day(YESTERDAY - timedelta(days=1))
    stage.hits, stage.late = [], {"north": "late"}
    assert counts(run_day()) == (0, 0, 0, 0)
    assert Finding.objects.get().state == FindingState.OPEN


def test_the_day_is_checked_again_once_the_feed_has_come(stage: Stage) -> None:
    check = CHECKS.get("made-up")
    stage.hits, stage.late = [hit()], {"north": "half"}
    run_day()
    assert due_days(check) == []
    stage.late = {}
    assert due_days(check) == [YESTERDAY]
    assert run_day().new == 1
    assert due_days(check) == []
