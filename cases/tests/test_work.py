"""The work on a case: notes, tasks, opinions, access, hand-over, decision."""

from datetime import timedelta

import pytest

from accounts.models import User
from accounts.tests.factories import AgencyFactory
from cases import actions
from cases.actions.access import body_of
from cases.choices import Audience, CaseState, Confidentiality, Outcome, ParticipationRole
from cases.models import Case, Comment, OpinionRequest
from cases.tests.factories import (
    CaseFactory,
    CitationFactory,
    LeadFactory,
    OpinionFactory,
    TaskFactory,
)
from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of, inbox

pytestmark = pytest.mark.django_db


class TestNotes:
    def test_a_note_is_for_the_own_body_unless_said_otherwise(
        self, officer: User, atameken_officer: User
    ) -> None:
        case = CaseFactory(owner=officer, participants=[atameken_officer.agency])
        own = actions.comment(case=case, text="ours", actor=officer)
        shared = actions.comment(
            case=case, text="for all", actor=officer, audience=Audience.PARTICIPANTS
        )
        assert set(Comment.objects.visible_to(officer)) == {own, shared}
        assert set(Comment.objects.visible_to(atameken_officer)) == {shared}

    def test_the_words_of_a_note_are_not_in_the_journal(self, officer: User) -> None:
        case = CaseFactory(owner=officer)
        actions.comment(case=case, text="a secret thought", actor=officer)
        assert "a secret thought" not in str(history_of(case))

    def test_an_edited_note_says_so_and_only_its_author_edits(
        self, officer: User, head: User
    ) -> None:
        note = actions.comment(case=CaseFactory(owner=officer), text="one", actor=officer)
        with pytest.raises(NotAllowed):
            actions.edit_comment(comment=note, text="two", actor=head)
        actions.edit_comment(comment=note, text="two", actor=officer)
        assert note.edited_at

    def test_a_body_that_takes_no_part_writes_nothing(self, atameken_officer: User) -> None:
        with pytest.raises(NotAllowed):
            actions.comment(case=CaseFactory(), text="hello", actor=atameken_officer)

    def test_nothing_is_written_on_a_closed_case(self, officer: User) -> None:
        with pytest.raises(NotAllowed):
            actions.comment(
                case=CaseFactory(owner=officer, state=CaseState.CLOSED), text="late", actor=officer
            )


class TestOpinions:
    def test_the_body_asked_sees_the_case_from_then_on(
        self, officer: User, atameken_officer: User, association_officer: User
    ) -> None:
        case = CaseFactory(owner=officer)
        assert not Case.objects.visible_to(atameken_officer).exists()
        actions.ask_opinion(
            case=case, agency=body_of(atameken_officer), question="A member?", actor=officer
        )
        assert Case.objects.visible_to(atameken_officer).get() == case
        assert not Case.objects.visible_to(association_officer).exists()
        assert case.state == CaseState.OPINIONS
        row = case.participations.get(agency=atameken_officer.agency)
        assert (row.role, row.granted_by) == (ParticipationRole.ASKED, officer)

    def test_its_people_are_told_and_the_words_say_nothing_of_the_case(
        self, officer: User, atameken_officer: User
    ) -> None:
        case = CaseFactory(owner=officer, title="Hidden hall")
        actions.ask_opinion(
            case=case, agency=body_of(atameken_officer), question="A member?", actor=officer
        )
        (news,) = inbox(atameken_officer)
        assert case.number in news.words
        assert "Hidden hall" not in news.words

    def test_a_body_is_asked_once_at_a_time(self, officer: User) -> None:
        opinion = OpinionFactory(case=CaseFactory(owner=officer))
        with pytest.raises(Refused):
            actions.ask_opinion(
                case=opinion.case, agency=opinion.agency, question="Again?", actor=officer
            )
        assert OpinionRequest.objects.count() == 1

    def test_only_the_body_asked_answers_and_only_once(
        self, officer: User, atameken_officer: User
    ) -> None:
        opinion = OpinionFactory()
        with pytest.raises(NotAllowed):
            actions.give_opinion(opinion=opinion, answer="for", text="yes", actor=officer)
        actions.give_opinion(opinion=opinion, answer="for", text="yes", actor=atameken_officer)
        with pytest.raises(NotAllowed):
            actions.give_opinion(
                opinion=opinion, answer="against", text="no", actor=atameken_officer
            )
        opinion.refresh_from_db()
        assert opinion.answer == "for"

    def test_an_opinion_needs_grounds(self, atameken_officer: User) -> None:
        with pytest.raises(Refused):
            actions.give_opinion(
                opinion=OpinionFactory(), answer="for", text=" ", actor=atameken_officer
            )


