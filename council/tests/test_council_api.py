"""`/api/v1/proposals/`: drafted once, moved on the version that was read."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from council.models import Proposal
from council.tests.factories import ProposalFactory, head_of
from council.tests.test_council_pages import WORDS

pytestmark = pytest.mark.django_db
Api = Callable[[User], Any]
ROOT = "/api/v1/proposals/"


def move(client: Any, number: str, verb: str, **given: Any) -> Any:
    headers = {"If-Match": client.get(f"{ROOT}{number}/")["ETag"]}
    return client.post(f"{ROOT}{number}/moves/{verb}/", given, headers=headers)


def test_a_draft_is_written_once_for_a_key(api: Api, officer: User) -> None:
    client, key = api(officer), {"Idempotency-Key": "k1"}
    answers = [client.post(ROOT, WORDS, headers=key) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Proposal.objects.count() == 1


def test_a_draft_goes_through_discussion_and_vote(api: Api, officer: User) -> None:
    client = api(officer)
    number = client.post(ROOT, WORDS).data["number"]
    assert move(client, number, "submit").data["state"] == "discussion"
    heads = [head_of(body) for body in ("energy", "association", "atameken")]
    for head in heads[1:]:
        assert move(api(head), number, "remark", text="We agree.").status_code == 200
    assert move(api(heads[0]), number, "open_vote").data["state"] == "voting"
    for head in heads:
        assert move(api(head), number, "vote", choice="for").status_code == 200
    assert move(api(heads[0]), number, "reject").status_code == 400
    told = move(api(heads[0]), number, "adopt").data
    assert (told["state"], told["result"]["for"]) == ("adopted", 3)


def test_a_vote_against_without_a_word_names_the_field(api: Api) -> None:
    proposal = ProposalFactory(voting=True)
    answer = move(api(head_of("energy")), proposal.number, "vote", choice="against")
    assert answer.status_code == 400
    assert "remark" in answer.json()["errors"]


def test_who_may_not_vote_gets_403_a_wrong_state_409_and_no_version_428(
    api: Api, officer: User, head: User
) -> None:
    voting, draft = ProposalFactory(voting=True), ProposalFactory(author=officer)
    assert move(api(officer), voting.number, "vote", choice="for").status_code == 403
    assert move(api(head), draft.number, "vote", choice="for").status_code == 409
    unread = api(head).post(f"{ROOT}{voting.number}/moves/vote/", {"choice": "for"})
    assert unread.status_code == 428


@pytest.mark.parametrize("name", ["member", "supplier_user", "stranger", "administrator"])
def test_outsiders_find_nothing(name: str, api: Api, request: pytest.FixtureRequest) -> None:
    client = api(request.getfixturevalue(name))
    proposal = ProposalFactory(voting=True)
    assert client.get(ROOT).data["results"] == []
    assert client.get(f"{ROOT}{proposal.number}/").status_code == 404
    assert client.post(ROOT, WORDS).status_code == 403


def test_the_list_costs_the_same_for_any_number(
    api: Api, head: User, django_assert_max_num_queries: Any
) -> None:
    ProposalFactory.create_batch(20, voting=True)
    with django_assert_max_num_queries(8):
        assert len(api(head).get(ROOT).data["results"]) == 20
