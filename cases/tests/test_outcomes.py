"""What other floors ask: outcomes of leads, suspected power, the funnel, what waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from cases import actions, selectors
from cases.actions import ReferralWords
from cases.choices import CaseState, LeadState, Outcome
from cases.models import Lead
from cases.selectors.similar import similar_to
from cases.tests.factories import CaseFactory, LeadFactory, OpinionFactory, TaskFactory
from common import clock
from common.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_outcomes_come_in_one_query_and_unknown_keys_are_left_out(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    case = CaseFactory(state=CaseState.CLOSED, outcome=Outcome.CONFIRMED)
    confirmed = LeadFactory(state=LeadState.PROMOTED, case=case)
    dismissed = LeadFactory(state=LeadState.DISMISSED)
    fresh = LeadFactory()
    with django_assert_max_num_queries(1):
        found = selectors.lead_outcomes([confirmed.key, dismissed.key, fresh.key, "unknown"])
    assert set(found) == {confirmed.key, dismissed.key, fresh.key}
    assert found[confirmed.key].case_outcome == "confirmed"
    assert found[dismissed.key].decided_by_person
    assert found[dismissed.key].reason == "a cold store"
    assert not found[fresh.key].decided_by_person


def test_a_meter_counts_once_however_many_leads_name_it() -> None:
    LeadFactory(meter="M-1", est_kw_low=1000, est_kw_high=1000)
    LeadFactory(meter="M-1", est_kw_low=1500, est_kw_high=1600)
    CaseFactory(meter="M-2", est_kw_low=200, est_kw_high=None)
    LeadFactory(meter="M-3", est_kw_low=9000, est_kw_high=9000, state=LeadState.DISMISSED)
    found = selectors.suspected_by_region()["63"]
    assert (found.kw_low, found.kw_high) == (1700, 1800)
    assert (found.leads, found.cases) == (2, 1)


def test_the_funnel_counts_each_step_since_a_moment(officer: User) -> None:
    since = clock.now() - timedelta(hours=1)
    LeadFactory(raised_at=since - timedelta(days=1))
    actions.dismiss_lead(lead=LeadFactory(), reason="a bakery", actor=officer)
    actions.promote_lead(lead=LeadFactory(tip=True), actor=officer)
    funnel = selectors.funnel(since)
    assert (funnel.leads, funnel.triaged, funnel.cases) == (2, 2, 1)
    assert funnel.by_source == {"finding": 1, "tip": 1}


class TestWhatWaits:
    def test_the_most_overdue_comes_first(self, officer: User) -> None:
        late = LeadFactory(
            state=LeadState.TAKEN, taken_by=officer, due_on=clock.today() - timedelta(days=9)
        )
        TaskFactory(case=CaseFactory(owner=officer, state=CaseState.DECISION), assignee=officer)
        first, second = selectors.waiting_for(officer)
        assert late.words in first.title
        assert first.days_left is not None
        assert first.days_left < 0
        assert second.url.endswith("?tab=tasks")

    def test_an_opinion_waits_for_the_body_asked_and_nobody_else(
        self, atameken_officer: User, association_officer: User
    ) -> None:
        OpinionFactory()
        assert len(selectors.waiting_for(atameken_officer)) == 1
        assert selectors.waiting_for(association_officer) == []

    def test_a_second_person_is_sought_among_the_others(self, officer: User, head: User) -> None:
        LeadFactory(state=LeadState.AWAITING_SECOND, proposed_by=officer)
        assert selectors.waiting_for(officer) == []
        assert len(selectors.waiting_for(head)) == 1

    @pytest.mark.parametrize("name", ["member", "supplier_user", "stranger"])
    def test_nothing_waits_for_outsiders(self, name: str, request: pytest.FixtureRequest) -> None:
        LeadFactory()
        TaskFactory()
        assert selectors.waiting_for(request.getfixturevalue(name)) == []


class TestSimilar:
    def test_leads_are_alike_by_meter_party_name_and_neighbourhood(self, officer: User) -> None:
        lead = LeadFactory(
            meter="M-1", party_folded="туман нода", lat=49.95, lon=82.61, cell="8720b0ac4ffffff"
        )
        LeadFactory(meter="M-1")
        LeadFactory(party_folded="туман нода")
        LeadFactory(party_folded="сары тас")
        words = [why for one in similar_to(lead, officer) for why in one.why]
        assert sorted(words) == ["same meter", "same name"]

    def test_cases_of_others_are_not_told(self, officer: User, atameken_officer: User) -> None:
        CaseFactory(owner=officer, meter="M-1")
        assert len(similar_to(LeadFactory(meter="M-1"), officer)) == 1
        assert similar_to(LeadFactory(meter="M-9"), atameken_officer) == []


class TestReferrals:
    WORDS = ReferralWords(
        title="Devices without a site", sender="State revenue committee", letter="КГД-12",
        text="640 devices", region="19", est_kw=2200.0,
    )  # fmt: skip

    def test_a_letter_becomes_one_lead_however_often_it_is_entered(self, officer: User) -> None:
        first = actions.enter_referral(words=self.WORDS, actor=officer)
        assert actions.enter_referral(words=self.WORDS, actor=officer) == first
        assert Lead.objects.get().source == "referral"

    def test_members_and_suppliers_enter_none(self, member: User, supplier_user: User) -> None:
        for outsider in (member, supplier_user):
            with pytest.raises(NotAllowed):
                actions.enter_referral(words=self.WORDS, actor=outsider)


def test_deferred_leads_return_on_their_day(officer: User) -> None:
    due = LeadFactory(state=LeadState.DEFERRED, deferred_until=clock.today())
    later = LeadFactory(state=LeadState.DEFERRED)
    assert actions.wake_due_leads() == 1
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (LeadState.NEW, LeadState.DEFERRED)
