"""Who reads the outlook, and who brings figures in."""

from typing import Any

from django.db.models import Q

from accounts.policies import is_admin, is_auditor, is_official


def may_see_outlook(user: Any) -> bool:
    """Officials of the three bodies, auditors and administrators."""
    return is_official(user) or is_auditor(user) or is_admin(user)


def visible_to(user: Any) -> Q:
    """Whoever may see the outlook sees all of it."""
    return Q() if may_see_outlook(user) else Q(pk__in=())


def may_import(user: Any, _batch: Any = None) -> bool:
    """Administrators bring figures in; None is a command run on the server itself."""
    return user is None or is_admin(user)
