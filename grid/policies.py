"""Who may see and do what in the grid.

The people of a supplier may be the offenders: they see the batches and meters of their own
company, never a score or a lead, and nothing of another supplier.
"""

from typing import Any

from django.db.models import Q

from accounts.choices import Role
from accounts.policies import has_role, is_admin, is_auditor, is_official, is_supplier

NOTHING = Q(pk__in=())


def sees_all(user: Any) -> bool:
    return is_official(user) or is_auditor(user) or is_admin(user)


def may_see_grid(user: Any) -> bool:
    """Whether the grid's pages open for the person at all."""
    return sees_all(user) or is_supplier(user)


def may_see_profiles(user: Any) -> bool:
    """Scores and their reasons are for officials and auditors, never for a supplier's people."""
    return sees_all(user) and not is_supplier(user)


def visible_to(user: Any, path: str = "supplier__") -> Q:
    """What of the suppliers' things a person sees; ``path`` leads to the supplier."""
    if is_supplier(user):
        return Q(**{f"{path}agency": user.agency_id})
    return Q() if sees_all(user) else NOTHING


def profiles_visible_to(user: Any) -> Q:
    return Q() if may_see_profiles(user) else NOTHING


def may_upload(user: Any, supplier: Any) -> bool:
    """A supplier's people for their own company, an administrator for any.

    None is a command run on the server itself.
    """
    if user is None or is_admin(user):
        return True
    return is_supplier(user) and supplier.agency_id == user.agency_id


def may_propose_profile(user: Any, supplier: Any) -> bool:
    """How a supplier's files are read: an administrator, or its own people.

    Of no supplier in particular only an administrator: a supplier's people see no proposal of
    another company.
    """
    if user is None or is_admin(user):
        return True
    return supplier is not None and may_upload(user, supplier)


def may_approve_profile(user: Any, _supplier: Any) -> bool:
    """The second person is an official or an administrator, never one of the supplier's people."""
    return (is_official(user) or is_admin(user)) and not is_supplier(user)


def may_import(user: Any, _batch: Any = None) -> bool:
    """Totals of feeders are what a supplier's file is held against: never its own people's.

    None is a command run on the server itself.
    """
    return user is None or is_admin(user)


def may_upload_something(user: Any) -> bool:
    return is_supplier(user) or is_admin(user)


def is_the_portal(user: Any, _subject: Any = None) -> bool:
    """The moves of a batch are made by the portal's own work, not by a person."""
    return user is None


def may_retry(user: Any, batch: Any) -> bool:
    return user is None or may_upload(user, batch.supplier)


def may_exempt(user: Any, _row: Any = None) -> bool:
    """Officers and heads of the three bodies propose an exemption and approve each other's.

    Whoever also brings a supplier's data stays out of it.
    """
    return is_official(user) and has_role(user, Role.OFFICER, Role.HEAD) and not is_supplier(user)


def may_keep_calendar(user: Any, _row: Any = None) -> bool:
    """Officers, heads and administrators enter outages and orders, and approve each other's."""
    return may_exempt(user) or (is_admin(user) and not is_supplier(user))
