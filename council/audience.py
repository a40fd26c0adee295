"""Who is told of what happens to a proposal."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.choices import AgencyKind, Role
from accounts.models import User
from council.models import Proposal
from journal.telling import Tell
from pages.wording import short_date

Facts = Mapping[str, Any]


def officials() -> list[User]:
    """The officers and heads of the three bodies."""
    people = User.objects.active().filter(agency__kind=AgencyKind.MEMBER)
    return list(people.with_role(Role.OFFICER, Role.HEAD))


def heads_of(agency_ids: Iterable[int]) -> list[User]:
    """The heads of these bodies."""
    return list(User.objects.active().filter(agency_id__in=list(agency_ids)).with_role(Role.HEAD))


def heads() -> list[User]:
    """The heads of the three bodies."""
    people = User.objects.active().filter(agency__kind=AgencyKind.MEMBER)
    return list(people.with_role(Role.HEAD))


def news(user: User, kind: str, proposal: Proposal) -> Tell:
    """One line of news about a proposal."""
    day = short_date(proposal.vote_until) if proposal.vote_until else ""
    params = {"number": proposal.number, "title": proposal.title, "day": day}
    return Tell(user, kind, proposal.get_absolute_url(), params)


def everyone_to_discuss(proposal: Proposal, actor: Any, _facts: Facts) -> list[Tell]:
    """The three bodies, when a proposal is submitted."""
    return [news(user, "council.submitted", proposal) for user in officials() if user != actor]


def author(proposal: Proposal, actor: Any, _facts: Facts) -> list[Tell]:
    """The author, when somebody else speaks."""
    if actor == proposal.author:
        return []
    return [news(proposal.author, "council.remark", proposal)]


def voters(proposal: Proposal, _actor: Any, _facts: Facts) -> list[Tell]:
    """The heads of the bodies that are to vote."""
    return [news(user, "council.voting", proposal) for user in heads()]


def everyone_of_result(proposal: Proposal, _actor: Any, _facts: Facts) -> list[Tell]:
    """The three bodies, when the result is declared."""
    people = {*officials(), proposal.author}
    return [news(user, "council.decided", proposal) for user in people]