class TestTasks:
    def test_a_task_goes_only_to_a_participating_body(self, officer: User) -> None:
        case = CaseFactory(owner=officer)
        with pytest.raises(Refused):
            actions.add_task(
                case=case, title="Look", agency=AgencyFactory(atameken=True), actor=officer
            )

    def test_it_is_done_with_a_result_by_its_body(
        self, officer: User, atameken_officer: User
    ) -> None:
        task = TaskFactory(case=CaseFactory(owner=officer))
        with pytest.raises(NotAllowed):
            actions.complete_task(task=task, result="done", actor=atameken_officer)
        with pytest.raises(Refused):
            actions.complete_task(task=task, result=" ", actor=officer)
        actions.complete_task(task=task, result="the scheme is in", actor=officer)
        assert task.done_by == officer


class TestHandOver:
    def test_the_other_body_must_accept(self, officer: User, atameken_officer: User) -> None:
        case = CaseFactory(owner=officer)
        actions.hand_over(
            case=case, to=body_of(atameken_officer), reason="their member", actor=officer
        )
        assert case.lead_agency == officer.agency
        assert Case.objects.visible_to(atameken_officer).exists()
        actions.accept(case=case, actor=atameken_officer)
        case.refresh_from_db()
        assert (case.owner, case.lead_agency) == (atameken_officer, atameken_officer.agency)
        roles = {p.agency_id: p.role for p in case.participations.current()}
        assert roles == {
            officer.agency_id: ParticipationRole.INFORMED,
            atameken_officer.agency_id: ParticipationRole.LEAD,
        }

    def test_who_declines_sees_the_case_no_longer(
        self, officer: User, atameken_officer: User
    ) -> None:
        case = CaseFactory(owner=officer)
        to = body_of(atameken_officer)
        actions.hand_over(case=case, to=to, reason="their member", actor=officer)
        actions.decline(case=case, reason="not ours", actor=atameken_officer)
        assert not Case.objects.visible_to(atameken_officer).exists()
        assert Case.objects.visible_to(officer).exists()

    def test_who_was_informed_before_the_offer_stays_informed(
        self, officer: User, atameken_officer: User
    ) -> None:
        case = CaseFactory(owner=officer)
        to = body_of(atameken_officer)
        actions.inform_body(case=case, agency=to, reason="their member", actor=officer)
        actions.hand_over(case=case, to=to, reason="their member", actor=officer)
        actions.decline(case=case, reason="not ours", actor=atameken_officer)
        assert Case.objects.visible_to(atameken_officer).exists()

    def test_a_restricted_case_is_seen_by_whom_it_concerns(
        self, officer: User, atameken_officer: User, association_officer: User
    ) -> None:
        case = CaseFactory(owner=officer, confidentiality=Confidentiality.RESTRICTED)
        informed, offered = body_of(association_officer), body_of(atameken_officer)
        actions.inform_body(case=case, agency=informed, reason="background", actor=officer)
        actions.hand_over(case=case, to=offered, reason="their member", actor=officer)
        assert Case.objects.visible_to(officer).exists()
        assert Case.objects.visible_to(atameken_officer).exists()
        assert not Case.objects.visible_to(association_officer).exists()

    def test_nobody_else_accepts(self, officer: User, association_officer: User) -> None:
        case = CaseFactory(owner=officer, handover_to=AgencyFactory(atameken=True))
        for stranger_to_it in (officer, association_officer):
            with pytest.raises(NotAllowed):
                actions.accept(case=case, actor=stranger_to_it)

    def test_an_offer_ends_by_itself_when_its_term_is_over(self, officer: User) -> None:
        case = CaseFactory(
            owner=officer,
            handover_to=AgencyFactory(atameken=True),
            handover_until=clock.today() - timedelta(days=1),
        )
        assert actions.end_expired_offers() == 1
        case.refresh_from_db()
        assert (case.handover_to, case.owner) == (None, officer)
        assert history_of(case)[0].verb == "cases.case.withdraw"


