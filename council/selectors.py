"""The standing of a vote: who has voted, what the rule asks, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.choices import AgencyKind
from accounts.models import Agency
from common import clock
from council.choices import Choice, ProposalState
from council.models import Ballot, Proposal, VotingRule
from journal.workflow import Gate
from law import working_days
from law.selectors import term
from pages.wording import short_date

DISCUSSION, VOTE = "council.discussion", "council.vote"


@dataclass(frozen=True, slots=True)
class BodyVote:
    """One of the three bodies, and the vote of it that counts (None: it has not voted)."""

    agency: Agency
    ballot: Ballot | None
    replaced: tuple[Ballot, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The votes counted by a rule; ``over`` when nothing can be cast any more."""

    votes: tuple[BodyVote, ...]
    rule: VotingRule | None
    over: bool

    def count(self, choice: str) -> int:
        """How many bodies cast this vote."""
        return sum(1 for one in self.votes if one.ballot and one.ballot.choice == choice)

    @property
    def cast(self) -> int:
        """How many bodies have voted."""
        return sum(1 for one in self.votes if one.ballot)

    @property
    def quorate(self) -> bool:
        """Whether enough bodies have voted."""
        return self.rule is not None and self.cast >= self.rule.quorum

    @property
    def outcome(self) -> ProposalState:
        """What the votes say by the rule, were the vote over now."""
        if self.rule is None or not self.quorate:
            return ProposalState.LAPSED
        ours, theirs = self.count(Choice.FOR), self.count(Choice.AGAINST)
        won = ours > theirs and ours >= self.rule.votes_for
        return ProposalState.ADOPTED if won else ProposalState.REJECTED

    def frozen(self) -> dict[str, Any]:
        """The result as the proposal keeps it: the votes, and the rule that counted them."""
        rule = self.rule
        return {
            **{choice.value: self.count(choice) for choice in Choice},
            "bodies": len(self.votes),
            "quorum": rule.quorum if rule else None,
            "votes_for": rule.votes_for if rule else None,
            "rule_source": rule.source if rule else "",
            "rule_verified": bool(rule and rule.verified),
            "votes": {
                one.agency.code: one.ballot.choice if one.ballot else "" for one in self.votes
            },
        }


def bodies() -> list[Agency]:
    """The three bodies of the group."""
    members = Agency.objects.filter(kind=AgencyKind.MEMBER, is_active=True)
    return list(members.order_by("pk"))


def rule_on(day: date) -> VotingRule:
    """The voting rule in force on a day; LookupError without one."""
    rule: VotingRule | None = VotingRule.objects.on(day).order_by("-valid_from").first()
    if rule is None:
        raise LookupError(f"no voting rule in force on {day}")
    return rule


def standing_of(proposal: Proposal, on: date | None = None) -> Standing:
    """The vote on a proposal as it stands; three queries."""
    ballots: dict[int, list[Ballot]] = {}
    for ballot in proposal.ballots.select_related("voter"):
        ballots.setdefault(ballot.agency_id, []).append(ballot)
    votes = tuple(_vote_of(agency, ballots.get(agency.pk, [])) for agency in bodies())
    ended = proposal.vote_until is not None and (on or clock.today()) > proposal.vote_until
    return Standing(votes, proposal.rule, ended or all(one.ballot for one in votes))


def _vote_of(agency: Agency, ballots: Iterable[Ballot]) -> BodyVote:
    had = list(ballots)
    return BodyVote(
        agency,
        next((one for one in had if one.replaced_at is None), None),
        tuple(one for one in had if one.replaced_at is not None),
    )


def term_end(code: str) -> date:
    """The last day of a term of the council that begins today, in working days."""
    today = clock.today()
    return working_days.add(today, term(code, today).days)


def discussed(proposal: Proposal) -> list[Gate]:
    """A vote begins when every body has spoken, or when the discussion has had its term."""
    spoke = set(proposal.remarks.values_list("agency_id", flat=True)) | {proposal.agency_id}
    silent = [agency.name for agency in bodies() if agency.pk not in spoke]
    until = proposal.discuss_until
    ended = until is not None and clock.today() > until
    text = _("Every body has spoken, or the discussion has lasted until its day.")
    detail = ""
    if silent and not ended:
        text = _("Not yet heard: %(bodies)s. The discussion lasts until %(day)s.") % {
            "bodies": ", ".join(silent),
            "day": short_date(until),
        }
    return [Gate(not silent or ended, text, detail)]


def counted(proposal: Proposal, outcome: ProposalState) -> list[Gate]:
    """A result is declared when the vote is over, and only the one that the votes say."""
    standing = standing_of(proposal)
    over = _("All bodies have voted, or the term of the vote has ended.")
    if not standing.over:
        over = _("Votes: %(cast)s of %(all)s; the vote lasts until %(day)s.") % {
            "cast": standing.cast,
            "all": len(standing.votes),
            "day": short_date(proposal.vote_until),
        }
    fits = _("The votes say so.")
    if standing.outcome != outcome:
        fits = _("The votes say: %(outcome)s.") % {"outcome": standing.outcome.label}
    return [Gate(standing.over, over), Gate(standing.outcome == outcome, fits)]


def votes_waiting_for(user: Any) -> QuerySet[Proposal]:
    """Proposals on which the person's body has not voted yet."""
    seen = Proposal.objects.visible_to(user)
    rows: QuerySet[Proposal] = seen.without_vote_of(user.agency_id).order_by("vote_until")
    return rows
