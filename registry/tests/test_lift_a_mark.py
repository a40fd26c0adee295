"""Only a decision of named persons, after the party was heard, lifts "no restriction applies"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import AgencyFactory, UserFactory
from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of, inbox
from law import working_days
from law.models import Act, Position, Term
from registry import actions
from registry.choices import ONCE_DECIDED, Deed, ProtectionState
from registry.models import DecidingPerson, ProtectionDecision, Registration
from registry.selectors.marks import marked
from registry.selectors.protection import hearing_gates
from registry.tests.factories import (
    OperatorFactory,
    ProtectionDecisionFactory,
    RegistrationFactory,
)
from registry.workflow import PROTECTION

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
EVENT = date(2026, 9, 1)


@pytest.fixture
def operator() -> Any:
    return RegistrationFactory(active=True, number="I-0042").operator


@pytest.fixture
def atameken_head(db: None) -> User:
    person: User = UserFactory(role=Role.HEAD, agency=AgencyFactory(atameken=True))
    return person


def law() -> Act:
    return Act.objects.get(code="law-193-vii")


def grounds(rule: Any = None, event_on: date = EVENT, reason: str = "twice the power") -> Any:
    return actions.Grounds(rule or law(), event_on, reason)


def carries(operator: Any, on: date | None = None) -> bool:
    return operator.pk in marked([operator.pk], on or clock.today())


def days_ago(count: int) -> date:
    return clock.today() - timedelta(days=count)


def heard(operator: Any, officer: User) -> ProtectionDecision:
    """A decision whose party was invited a month ago and heard yesterday."""
    decision = actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    actions.invite_party(
        decision=decision, invited="The director", notice_sent_on=days_ago(30),
        hearing_on=days_ago(1), actor=officer, notice_reference="12/345",
    )  # fmt: skip
    actions.record_hearing(
        decision=decision, attendance="came", minutes="The party denies it.", actor=officer
    )
    return decision


def proposed(operator: Any, officer: User, **more: Any) -> ProtectionDecision:
    decision = heard(operator, officer)
    actions.propose_lifting(decision=decision, valid_from=clock.today(), actor=officer, **more)
    return decision


# ── The whole way ────────────────────────────────────────────────────────────


def test_two_named_persons_lift_the_mark_and_no_registration_changes(
    operator: Any, officer: User, atameken_officer: User, head: User
) -> None:
    decision = proposed(operator, officer)
    before = list(Registration.objects.values())
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    assert carries(operator)
    actions.lift_mark(decision=decision, reason="shown by the feeder", actor=head)
    assert not carries(operator)
    assert list(Registration.objects.values()) == before
    named = [(one.person, one.as_head) for one in decision.persons.all()]
    assert named == [(atameken_officer, False), (head, True)]
    assert history_of(operator)[0].verb == "registry.operator.lift_mark"


def test_the_mark_is_carried_on_the_days_before_and_after(
    operator: Any, officer: User, atameken_officer: User, head: User
) -> None:
    until = clock.today() + timedelta(days=10)
    decision = proposed(operator, officer, valid_until=until)
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    actions.lift_mark(decision=decision, reason="x", actor=head)
    assert carries(operator, days_ago(1))
    assert not carries(operator, until)
    assert carries(operator, until + timedelta(days=1))


def test_it_is_given_back_by_named_persons_too(
    officer: User, atameken_officer: User, atameken_head: User
) -> None:
    decision = ProtectionDecisionFactory(lifted=True)
    operator = decision.operator
    actions.propose_restoring(decision=decision, reason="the meter was wrong", actor=officer)
    with pytest.raises(Refused, match="Named persons besides"):
        actions.restore_mark(decision=decision, reason="x", actor=atameken_head)
    actions.sign_restoring(decision=decision, actor=atameken_officer)
    assert not carries(operator)
    actions.restore_mark(decision=decision, reason="the meter was wrong", actor=atameken_head)
    assert decision.state == ProtectionState.REVERSED
    assert carries(operator)
    assert not carries(operator, days_ago(1))
    assert history_of(operator)[0].verb == "registry.operator.restore_mark"


def test_a_return_that_was_refused_needs_its_signatures_anew(
    officer: User, atameken_officer: User, atameken_head: User, head: User
) -> None:
    decision = ProtectionDecisionFactory(lifted=True)
    actions.propose_restoring(decision=decision, reason="x", actor=officer)
    actions.sign_restoring(decision=decision, actor=atameken_officer)
    actions.leave_lifted(decision=decision, reason="not shown", actor=head)
    actions.propose_restoring(decision=decision, reason="now shown", actor=officer)
    with pytest.raises(Refused, match="Named persons besides"):
        actions.restore_mark(decision=decision, reason="x", actor=atameken_head)


def test_a_head_may_leave_the_mark(operator: Any, officer: User, head: User) -> None:
    decision = proposed(operator, officer)
    actions.leave_mark(decision=decision, reason="the party explained it", actor=head)
    assert decision.state == ProtectionState.REFUSED
    assert carries(operator)


# ── Grounds ──────────────────────────────────────────────────────────────────


def test_a_statement_lifts_no_mark(operator: Any, officer: User) -> None:
    statement = Position.objects.first()
    assert statement
    with pytest.raises(Refused, match="a statement founds nothing"):
        actions.draft_lifting(operator=operator, grounds=grounds(statement), actor=officer)


def test_a_rule_not_in_force_on_the_day_of_the_event_lifts_none(
    operator: Any, officer: User
) -> None:
    with pytest.raises(Refused, match="not in force"):
        actions.draft_lifting(
            operator=operator, grounds=grounds(event_on=date(2019, 1, 1)), actor=officer
        )
    assert not ProtectionDecision.objects.exists()


def test_without_a_reason_there_is_no_draft(operator: Any, officer: User) -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.draft_lifting(operator=operator, grounds=grounds(reason=" "), actor=officer)


def test_who_carries_no_mark_has_none_to_lose(officer: User) -> None:
    with pytest.raises(Refused, match="nothing to lift"):
        actions.draft_lifting(operator=OperatorFactory(), grounds=grounds(), actor=officer)


def test_one_decision_at_a_time_is_under_way(operator: Any, officer: User) -> None:
    actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    with pytest.raises(Refused, match="under way already"):
        actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)


def test_a_rule_that_lost_its_force_before_the_decision_blocks_it(
    operator: Any, officer: User, atameken_officer: User, head: User
) -> None:
    decision = proposed(operator, officer)
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    Act.objects.filter(pk=law().pk).update(confirmed_by=0, verified=False)
    with pytest.raises(Refused, match="The rule founds"):
        actions.lift_mark(decision=decision, reason="x", actor=head)
    assert carries(operator)


# ── The hearing ──────────────────────────────────────────────────────────────


def test_a_party_that_was_not_invited_was_not_heard(operator: Any, officer: User) -> None:
    decision = actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    with pytest.raises(Refused, match="was invited"):
        actions.record_hearing(decision=decision, attendance="came", minutes="x", actor=officer)


@pytest.mark.parametrize(("days", "ok"), [(4, False), (5, True)])
def test_notice_is_due_in_working_days(days: int, ok: bool, officer: User) -> None:
    sent = date(2026, 10, 1)
    decision = ProtectionDecisionFactory(
        notice_sent_on=sent, hearing_on=working_days.add(sent, days), invited="x"
    )
    assert hearing_gates(decision)[0].ok is ok


def test_short_notice_blocks_the_hearing_and_a_new_notice_mends_it(
    operator: Any, officer: User
) -> None:
    decision = actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    given: dict[str, Any] = {"decision": decision, "invited": "The director", "actor": officer}
    actions.invite_party(notice_sent_on=days_ago(2), hearing_on=days_ago(1), **given)
    with pytest.raises(Refused, match="in due time"):
        actions.record_hearing(decision=decision, attendance="came", minutes="x", actor=officer)
    actions.invite_party(notice_sent_on=days_ago(40), hearing_on=days_ago(1), **given)
    actions.record_hearing(decision=decision, attendance="absent", minutes="x", actor=officer)
    assert decision.state == ProtectionState.HEARD


def test_without_a_term_of_notice_nothing_is_due(operator: Any, officer: User) -> None:
    Term.objects.filter(code="mark.hearing_notice").delete()
    with pytest.raises(Refused, match="term of notice"):
        heard(operator, officer)


def test_a_hearing_is_not_recorded_before_its_day(operator: Any, officer: User) -> None:
    decision = actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    actions.invite_party(
        decision=decision, invited="The director", notice_sent_on=days_ago(1),
        hearing_on=clock.today() + timedelta(days=20), actor=officer,
    )  # fmt: skip
    with pytest.raises(Refused, match="day of the hearing"):
        actions.record_hearing(decision=decision, attendance="came", minutes="x", actor=officer)


def test_a_hearing_leaves_minutes_or_the_file_that_holds_them(operator: Any, officer: User) -> None:
    decision = ProtectionDecisionFactory(
        operator=operator, lead_agency=officer.agency, invited="x", notice_sent_on=days_ago(30),
        hearing_on=days_ago(1),
    )  # fmt: skip
    with pytest.raises(Refused, match="minutes"):
        actions.record_hearing(decision=decision, attendance="came", actor=officer)
    actions.record_hearing(
        decision=decision, attendance="came", minutes_reference="OG-2026-0001 № 3", actor=officer
    )
    assert decision.state == ProtectionState.HEARD


@pytest.mark.parametrize(
    "bad",
    [
        {"notice_sent_on": clock.today() + timedelta(days=1)},
        {"hearing_on": date(2026, 1, 1)},
        {"invited": "  "},
    ],
)
def test_a_notice_is_of_a_past_day_for_a_later_one_to_somebody(
    bad: Any, operator: Any, officer: User
) -> None:
    decision = actions.draft_lifting(operator=operator, grounds=grounds(), actor=officer)
    given = {"invited": "x", "notice_sent_on": days_ago(9), "hearing_on": clock.today(), **bad}
    with pytest.raises(Refused):
        actions.invite_party(decision=decision, actor=officer, **given)


def test_the_database_knows_no_proposal_without_a_hearing() -> None:
    decision = ProtectionDecisionFactory()
    for state in (ProtectionState.HEARD, ProtectionState.PROPOSED, ProtectionState.DECIDED):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtectionDecision.objects.filter(pk=decision.pk).update(state=state)


# ── Named persons ────────────────────────────────────────────────────────────


def test_a_head_alone_lifts_nothing(operator: Any, officer: User, head: User) -> None:
    decision = proposed(operator, officer)
    with pytest.raises(Refused, match="Named persons besides the head who decides: 0 of 1"):
        actions.lift_mark(decision=decision, reason="x", actor=head)
    assert carries(operator)


def test_the_proposer_neither_signs_nor_decides(operator: Any, head: User) -> None:
    decision = proposed(operator, head)
    for act in (
        lambda: actions.sign_lifting(decision=decision, actor=head),
        lambda: actions.lift_mark(decision=decision, reason="x", actor=head),
        lambda: actions.leave_mark(decision=decision, reason="x", actor=head),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_head_who_signed_is_not_two_persons(operator: Any, officer: User, head: User) -> None:
    decision = proposed(operator, officer)
    actions.sign_lifting(decision=decision, actor=head)
    with pytest.raises(NotAllowed):
        actions.lift_mark(decision=decision, reason="x", actor=head)
    with pytest.raises(NotAllowed):
        actions.sign_lifting(decision=decision, actor=head)


def test_two_officers_are_no_head(
    operator: Any, officer: User, atameken_officer: User, association_officer: User
) -> None:
    decision = proposed(operator, officer)
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    with pytest.raises(NotAllowed):
        actions.lift_mark(decision=decision, reason="x", actor=association_officer)


def test_the_day_of_lifting_is_never_in_the_past(
    operator: Any, officer: User, atameken_officer: User, head: User
) -> None:
    decision = heard(operator, officer)
    with pytest.raises(Refused, match="days that are past"):
        actions.propose_lifting(decision=decision, valid_from=days_ago(1), actor=officer)
    actions.propose_lifting(decision=decision, valid_from=clock.today(), actor=officer)
    ProtectionDecision.objects.filter(pk=decision.pk).update(valid_from=days_ago(9))
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    actions.lift_mark(decision=decision, reason="x", actor=head)
    assert decision.valid_from == clock.today()


def test_another_body_does_not_prepare_what_it_does_not_lead(
    operator: Any, officer: User, atameken_officer: User
) -> None:
    decision = heard(operator, officer)
    with pytest.raises(NotAllowed):
        actions.propose_lifting(decision=decision, valid_from=clock.today(), actor=atameken_officer)


def test_what_was_decided_and_who_signed_stands(head: User) -> None:
    decision = ProtectionDecisionFactory(lifted=True)
    rows = ProtectionDecision.objects.filter(pk=decision.pk)
    for change in ({"valid_from": date(2026, 1, 1)}, {"reason": "y"}, {"decided_by": head}):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        rows._raw_delete("default")
    DecidingPerson.objects.create(
        decision=decision,
        deed=Deed.LIFTING,
        person=head,
        agency_id=head.agency_id or 0,
        as_head=True,
    )
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        DecidingPerson.objects.update(as_head=False)


# ── Every move, every person, every state ────────────────────────────────────

CAST = ["officer", "head", "analyst", "atameken_officer", "member", "supplier_user", "auditor",
        "administrator", "stranger"]  # fmt: skip
LEAD = {"officer", "head"}
HEADS, ALL = {"head"}, {*LEAD, "atameken_officer"}
MAY = {
    "invite": LEAD, "hear": LEAD, "propose": LEAD, "decide": HEADS, "refuse": HEADS,
    "reverse": HEADS, "keep_lifted": HEADS, "withdraw": HEADS, "sign": ALL, "sign_return": ALL,
    "propose_return": ALL,
}  # fmt: skip


@pytest.mark.parametrize("state", ProtectionState.values)
@pytest.mark.parametrize("verb", PROTECTION.moves)
def test_a_move_starts_only_from_its_states_and_is_made_only_by_its_people(
    verb: str, state: str, request: pytest.FixtureRequest
) -> None:
    move = PROTECTION.moves[verb]
    decision = ProtectionDecisionFactory(lifted=state in ONCE_DECIDED)
    decision.state = state
    for name in CAST:
        actor = request.getfixturevalue(name)
        may = state in move.sources and name in MAY[verb]
        assert PROTECTION.may(verb, decision, actor) is may, name
        if not may:
            with pytest.raises((NotAllowed, WrongState, Refused)):
                PROTECTION.make(verb, ProtectionDecisionFactory(), actor=actor)


# ── Who hears of it ──────────────────────────────────────────────────────────


def test_atameken_and_the_lead_body_hear_of_every_step(
    operator: Any, officer: User, atameken_officer: User, atameken_head: User, head: User
) -> None:
    decision = proposed(operator, officer)
    actions.sign_lifting(decision=decision, actor=atameken_officer)
    actions.lift_mark(decision=decision, reason="x", actor=atameken_head)
    for reader in (atameken_officer, head):
        told = " ".join(news.words for news in inbox(reader))
        for words in ("is invited to a hearing", "was heard", "waits for named", "is lifted from"):
            assert words in told
    actions.propose_restoring(decision=decision, reason="y", actor=officer)
    actions.sign_restoring(decision=decision, actor=atameken_officer)
    actions.restore_mark(decision=decision, reason="y", actor=atameken_head)
    assert "carries the mark again" in " ".join(news.words for news in inbox(officer))
