"""The council's pages: who sees what, how many queries, what a form refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from council.models import Proposal
from council.tests.factories import ProposalFactory, head_of, vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WORDS = {
    "title": "Ask for documents first", "kind": "procedure", "problem": "Visits in vain",
    "text": "Ask for the contract before a visit", "measure": "",
}  # fmt: skip


@pytest.mark.parametrize("name", ["member", "supplier_user", "stranger", "administrator"])
def test_the_council_is_not_there_for_outsiders(
    name: str, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(name))
    proposal = ProposalFactory(voting=True)
    assert client.get(proposal.get_absolute_url()).status_code == 404
    for address in ("/council/", "/council/new/"):
        assert client.get(address).status_code == 403


def test_a_draft_is_seen_by_its_own_body_and_auditors_alone(
    signed_in: SignIn, officer: User, atameken_officer: User, auditor: User
) -> None:
    draft = ProposalFactory()
    address = draft.get_absolute_url()
    assert signed_in(officer).get(address).status_code == 200
    assert signed_in(auditor).get(address).status_code == 200
    assert signed_in(atameken_officer).get(address).status_code == 404
    assert draft.title not in signed_in(atameken_officer).get("/council/?view=all").text


def test_an_official_writes_changes_and_submits_a_proposal(
    signed_in: SignIn, officer: User
) -> None:
    client = signed_in(officer)
    page = client.post("/council/new/", WORDS, follow=True)
    proposal = Proposal.objects.get()
    assert proposal.title in page.text
    edited = {**WORDS, "title": "Ask for documents before a visit"}
    client.post(f"/council/{proposal.number}/edit/", edited)
    client.post(f"/council/{proposal.number}/moves/submit/")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.title) == ("discussion", edited["title"])
    assert client.post(f"/council/{proposal.number}/edit/", WORDS).status_code == 403


def test_a_form_without_words_comes_back_with_what_is_missing(
    signed_in: SignIn, officer: User
) -> None:
    answer = signed_in(officer).post("/council/new/", {"title": "Only a title"})
    assert answer.status_code == 422
    assert "Only a title" in answer.text
    assert not Proposal.objects.exists()


def test_a_head_votes_on_the_page_and_the_other_bodies_read_it(
    signed_in: SignIn, atameken_officer: User
) -> None:
    proposal = ProposalFactory(voting=True)
    head = head_of("association")
    address = f"/council/{proposal.number}/moves/vote/"
    refused = signed_in(head).post(address, {"choice": "against", "remark": ""})
    assert refused.status_code == 422
    signed_in(head).post(address, {"choice": "against", "remark": "No list of feeders yet"})
    page = signed_in(atameken_officer).get(proposal.get_absolute_url())
    assert "No list of feeders yet" in page.text
    assert head.full_name in page.text


def test_the_result_is_offered_only_when_the_votes_say_it(signed_in: SignIn) -> None:
    proposal = ProposalFactory(voting=True)
    head = head_of("energy")
    for body in ("energy", "association", "atameken"):
        vote(proposal, body, "for")
    page = signed_in(head).get(proposal.get_absolute_url()).text
    assert "moves/adopt/" in page
    assert "moves/reject/" not in page


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_proposals(
    size: int, signed_in: SignIn, head: User, django_assert_max_num_queries: Any
) -> None:
    for proposal in ProposalFactory.create_batch(size, voting=True):
        vote(proposal, "energy", "for")
    client = signed_in(head)
    client.get("/council/")
    with django_assert_max_num_queries(12):
        assert client.get("/council/").status_code == 200


def test_a_proposal_with_much_said_costs_no_more(
    signed_in: SignIn, head: User, officer: User, django_assert_max_num_queries: Any
) -> None:
    proposal = ProposalFactory(voting=True)
    for body in ("energy", "association", "atameken"):
        vote(proposal, body, "for")
    for turn in range(20):
        proposal.remarks.create(author=officer, agency=officer.agency, text=f"Remark {turn}")
    client = signed_in(head)
    with django_assert_max_num_queries(24):
        client.get(proposal.get_absolute_url())
