"""Who may touch the rows of the law."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_admin, is_lawyer

VOUCHED = "verified"


def may_read_law(user: Any) -> bool:
    """Every signed-in person may read what the portal counts and from which source."""
    return bool(user.is_authenticated)


def visible_to(user: Any) -> Q:
    """The law is one for all who are signed in."""
    return Q() if may_read_law(user) else Q(pk__in=())


def may_propose_row(user: Any, _row: Any = None) -> bool:
    """Administrators and lawyers propose; a second one of them approves."""
    return is_admin(user) or is_lawyer(user)


def may_approve_row(user: Any, _row: Any = None) -> bool:
    """As proposing; the mechanism keeps the two persons apart."""
    return is_admin(user) or is_lawyer(user)


def a_lawyer_vouches(first: Any, second: Any, fields: Sequence[str]) -> str | Promise:
    """Why this pair may not say that a row is verified: one of them must be a lawyer."""
    if VOUCHED in fields and not (is_lawyer(first) or is_lawyer(second)):
        return _("One of the two must be a lawyer to call a row verified.")
    return ""
