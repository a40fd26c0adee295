"""What a person decided stands, whatever the runs see."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from cases.actions import dismiss_lead
from cases.models import Lead
from common import clock
from common.errors import NotAllowed, Refused
from crosschecks import actions
from crosschecks.catalogue import CHECKS
from crosschecks.models import Finding, Suppression
from crosschecks.tests.conftest import YESTERDAY, Stage, hit
from crosschecks.tests.factories import FindingFactory
from crosschecks.tests.test_run_check import run_day

pytestmark = pytest.mark.django_db


def test_a_dismissed_lead_is_not_raised_again(stage: Stage, officer: User) -> None:
    stage.hits = [hit()]
    run_day(YESTERDAY - timedelta(days=2))
    dismiss_lead(lead=Lead.objects.get(), actor=officer, reason="A bakery, seen on the spot.")
    stage.hits = []
    run_day(YESTERDAY - timedelta(days=1))
    stage.hits = [hit(severity="high")]
    run_day()
    finding = Finding.objects.get()
    assert (finding.decision, finding.decision_reason) == (
        "dismissed",
        "A bakery, seen on the spot.",
    )
    assert Lead.objects.count() == 1
    assert Lead.objects.get().state == "dismissed"


def test_a_finding_put_aside_raises_no_lead_until_its_day(stage: Stage, officer: User) -> None:
    finding = FindingFactory(fingerprint=stage_key("meter:A"), subject="meter:A")
    until = clock.today() + timedelta(days=3)
    actions.suppress_finding(finding=finding, reason="Cold store.", until=until, actor=officer)
    stage.hits = [hit()]
    run_day()
    assert not Lead.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=5)):
        run_day(clock.today() - timedelta(days=1))
    assert Lead.objects.count() == 1
    assert Suppression.objects.get().ended_at is not None


def test_a_term_set_after_the_dismissal_asks_anew_when_it_ends(stage: Stage, officer: User) -> None:
    stage.hits = [hit()]
    run_day()
    dismiss_lead(lead=Lead.objects.get(), actor=officer, reason="Explained for the winter.")
    run_day()
    until = clock.today() + timedelta(days=1)
    finding = Finding.objects.get()
    actions.suppress_finding(finding=finding, reason="Until spring.", until=until, actor=officer)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        run_day(clock.today() - timedelta(days=1))
    assert Lead.objects.count() == 2
    assert Lead.objects.filter(state="dismissed").count() == 1


def test_a_dismissal_during_the_term_stands_after_it(stage: Stage, officer: User) -> None:
    stage.hits = [hit()]
    run_day()
    until = clock.today() + timedelta(days=1)
    finding = Finding.objects.get()
    actions.suppress_finding(finding=finding, reason="Being checked.", until=until, actor=officer)
    dismiss_lead(lead=Lead.objects.get(), actor=officer, reason="Not mining.")
    with time_machine.travel(clock.now() + timedelta(days=3)):
        run_day(clock.today() - timedelta(days=1))
    assert Lead.objects.count() == 1


def test_a_reason_and_a_day_are_needed(db: None, officer: User) -> None:
    finding, tomorrow = FindingFactory(), clock.today() + timedelta(days=1)
    with pytest.raises(Refused):
        actions.suppress_finding(finding=finding, reason=" ", until=tomorrow, actor=officer)
    with pytest.raises(Refused):
        actions.suppress_finding(
            finding=finding, reason="x", until=clock.today() - timedelta(days=1), actor=officer
        )


def test_an_analyst_may_not_put_a_finding_aside(db: None, analyst: User) -> None:
    with pytest.raises(NotAllowed):
        actions.suppress_finding(
            finding=FindingFactory(), reason="x", until=clock.today(), actor=analyst
        )


def stage_key(subject: str) -> str:
    """The fingerprint that the made-up check gives a subject."""
    return CHECKS.get("made-up").key(subject)
