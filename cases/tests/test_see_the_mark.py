"""Who carries the mark is seen in lists, files and API; a case may ask to lift it, and then?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from cases import actions
from cases.choices import CaseState
from cases.models import Case
from cases.selectors.waiting import waiting_for
from cases.tests.factories import CaseFactory, LeadFactory, officer_of
from cases.tests.test_protected_doors import ready, refusals
from common import clock
from common.errors import NotAllowed, Refused
from journal.selectors import history_of
from law.models import Act
from registry.actions import Grounds, propose_restoring, restore_mark, sign_restoring
from registry.choices import ProtectionState
from registry.tests.factories import (
    ProtectionDecisionFactory,
    RegistrationFactory,
    SiteMeterFactory,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
METER = "35-0418-7777"
MARK = "no restriction applies</span>"


@pytest.fixture
def operator() -> Any:
    return SiteMeterFactory(code=METER).site.registration.operator


def grounds() -> Grounds:
    return Grounds(Act.objects.get(code="law-193-vii"), date(2026, 9, 1), "twice the power")


@pytest.mark.parametrize("address", ["/leads/?view=all", "/cases/?view=all"])
def test_the_lists_show_the_mark_and_cost_no_more_for_many(
    address: str, operator: Any, signed_in: SignIn, officer: User,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    LeadFactory(meter=METER)
    CaseFactory(owner=officer, meter=METER)
    for n in range(20):
        LeadFactory(party_bin=operator.bin if n == 3 else "", lat=50.0 + n, lon=82.0)
        CaseFactory(owner=officer, party_bin=operator.bin if n == 3 else "")
    client = signed_in(officer)
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert page.count(MARK) == 2


@pytest.mark.parametrize("address", ["/leads/", "/cases/"])
def test_the_file_of_a_list_tells_it_in_words(
    address: str, operator: Any, signed_in: SignIn, officer: User
) -> None:
    LeadFactory(meter=METER)
    CaseFactory(owner=officer, meter=METER)
    answer: Any = signed_in(officer).get(f"{address}?view=all&export=csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "no restriction applies" in text.decode()


@pytest.mark.parametrize("name", ["leads", "cases"])
def test_the_api_tells_it_of_each_row(
    name: str, operator: Any, api: Callable[[User], APIClient], officer: User
) -> None:
    factory: Any = {"leads": LeadFactory, "cases": CaseFactory}[name]
    more = {"owner": officer} if name == "cases" else {}
    marked, other = factory(meter=METER, **more), factory(**more)
    found = api(officer).get(f"/api/v1/{name}/").json()["results"]
    told = {row["number"]: row["no_restriction_applies"] for row in found}
    assert told == {marked.number: True, other.number: False}
    one = api(officer).get(f"/api/v1/{name}/{marked.number}/").json()
    assert one["no_restriction_applies"] is True


def test_the_api_asks_for_all_marks_of_a_page_at_once(
    api: Callable[[User], APIClient], officer: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        LeadFactory(meter=SiteMeterFactory(code=f"KZ-M-{n}").code)
    client = api(officer)
    with django_assert_max_num_queries(9):
        found = client.get("/api/v1/leads/").json()["results"]
    assert all(row["no_restriction_applies"] for row in found)


# ── A case asks to lift it ───────────────────────────────────────────────────


@pytest.fixture
def case(operator: Any, officer: User) -> Case:
    made: Case = CaseFactory(owner=officer, meter=METER, state=CaseState.EVIDENCE)
    return made


def test_the_lead_body_asks_for_a_decision_and_the_case_refers_to_it(
    case: Case, operator: Any, officer: User
) -> None:
    asked = actions.ask_to_lift(case=case, operator=operator, grounds=grounds(), actor=officer)
    assert asked.decision.state == ProtectionState.DRAFTED
    assert asked.decision.lead_agency == officer.agency
    assert history_of(case)[0].verb == "cases.case.ask_to_lift"


def test_a_second_case_refers_to_the_decision_under_way(
    case: Case, operator: Any, officer: User
) -> None:
    first = actions.ask_to_lift(case=case, operator=operator, grounds=grounds(), actor=officer)
    other = CaseFactory(owner=officer, meter=METER)
    again = actions.ask_to_lift(case=other, operator=operator, grounds=grounds(), actor=officer)
    assert again.decision == first.decision
    with pytest.raises(Refused, match="already"):
        actions.ask_to_lift(case=case, operator=operator, grounds=grounds(), actor=officer)


def test_only_for_an_operator_that_the_case_concerns(case: Case, officer: User) -> None:
    stranger = RegistrationFactory(active=True).operator
    with pytest.raises(Refused, match="concerns no operator"):
        actions.ask_to_lift(case=case, operator=stranger, grounds=grounds(), actor=officer)


@pytest.mark.parametrize("name", ["analyst", "auditor", "atameken_officer"])
def test_only_by_the_lead_body(
    name: str, case: Case, operator: Any, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_to_lift(
            case=case, operator=operator, grounds=grounds(), actor=request.getfixturevalue(name)
        )


def test_the_page_of_the_case_leads_there_and_shows_how_far_it_is(
    case: Case, operator: Any, signed_in: SignIn, officer: User, atameken_officer: User
) -> None:
    client, address = signed_in(officer), f"/cases/{case.number}/marks/{operator.pk}/"
    assert address in client.get(f"/cases/{case.number}/?tab=leads").content.decode()
    assert client.get(address).status_code == 200
    given = {"ground": "act:law-193-vii", "event_on": "2026-09-01", "reason": "twice the power"}
    answer = client.post(address, given)
    assert answer.status_code == 302
    page = client.get(f"/cases/{case.number}/?tab=leads").content.decode()
    assert answer["Location"] in page
    assert "hearing is prepared" in page
    assert signed_in(atameken_officer).get(address).status_code == 404


def test_the_decision_says_nothing_of_the_case(
    case: Case, operator: Any, signed_in: SignIn, officer: User, association_officer: User
) -> None:
    asked = actions.ask_to_lift(case=case, operator=operator, grounds=grounds(), actor=officer)
    page = signed_in(association_officer).get(asked.decision.get_absolute_url())
    assert page.status_code == 200
    assert case.number not in page.content.decode()


def test_who_may_sign_finds_it_among_what_waits(
    officer: User, atameken_officer: User, analyst: User
) -> None:
    decision = ProtectionDecisionFactory(proposed=True, drafted_by=officer)
    words = "Sign as a named person"
    assert any(words in one.title for one in waiting_for(atameken_officer))
    assert not any(words in one.title for one in waiting_for(decision.drafted_by))
    assert not any(words in one.title for one in waiting_for(analyst))


# ── When the mark itself was lifted ──────────────────────────────────────────


class TestLifting:
    @pytest.mark.parametrize("step", ["heard", "proposed"])
    def test_a_decision_under_way_opens_no_door(
        self, step: str, operator: Any, officer: User
    ) -> None:
        ProtectionDecisionFactory(operator=operator, **{step: True})
        with pytest.raises(Refused, match="registered, active operator"):
            actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)

    def test_with_the_mark_lifted_one_person_opens_the_case(
        self, operator: Any, officer: User
    ) -> None:
        ProtectionDecisionFactory(operator=operator, lifted=True)
        case = actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)
        assert case
        assert refusals(ready(case)) == []

    def test_with_the_mark_given_back_the_case_is_not_decided(
        self, operator: Any, officer: User, head: User
    ) -> None:
        decision = ProtectionDecisionFactory(operator=operator, lifted=True)
        case = actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)
        assert case
        propose_restoring(decision=decision, reason="the meter was wrong", actor=officer)
        sign_restoring(decision=decision, actor=officer_of("atameken"))
        restore_mark(decision=decision, reason="the meter was wrong", actor=head)
        assert any("second person" in words for words in refusals(ready(case)))

    def test_a_lifting_whose_term_is_over_opens_no_door(self, operator: Any, officer: User) -> None:
        ProtectionDecisionFactory(
            operator=operator, lifted=True, valid_until=clock.today() - timedelta(days=1)
        )
        with pytest.raises(Refused, match="registered, active operator"):
            actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)

    def test_lifting_one_operators_mark_lifts_no_other(self, operator: Any, officer: User) -> None:
        ProtectionDecisionFactory(lifted=True)
        with pytest.raises(Refused, match="registered, active operator"):
            actions.promote_lead(lead=LeadFactory(meter=METER), actor=officer)
