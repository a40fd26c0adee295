"""Who sees which page, what it costs, and that a refused form loses nothing."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from accounts.tests.factories import AgencyFactory
from cases import actions
from cases.actions.access import body_of
from cases.choices import CaseState, LeadState
from cases.models import Case, Comment, Evidence, Lead
from cases.tests.factories import CaseFactory, LeadFactory, OpinionFactory, TaskFactory
from journal.selectors import history_of
from pages.tests.test_uploads import jpeg

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TABS = ["timeline", "tasks", "opinions", "evidence", "leads", "similar", "access"]


@pytest.mark.parametrize("name", ["supplier_user", "member", "stranger", "administrator"])
def test_outsiders_see_neither_leads_nor_cases(
    name: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(name))
    lead, case = LeadFactory(), CaseFactory()
    assert client.get("/leads/").status_code == 403
    assert client.get("/cases/").status_code == 403
    assert client.get(lead.get_absolute_url()).status_code == 404
    assert client.get(f"/leads/{lead.number}/dismiss/").status_code == 404
    assert client.get(case.get_absolute_url()).status_code == 404


def test_a_body_that_was_not_asked_gets_404(
    signed_in: SignIn, officer: User, atameken_officer: User, association_officer: User
) -> None:
    case = CaseFactory(owner=officer)
    actions.ask_opinion(case=case, agency=body_of(atameken_officer), question="?", actor=officer)
    assert signed_in(atameken_officer).get(case.get_absolute_url()).status_code == 200
    assert signed_in(association_officer).get(case.get_absolute_url()).status_code == 404


def test_what_one_sees_but_may_not_do_is_403(signed_in: SignIn, analyst: User) -> None:
    lead = LeadFactory()
    client = signed_in(analyst)
    assert client.get(lead.get_absolute_url()).status_code == 200
    assert client.get(f"/leads/{lead.number}/dismiss/").status_code == 403
    assert client.post(f"/leads/{lead.number}/dismiss/", {"reason": "x"}).status_code == 403


def test_a_stale_button_is_409(signed_in: SignIn, officer: User) -> None:
    lead = LeadFactory(state=LeadState.DISMISSED)
    answer = signed_in(officer).post(f"/leads/{lead.number}/take/", {})
    assert answer.status_code == 409


@pytest.mark.parametrize("address", ["/leads/", "/leads/?view=all&q=meter&sort=-mw", "/cases/"])
def test_lists_cost_few_queries_whatever_their_size(
    address: str,
    signed_in: SignIn,
    officer: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _n in range(30):
        LeadFactory(tip=True)
        OpinionFactory(case=CaseFactory(owner=officer, state=CaseState.OPINIONS))
    client = signed_in(officer)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_a_lead_shows_reasons_registry_and_moves(signed_in: SignIn, officer: User) -> None:
    lead = LeadFactory()
    for address in (lead.get_absolute_url(), f"/leads/{lead.number}/preview/"):
        page = signed_in(officer).get(address).content.decode()
        assert "flat day and night" in page
        assert "What the registry knows" in page
        assert f"/leads/{lead.number}/promote/" in page


def test_promoting_on_the_page_leads_to_the_case(signed_in: SignIn, officer: User) -> None:
    lead = LeadFactory()
    answer = signed_in(officer).post(f"/leads/{lead.number}/promote/", {"title": "A hall"})
    case = Case.objects.get()
    assert answer["Location"] == case.get_absolute_url()
    assert case.title == "A hall"


def test_a_dismissal_without_a_reason_asks_for_it(signed_in: SignIn, officer: User) -> None:
    lead = LeadFactory()
    answer = signed_in(officer).post(f"/leads/{lead.number}/dismiss/", {"reason": ""})
    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()


def test_many_leads_are_dismissed_with_one_reason(signed_in: SignIn, officer: User) -> None:
    leads = [LeadFactory() for _n in range(3)]
    closed = LeadFactory(state=LeadState.DISMISSED)
    picked = [lead.pk for lead in (*leads, closed)]
    query = {"act": "dismiss", "pick": picked, "dismiss-reason": "a bakery", "query": "view=all"}
    answer = signed_in(officer).post("/leads/", query, follow=True)
    assert "3 leads dismissed" in answer.content.decode()
    assert Lead.objects.filter(reason="a bakery").count() == 3


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("state", CaseState.values)
def test_every_tab_of_a_case_in_every_state_opens(
    tab: str, state: str, signed_in: SignIn, officer: User
) -> None:
    case = CaseFactory(owner=officer, state=state)
    LeadFactory(state=LeadState.ATTACHED, case=case, tip=True)
    TaskFactory(case=case, mandatory=True)
    OpinionFactory(case=case)
    assert signed_in(officer).get(f"/cases/{case.number}/?tab={tab}").status_code == 200


def test_every_move_offered_has_a_page_that_opens(signed_in: SignIn, head: User) -> None:
    case = CaseFactory(owner=head, state=CaseState.EVIDENCE)
    client = signed_in(head)
    for verb in ("ask_opinion", "prepare", "close", "assign", "hand_over"):
        assert client.get(f"/cases/{case.number}/moves/{verb}/").status_code == 200, verb


def test_a_refused_note_keeps_its_words(signed_in: SignIn, officer: User) -> None:
    case = CaseFactory(owner=officer)
    wrong = {"text": "it happened", "audience": "own", "happened_on": "2999-01-01"}
    answer = signed_in(officer).post(f"/cases/{case.number}/add/comment/", wrong)
    assert answer.status_code == 422
    assert "it happened" in answer.content.decode()
    assert not Comment.objects.exists()


class TestEvidenceFiles:
    @pytest.fixture
    def case(self, officer: User) -> Any:
        return CaseFactory(owner=officer)

    def add(self, client: Client, case: Case, name: str, content: bytes) -> Any:
        sent = {"upload": SimpleUploadedFile(name, content), "title": "The hall"}
        return client.post(f"/cases/{case.number}/add/evidence/", sent)

    def test_a_download_is_an_attachment_that_nobody_sniffs(
        self, case: Case, signed_in: SignIn, officer: User
    ) -> None:
        client = signed_in(officer)
        self.add(client, case, "hall.jpg", jpeg(gps=(49.9, 82.6)))
        answer = client.get(f"/cases/{case.number}/evidence/1/file/")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"Camera maker" not in b"".join(cast("Any", answer).streaming_content)

    def test_each_opening_goes_into_the_custody_log(
        self, case: Case, signed_in: SignIn, officer: User
    ) -> None:
        client = signed_in(officer)
        self.add(client, case, "hall.jpg", jpeg())
        client.get(f"/cases/{case.number}/evidence/1/file/?original=1")
        (opened,) = history_of(Evidence.objects.get())
        assert (opened.verb, opened.actor_id) == ("cases.case.view_evidence", officer.pk)
        assert officer.full_name in client.get(f"/cases/{case.number}/evidence/1/").content.decode()

    def test_an_html_file_named_jpg_is_refused_with_the_reason(
        self, case: Case, signed_in: SignIn, officer: User
    ) -> None:
        answer = self.add(signed_in(officer), case, "evil.jpg", b"<html></html>")
        assert answer.status_code == 422
        assert "evil.jpg" in answer.content.decode()
        assert "The hall" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_a_body_outside_the_case_gets_404(
        self, case: Case, signed_in: SignIn, officer: User, atameken_officer: User
    ) -> None:
        self.add(signed_in(officer), case, "hall.jpg", jpeg())
        address = f"/cases/{case.number}/evidence/1/file/"
        assert signed_in(atameken_officer).get(address).status_code == 404


def test_a_case_restricted_to_bodies_asked_is_hidden_from_the_informed(
    signed_in: SignIn, officer: User, atameken_officer: User
) -> None:
    case = CaseFactory(
        owner=officer, participants=[AgencyFactory(atameken=True)], confidentiality="restricted"
    )
    assert signed_in(atameken_officer).get(case.get_absolute_url()).status_code == 404
    assert signed_in(officer).get(case.get_absolute_url()).status_code == 200
