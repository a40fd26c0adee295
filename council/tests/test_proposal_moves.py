"""Every move of a proposal, for every person and every state."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.tests.factories import AgencyFactory
from common import clock
from common.errors import NotAllowed, Refused, WrongState
from council import actions
from council.choices import ProposalState as S
from council.models import Proposal, VotingRule
from council.tests.factories import BODIES, ProposalFactory, head_of, vote
from council.workflow import PROPOSALS

pytestmark = pytest.mark.django_db

CAST = [
    "author", "officer", "head", "analyst", "atameken_officer", "association_officer", "member",
    "supplier_user", "auditor", "administrator", "stranger",
]  # fmt: skip
OFFICIALS = {
    "author", "officer", "head", "analyst", "atameken_officer", "association_officer",
}  # fmt: skip
MAY: dict[str, set[str]] = {
    "submit": {"author", "head"},
    "withdraw": {"author", "head"},
    "remark": OFFICIALS,
    **{verb: {"head"} for verb in ("open_vote", "vote", "adopt", "reject", "lapse")},
}
VOTES = {
    "adopt": ("for", "for", "against"),
    "reject": ("against", "against", "for"),
    "lapse": ("for",),
}


def proposal_for(verb: str, state: str) -> Proposal:
    """A proposal in a state, with whatever the move waits for."""
    stage = {S.DRAFT: {}, S.WITHDRAWN: {}, S.DISCUSSION: {"discussed": True}}
    stage |= {S.VOTING: {"voting": True}}
    more = stage.get(S(state), {"decided": True})
    made: Proposal = ProposalFactory(**{**more, "state": state})
    ended = clock.today() - timedelta(days=1)
    if state == S.DISCUSSION:
        Proposal.objects.filter(pk=made.pk).update(discuss_until=ended)
    if verb in VOTES and state == S.VOTING:
        for body, choice in zip(BODIES, VOTES[verb], strict=False):
            vote(made, body, choice)
        Proposal.objects.filter(pk=made.pk).update(vote_until=ended)
    made.refresh_from_db()
    return made


def changes_for(verb: str) -> dict[str, Any]:
    day = clock.today() + timedelta(days=7)
    decided = {"decided_at": clock.now(), "result": {"for": 2}}
    by_verb: dict[str, dict[str, Any]] = {
        "submit": {"submitted_at": clock.now(), "discuss_until": day},
        "open_vote": {"vote_until": day, "rule": VotingRule.objects.get()},
        **dict.fromkeys(VOTES, decided),
    }
    return by_verb.get(verb, {})


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("verb", PROPOSALS.moves)
def test_a_move_is_made_only_from_its_states_and_by_its_people(
    verb: str, state: str, request: pytest.FixtureRequest
) -> None:
    move = PROPOSALS.moves[verb]
    for body in BODIES:
        AgencyFactory(**{body: True})
    for name in CAST:
        proposal = proposal_for(verb, state)
        actor = proposal.author if name == "author" else request.getfixturevalue(name)
        expected: type[Exception] | None = None if name in MAY[verb] else NotAllowed
        if state not in move.sources:
            expected = WrongState
        given: dict[str, Any] = {"reason": "why", "changes": changes_for(verb)}
        if expected:
            with pytest.raises(expected):
                PROPOSALS.make(verb, proposal, actor=actor, **given)
            proposal.refresh_from_db()
            assert proposal.state == state
        else:
            PROPOSALS.make(verb, proposal, actor=actor, **given)
            assert proposal.state == (move.target or state)


class TestDiscussion:
    """What a vote waits for."""

    def test_a_vote_waits_until_every_body_has_spoken(self, officer: Any) -> None:
        bodies = [head_of(body) for body in BODIES]
        proposal = ProposalFactory(discussed=True)
        with pytest.raises(Refused, match="Not yet heard: Blockchain Association, Atameken"):
            actions.open_vote(proposal=proposal, actor=bodies[0])
        for speaker in bodies[1:]:
            actions.add_remark(proposal=proposal, actor=speaker, text="We agree.")
        actions.open_vote(proposal=proposal, actor=bodies[0])
        assert proposal.state == S.VOTING
        assert proposal.rule is not None
        assert proposal.vote_until > clock.today()

    def test_a_body_that_stays_silent_holds_nothing_up_for_ever(self) -> None:
        proposal = ProposalFactory(discussed=True, discuss_until=clock.today() - timedelta(days=1))
        head_of("atameken")
        actions.open_vote(proposal=proposal, actor=head_of("energy"))
        assert proposal.state == S.VOTING

    def test_an_empty_remark_is_refused_and_a_remark_stays(self, officer: Any) -> None:
        proposal = ProposalFactory(discussed=True)
        with pytest.raises(Refused):
            actions.add_remark(proposal=proposal, actor=officer, text="  ")
        said = actions.add_remark(proposal=proposal, actor=officer, text="Once said")
        said.text = "otherwise"
        with pytest.raises(Exception, match="what_is_said_stays"):
            said.save()


class TestVotes:
    """How the three bodies vote, and what the votes say."""

    def test_a_body_has_one_vote_and_the_replaced_one_stays_readable(self) -> None:
        proposal = ProposalFactory(voting=True)
        first, second = head_of("energy"), head_of("energy")
        actions.cast_vote(proposal=proposal, actor=first, choice="for")
        actions.cast_vote(proposal=proposal, actor=second, choice="against", remark="Too early.")
        standing = proposal.ballots.standing().get()
        assert (standing.choice, standing.voter) == ("against", second)
        assert proposal.ballots.count() == 2

    def test_a_vote_against_says_why(self) -> None:
        proposal = ProposalFactory(voting=True)
        with pytest.raises(Refused) as refusal:
            actions.cast_vote(proposal=proposal, actor=head_of("energy"), choice="against")
        assert refusal.value.field == "remark"
        assert not proposal.ballots.exists()

    def test_nobody_votes_after_the_last_day(self) -> None:
        proposal = ProposalFactory(voting=True, vote_until=clock.today() - timedelta(days=1))
        with pytest.raises(Refused, match="has ended"):
            actions.cast_vote(proposal=proposal, actor=head_of("energy"), choice="for")
        assert not proposal.ballots.exists()

    def test_no_result_is_declared_while_a_body_may_still_vote(self) -> None:
        proposal = ProposalFactory(voting=True)
        head_of("atameken")
        vote(proposal, "energy", "for")
        vote(proposal, "association", "for")
        with pytest.raises(Refused, match="Votes: 2 of 3"):
            actions.declare(proposal=proposal, actor=head_of("energy"), verb="adopt")

    @pytest.mark.parametrize(
        ("votes", "verb"),
        [
            (("for", "for", "for"), "adopt"),
            (("for", "for", "against"), "adopt"),
            (("for", "for", "abstain"), "adopt"),
            (("for", "against", "abstain"), "reject"),  # one for is less than the rule asks
            (("for", "against", "against"), "reject"),
            (("abstain", "abstain", "abstain"), "reject"),
        ],
    )
    def test_only_the_result_that_the_votes_say_can_be_declared(
        self, votes: tuple[str, ...], verb: str
    ) -> None:
        proposal = ProposalFactory(voting=True)
        for body, choice in zip(BODIES, votes, strict=True):
            vote(proposal, body, choice)
        head = head_of("energy")
        for other in {"adopt", "reject", "lapse"} - {verb}:
            with pytest.raises(Refused, match="The votes say"):
                actions.declare(proposal=proposal, actor=head, verb=other)
        actions.declare(proposal=proposal, actor=head, verb=verb)
        proposal.refresh_from_db()
        assert proposal.result["votes"] == dict(zip(BODIES, votes, strict=True))
        assert proposal.result["rule_verified"] is False

    def test_without_quorum_it_lapses_after_the_term(self) -> None:
        proposal = ProposalFactory(voting=True, vote_until=clock.today() - timedelta(days=1))
        for body in BODIES:
            AgencyFactory(**{body: True})
        vote(proposal, "energy", "for")
        head = head_of("energy")
        with pytest.raises(Refused):
            actions.declare(proposal=proposal, actor=head, verb="adopt")
        actions.declare(proposal=proposal, actor=head, verb="lapse")
        assert proposal.state == S.LAPSED

    def test_a_rule_changed_later_does_not_change_what_was_decided_by(self) -> None:
        proposal = ProposalFactory(voting=True)
        for body in BODIES:
            vote(proposal, body, "for")
        actions.declare(proposal=proposal, actor=head_of("energy"), verb="adopt")
        VotingRule.objects.update(quorum=3, votes_for=3)
        proposal.refresh_from_db()
        assert (proposal.result["quorum"], proposal.result["votes_for"]) == (2, 2)


def test_heads_are_reminded_of_a_vote_and_told_of_its_end() -> None:
    heads = [head_of(body) for body in BODIES]
    proposal = ProposalFactory(voting=True, vote_until=clock.today())
    vote(proposal, "energy", "for")
    told = actions.remind_of_votes()
    assert told == len(heads) - 1
