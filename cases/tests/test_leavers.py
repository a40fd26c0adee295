"""The work of people who have left goes to their successor or their head, and to nobody else."""

import pytest

from accounts.actions import deactivate_user
from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import AgencyFactory, UserFactory
from cases.actions import pass_on_work
from cases.choices import CaseState, LeadState
from cases.models import Case, Task
from cases.tests.factories import CaseFactory, LeadFactory
from journal.selectors import history_of


@pytest.fixture
def leaver(officer: User) -> User:
    return officer


@pytest.fixture
def case(leaver: User) -> Case:
    return CaseFactory(owner=leaver, state=CaseState.EVIDENCE)


def leaves(person: User, administrator: User, successor: User | None = None) -> None:
    deactivate_user(user=person, actor=administrator, reason="left", successor=successor)


def test_the_named_successor_takes_the_case_and_the_task_over(
    leaver: User, case: Case, administrator: User, head: User
) -> None:
    assert leaver.agency is not None
    colleague = UserFactory(role=Role.OFFICER, agency=leaver.agency)
    task = Task.objects.create(
        case=case, title="ask", agency=leaver.agency, assignee=leaver, created_by=leaver
    )
    leaves(leaver, administrator, colleague)
    assert pass_on_work() == 2
    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.owner, task.assignee) == (colleague, colleague)
    assert "cases.case.assign" in {line.verb for line in history_of(case)}


def test_without_a_successor_the_head_of_the_body_takes_over(
    leaver: User, case: Case, administrator: User, head: User
) -> None:
    leaves(leaver, administrator)
    pass_on_work()
    case.refresh_from_db()
    assert case.owner == head


def test_a_successor_of_another_body_does_not_get_the_case(
    leaver: User, case: Case, administrator: User, head: User
) -> None:
    stranger_to_it = UserFactory(role=Role.OFFICER, agency=AgencyFactory(atameken=True))
    leaves(leaver, administrator, stranger_to_it)
    pass_on_work()
    case.refresh_from_db()
    assert case.owner == head


def test_a_case_keeps_its_owner_while_the_body_has_nobody(
    leaver: User, case: Case, administrator: User
) -> None:
    leaves(leaver, administrator)
    assert pass_on_work() == 0
    case.refresh_from_db()
    assert case.owner == leaver


def test_a_lead_in_triage_returns_to_the_queue(leaver: User, administrator: User) -> None:
    lead = LeadFactory(state=LeadState.TAKEN, taken_by=leaver)
    leaves(leaver, administrator)
    assert pass_on_work() == 1
    lead.refresh_from_db()
    assert (lead.state, lead.taken_by) == (LeadState.NEW, None)


def test_a_closed_case_and_the_work_of_those_who_stay_are_left_alone(
    leaver: User, administrator: User, head: User
) -> None:
    closed = CaseFactory(owner=leaver, state=CaseState.CLOSED)
    kept = CaseFactory(owner=head, state=CaseState.EVIDENCE)
    leaves(leaver, administrator)
    assert pass_on_work() == 0
    closed.refresh_from_db()
    kept.refresh_from_db()
    assert (closed.owner, kept.owner) == (leaver, head)
