"""Proposals for tests, in any state."""

from datetime import timedelta
from typing import Any

import factory

from accounts.choices import Role
from accounts.models import User
from accounts.tests.factories import AgencyFactory, UserFactory
from common import clock
from council.models import Ballot, Proposal, VotingRule

BODIES = ("energy", "association", "atameken")


def head_of(body: str) -> User:
    """The head of one of the three bodies."""
    user: User = UserFactory(role=Role.HEAD, agency=AgencyFactory(**{body: True}))
    return user


class ProposalFactory(factory.django.DjangoModelFactory):
    """A draft of the Ministry; traits bring it on."""

    class Meta:
        model = Proposal

    class Params:
        discussed = factory.Trait(
            state="discussion",
            submitted_at=factory.LazyFunction(clock.now),
            discuss_until=factory.LazyFunction(lambda: clock.today() + timedelta(days=7)),
        )
        voting = factory.Trait(
            state="voting",
            submitted_at=factory.LazyFunction(clock.now),
            discuss_until=factory.LazyFunction(clock.today),
            vote_until=factory.LazyFunction(lambda: clock.today() + timedelta(days=7)),
            rule=factory.LazyFunction(VotingRule.objects.get),
        )
        decided = factory.Trait(
            voting=True, state="adopted", result={"for": 2},
            decided_at=factory.LazyFunction(clock.now),
        )  # fmt: skip

    number = factory.Sequence(lambda n: f"P-2026-{n + 1:04d}")
    title = "Compare drops of the load with outages of the internet"
    kind = "method"
    problem = "A flat load alone does not tell mining from a telecom site."
    text = "Keep a calendar of outages, and see which loads fall with them."
    author = factory.SubFactory(
        UserFactory, role=Role.OFFICER, agency=factory.SubFactory(AgencyFactory, energy=True)
    )
    agency = factory.SelfAttribute("author.agency")


def vote(proposal: Proposal, body: str, choice: str, **more: Any) -> Ballot:
    """A standing vote of a body."""
    why = "why" if choice == "against" else ""
    voter = head_of(body)
    assert voter.agency is not None
    ballot: Ballot = Ballot.objects.create(
        proposal=proposal, agency=voter.agency, voter=voter, choice=choice,
        **{"remark": why, **more},
    )  # fmt: skip
    return ballot
