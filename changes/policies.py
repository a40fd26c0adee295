"""Who sees, proposes and decides a change: whatever the model's own app says."""

from typing import Any

from django.db.models import Q

from accounts.policies import is_auditor
from changes import guarded

NOTHING = Q(pk__in=())


def may_see_changes(user: Any) -> bool:
    """Auditors, and whoever may propose or approve a change of some model."""
    return is_auditor(user) or bool(_models(user))


def visible_to(user: Any) -> Q:
    """Changes of the models that the person may propose or approve; auditors see all."""
    if is_auditor(user):
        return Q()
    models = _models(user)
    return Q(model__in=models) if models else NOTHING


def may_decide(user: Any, change: Any) -> bool:
    """The second person: whom the model's app lets approve, never the one who proposed."""
    return (
        user is not None
        and user.pk != change.proposed_by_id
        and guarded.of(change.model).may_approve(user, None)
    )


def may_withdraw(user: Any, change: Any) -> bool:
    """Only the proposer takes a proposal back."""
    return user is not None and user.pk == change.proposed_by_id


def decides_something(user: Any) -> list[str]:
    """The models whose changes the person may approve."""
    return [one.label for one in guarded.everything() if one.may_approve(user, None)]


def _models(user: Any) -> list[str]:
    return [
        one.label
        for one in guarded.everything()
        if one.may_propose(user, None) or one.may_approve(user, None)
    ]
