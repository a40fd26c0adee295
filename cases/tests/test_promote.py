"""From a lead to a case."""

from typing import Any

import pytest

from accounts.models import User
from cases import actions
from cases.choices import CaseState, LeadState, ParticipationRole
from cases.models import Case, Evidence
from cases.selectors.gates import decision_gates
from cases.tests.factories import TWO_SOURCES, CaseFactory, LeadFactory
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import inbox
from registry.tests.factories import RegistrationFactory, SiteMeterFactory

pytestmark = pytest.mark.django_db


def test_whoever_promotes_owns_the_case_and_the_own_body_leads_it(atameken_officer: User) -> None:
    lead = LeadFactory(party_name="ТОО «Тұман Нода»")
    case = actions.promote_lead(lead=lead, actor=atameken_officer, title="A site")
    assert case
    assert (case.owner, case.lead_agency) == (atameken_officer, atameken_officer.agency)
    assert (case.meter, case.party_name, case.est_kw_high) == (
        lead.meter, lead.party_name, lead.est_kw_high,
    )  # fmt: skip
    assert [p.role for p in case.current] == [ParticipationRole.LEAD]
    assert (lead.state, lead.case) == (LeadState.PROMOTED, case)


def test_a_case_keeps_a_frozen_hashed_copy_of_its_lead(officer: User) -> None:
    lead = LeadFactory()
    case = actions.promote_lead(lead=lead, actor=officer)
    assert case
    piece = Evidence.objects.get(case=case)
    assert piece.frozen
    assert piece.frozen["reasons"] == lead.reasons
    assert len(piece.sha256) == 64


def test_a_lead_is_promoted_once(officer: User) -> None:
    lead = LeadFactory()
    actions.promote_lead(lead=lead, actor=officer)
    with pytest.raises(WrongState):
        actions.promote_lead(lead=lead, actor=officer)
    assert Case.objects.count() == 1


def test_a_refused_promotion_uses_up_no_number(analyst: User, officer: User) -> None:
    lead = LeadFactory()
    with pytest.raises(NotAllowed):
        actions.promote_lead(lead=lead, actor=analyst)
    case = actions.promote_lead(lead=lead, actor=officer)
    assert case
    assert case.number.endswith("-0001")


class TestAgainstARegisteredParty:
    """Who is registered and active is protected: a contradiction and a second person."""

    @pytest.fixture
    def lead(self) -> Any:
        SiteMeterFactory(code="35-0418-7777")
        return LeadFactory(meter="35-0418-7777")

    def test_it_is_refused_without_a_contradiction(self, lead: Any, officer: User) -> None:
        with pytest.raises(Refused, match="contradicts"):
            actions.promote_lead(lead=lead, actor=officer)
        assert not Case.objects.exists()

    def test_with_one_it_waits_for_a_second_person(self, lead: Any, officer: User) -> None:
        made = actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        assert made is None
        assert lead.state == LeadState.AWAITING_SECOND
        assert not Case.objects.exists()

    def test_the_proposer_cannot_confirm(self, lead: Any, officer: User) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        with pytest.raises(NotAllowed):
            actions.confirm_lead(lead=lead, actor=officer)
        assert not Case.objects.exists()

    def test_another_confirms_and_the_proposer_owns_it(
        self, lead: Any, officer: User, head: User
    ) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        case = actions.confirm_lead(lead=lead, actor=head)
        assert case.owner == officer
        assert lead.decided_by == head
        assert lead.state == LeadState.PROMOTED

    def test_another_may_decline_with_a_reason(self, lead: Any, officer: User, head: User) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        actions.decline_lead(lead=lead, reason="the meter was changed", actor=head)
        assert lead.state == LeadState.TAKEN

    def test_it_does_not_slip_into_a_case_that_one_person_opened(
        self, lead: Any, officer: User
    ) -> None:
        with pytest.raises(Refused, match="second person"):
            actions.attach_lead(lead=lead, case=CaseFactory(owner=officer), actor=officer)
        assert lead.state == LeadState.NEW

    def test_a_case_of_two_persons_takes_the_next_one_up(
        self, lead: Any, officer: User, head: User
    ) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        case = actions.confirm_lead(lead=lead, actor=head)
        further = LeadFactory(meter=lead.meter)
        actions.attach_lead(lead=further, case=case, actor=officer)
        assert further.case == case

    def test_a_case_of_two_persons_covers_no_other_operator(
        self, lead: Any, officer: User, head: User
    ) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        case = actions.confirm_lead(lead=lead, actor=head)
        SiteMeterFactory(code="35-0418-8888")
        other = LeadFactory(meter="35-0418-8888")
        with pytest.raises(Refused, match="second person"):
            actions.attach_lead(lead=other, case=case, actor=officer)
        assert other.state == LeadState.NEW

    def test_an_entry_without_a_site_protects_by_its_number(self, officer: User) -> None:
        number = RegistrationFactory(active=True).operator.bin
        with pytest.raises(Refused, match="contradicts"):
            actions.promote_lead(lead=LeadFactory(party_bin=number), actor=officer)

    def test_atameken_is_told_of_the_proposal_and_of_the_answer(
        self, lead: Any, officer: User, head: User, atameken_officer: User
    ) -> None:
        actions.promote_lead(
            lead=lead, actor=officer, contradiction="ten times as much", sources=TWO_SOURCES
        )
        actions.confirm_lead(lead=lead, actor=head)
        told = [news.words for news in inbox(atameken_officer)]
        assert any("a case against a registered operator is proposed" in words for words in told)
        assert any("decided" in words for words in told)

    def test_a_case_whose_party_is_registered_later_is_not_decided_against_it(
        self, officer: User
    ) -> None:
        case = actions.promote_lead(lead=LeadFactory(meter="35-0418-9999"), actor=officer)
        assert case
        words = "registered, active operator"
        assert not any(words in gate.text for gate in decision_gates(case))
        SiteMeterFactory(code="35-0418-9999")
        assert any(words in gate.text and not gate.ok for gate in decision_gates(case))


class TestAttaching:
    def test_a_lead_joins_a_case_of_the_own_body_with_a_copy(self, officer: User) -> None:
        case, lead = CaseFactory(owner=officer), LeadFactory()
        actions.attach_lead(lead=lead, case=case, actor=officer)
        assert (lead.state, lead.case) == (LeadState.ATTACHED, case)
        assert case.evidence.count() == 1

    def test_another_bodys_case_is_refused(self, officer: User, atameken_officer: User) -> None:
        case, lead = CaseFactory(owner=officer), LeadFactory()
        with pytest.raises(NotAllowed):
            actions.attach_lead(lead=lead, case=case, actor=atameken_officer)
        assert lead.state == LeadState.NEW

    def test_a_closed_case_takes_nothing_more(self, officer: User) -> None:
        case, lead = CaseFactory(owner=officer, state=CaseState.CLOSED), LeadFactory()
        with pytest.raises(Refused, match="closed"):
            actions.attach_lead(lead=lead, case=case, actor=officer)

    def test_reopening_takes_it_out_and_keeps_the_copy(self, officer: User) -> None:
        case, lead = CaseFactory(owner=officer), LeadFactory()
        actions.attach_lead(lead=lead, case=case, actor=officer)
        actions.reopen_lead(lead=lead, reason="another feeder", actor=officer)
        assert (lead.state, lead.case) == (LeadState.NEW, None)
        assert case.evidence.count() == 1
