"""A decision rests on a rule in force on the day of the event; a speech founds nothing."""

from datetime import date

import pytest
from django.urls import reverse

from cases import actions
from cases.choices import CaseState, Outcome
from cases.models import Citation
from cases.tests.factories import CaseFactory, CitationFactory, LeadFactory
from common.errors import NotAllowed, Refused
from journal.selectors import history_of
from law.models import Act, Norm, Position

pytestmark = pytest.mark.django_db
EVENT = date(2023, 5, 1)
WHY = "mining without a licence"


@pytest.fixture
def case(officer):
    return CaseFactory(owner=officer)


def cite(case, ground, actor, day=EVENT):
    return actions.cite(case=case, ground=ground, event_on=day, why=WHY, actor=actor)


def test_the_statement_of_30_march_2018_is_refused_with_the_reason(case, officer):
    with pytest.raises(Refused, match=r"statement.*not competent"):
        cite(case, Position.objects.get(code="akishev-2018-03-30"), officer)
    assert not Citation.objects.exists()


def test_law_193_vii_founds_for_an_event_of_1_may_2023(case, officer):
    cited = cite(case, Act.objects.get(code="law-193-vii"), officer)
    assert cited.case == case
    assert history_of(case)[0].verb == "cases.case.cite"


def test_the_same_law_is_refused_for_a_day_before_it_was_in_force(case, officer):
    with pytest.raises(Refused, match="not in force"):
        cite(case, Act.objects.get(code="law-193-vii"), officer, day=date(2023, 3, 1))


def test_a_rule_is_cited_once_for_a_day(case, officer):
    law = Norm.objects.get(code="law-193-vii-9")
    cite(case, law, officer)
    with pytest.raises(Refused, match="already"):
        cite(case, law, officer)


def test_only_participants_name_grounds(case, atameken_officer, auditor):
    for stranger in (atameken_officer, auditor):
        with pytest.raises(NotAllowed):
            cite(case, Act.objects.get(code="law-193-vii"), stranger)


def test_no_decision_against_somebody_without_a_rule(officer, head):
    case = CaseFactory(owner=officer, state=CaseState.DECISION)
    LeadFactory(state="attached", case=case)
    LeadFactory(state="attached", case=case, tip=True)
    with pytest.raises(Refused, match="rule in force"):
        actions.decide(case=case, outcome=Outcome.CONFIRMED, reason="why", actor=head)
    CitationFactory(case=case)
    decision = actions.decide(case=case, outcome=Outcome.CONFIRMED, reason="why", actor=head)
    assert set(decision.rules[0]["words"]) == {"kk", "ru", "en"}
    assert decision.rules[0]["event_on"] == "2026-09-01"


def test_a_withdrawn_ground_founds_nothing_and_stays_in_the_file(officer, head):
    case = CaseFactory(owner=officer, state=CaseState.DECISION)
    LeadFactory(state="attached", case=case)
    LeadFactory(state="attached", case=case, tip=True)
    cited = CitationFactory(case=case)
    with pytest.raises(Refused):
        actions.withdraw_citation(citation=cited, reason=" ", actor=officer)
    actions.withdraw_citation(citation=cited, reason="the event was earlier", actor=officer)
    with pytest.raises(Refused, match="rule in force"):
        actions.decide(case=case, outcome=Outcome.CONFIRMED, reason="why", actor=head)
    assert Citation.objects.filter(pk=cited.pk).exists()


def test_the_page_takes_a_ground_and_tells_why_another_is_refused(case, officer, signed_in):
    client = signed_in(officer)
    add = reverse("cases:add", args=[case.number, "ground"])
    given = {"event_on": "2023-05-01", "why": WHY}
    refused = client.post(add, {"ground": "statement:akishev-2018-03-30", **given})
    assert refused.status_code == 422
    assert "founds nothing" in refused.content.decode()
    assert client.post(add, {"ground": "act:law-193-vii", **given}).status_code == 302
    page = client.get(f"{case.get_absolute_url()}?tab=grounds").content.decode()
    assert "Law on digital assets" in page


def test_the_api_takes_a_ground_and_tells_why_another_is_refused(case, officer, api):
    client = api(officer)
    given = {"case": case.number, "event_on": "2023-05-01", "why": WHY}
    refused = client.post(
        "/api/v1/grounds/", {**given, "ground": "statement:akishev-2018-03-30"}, format="json"
    )
    assert refused.status_code == 400
    made = client.post("/api/v1/grounds/", {**given, "ground": "act:law-193-vii"}, format="json")
    assert made.status_code == 201
    assert client.get("/api/v1/grounds/").json()["results"][0]["act"] == "law-193-vii"


def test_a_norm_lists_the_open_cases_that_cite_it_and_only_to_who_sees_them(
    case, officer, atameken_officer, member, signed_in
):
    cite(case, Norm.objects.get(code="law-193-vii-9"), officer)
    for kind, code in (("norm", "law-193-vii-9"), ("act", "law-193-vii")):
        address = reverse("cases:citing", args=[kind, code])
        assert case.number in signed_in(officer).get(address).content.decode()
        assert case.number not in signed_in(atameken_officer).get(address).content.decode()
        assert signed_in(member).get(address).status_code == 404