class TestDecision:
    @pytest.fixture
    def ready(self, officer: User) -> Case:
        case: Case = CaseFactory(owner=officer, state=CaseState.DECISION)
        LeadFactory(state="attached", case=case)
        LeadFactory(state="attached", case=case, tip=True)
        CitationFactory(case=case)
        return case

    def test_a_head_decides_with_outcome_and_reason(self, ready: Case, head: User) -> None:
        decision = actions.decide(
            case=ready, outcome=Outcome.REFERRED, reason="load without an entry", actor=head,
            addressee="The energy supervision committee",
        )  # fmt: skip
        assert (ready.state, ready.outcome) == (CaseState.CLOSED, Outcome.REFERRED)
        assert [ground["origin"] for ground in decision.grounds] == [
            "readings:demo-res-north", "tip",
        ]  # fmt: skip

    def test_an_officer_does_not_decide_against_somebody(self, ready: Case, officer: User) -> None:
        with pytest.raises(NotAllowed):
            actions.decide(case=ready, outcome=Outcome.CONFIRMED, reason="why", actor=officer)
        assert not ready.decisions.exists()

    def test_an_officer_may_close_without_a_finding(self, officer: User) -> None:
        case = CaseFactory(owner=officer)
        actions.decide(
            case=case, outcome=Outcome.NOT_CONFIRMED, reason="a cold store", actor=officer
        )
        assert case.outcome == Outcome.NOT_CONFIRMED

    def test_a_decision_without_a_reason_changes_nothing(self, ready: Case, head: User) -> None:
        with pytest.raises(Refused):
            actions.decide(case=ready, outcome=Outcome.CONFIRMED, reason="  ", actor=head)
        ready.refresh_from_db()
        assert ready.state == CaseState.DECISION

    def test_a_reopened_case_keeps_its_decision(self, ready: Case, head: User) -> None:
        actions.decide(case=ready, outcome=Outcome.CONFIRMED, reason="why", actor=head)
        actions.reopen_case(case=ready, reason="new readings", actor=head)
        assert (ready.state, ready.outcome) == (CaseState.EVIDENCE, "")
        assert ready.decisions.count() == 1

    def test_a_closed_case_is_not_closed_again(self, ready: Case, head: User) -> None:
        actions.decide(case=ready, outcome=Outcome.CONFIRMED, reason="why", actor=head)
        with pytest.raises(WrongState):
            actions.decide(case=ready, outcome=Outcome.CONFIRMED, reason="why", actor=head)


class TestReminders:
    def test_each_is_entered_into_the_case_and_sent(
        self, officer: User, atameken_officer: User
    ) -> None:
        case = CaseFactory(owner=officer, due_on=None, state=CaseState.OPINIONS)
        OpinionFactory(case=case, agency=atameken_officer.agency, due_on=clock.today())
        assert actions.remind_of_terms() == 1
        assert history_of(case)[0].verb == "cases.case.remind"
        assert case.number in inbox(atameken_officer)[0].words
