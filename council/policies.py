"""Who sees proposals, speaks to them and votes. Nothing here asks the database."""

from typing import Any

from django.db.models import Q

from accounts.policies import is_auditor, is_head, is_official
from council.choices import ProposalState

NOTHING = Q(pk__in=())


def may_see_council(user: Any) -> bool:
    """Officials of the three bodies and auditors."""
    return is_official(user) or is_auditor(user)


def visible_to(user: Any) -> Q:
    """Everything but the drafts of other bodies; an auditor reads those too."""
    if is_auditor(user):
        return Q()
    if not is_official(user):
        return NOTHING
    return ~Q(state=ProposalState.DRAFT) | Q(agency_id=user.agency_id)


def may_propose(user: Any) -> bool:
    """Every official of the three bodies."""
    return is_official(user)


def may_edit(user: Any, proposal: Any) -> bool:
    """The author, as long as nobody else has been asked."""
    return bool(user.pk == proposal.author_id and proposal.state == ProposalState.DRAFT)


def may_submit(user: Any, proposal: Any) -> bool:
    """The author or the head of the author's body."""
    return is_official(user) and (user.pk == proposal.author_id or _own_head(user, proposal))


def _own_head(user: Any, proposal: Any) -> bool:
    return is_head(user) and bool(user.agency_id == proposal.agency_id)


def may_speak(user: Any, _proposal: Any) -> bool:
    """Officers, heads and analysts of the three bodies."""
    return is_official(user)


def may_put_to_vote(user: Any, _proposal: Any) -> bool:
    """The head of any of the three bodies."""
    return is_head(user)


def may_vote(user: Any, _proposal: Any) -> bool:
    """A body votes by its head, in person."""
    return is_head(user)


def may_declare(user: Any, _proposal: Any) -> bool:
    """Whoever heads a body declares what the votes say; the votes say it, not the head."""
    return is_head(user)
