"""Who may see and steer the cross-checks."""

from typing import Any

from django.db.models import Q

from accounts.choices import Role
from accounts.policies import has_role, is_admin, is_auditor, is_head, is_lawyer, is_official


def may_see_checks(user: Any) -> bool:
    """Officials of the three bodies, auditors and admins; never a data supplier.

    The people of a supplier must not learn what was found on their own network.
    """
    return is_official(user) or is_auditor(user) or is_admin(user)


def visible_to(user: Any) -> Q:
    """All or nothing: a finding belongs to no single body before a case is opened."""
    return Q() if may_see_checks(user) else Q(pk__in=[])


def may_run(user: Any) -> bool:
    return is_official(user) or is_admin(user)


def may_pause(user: Any) -> bool:
    """Stopping a check blinds everybody, so it takes a head or an admin."""
    return is_head(user) or is_admin(user)


def may_propose_threshold(user: Any, _row: Any = None) -> bool:
    """Administrators, lawyers and heads propose a threshold; another of them approves."""
    return is_admin(user) or is_lawyer(user) or is_head(user)


def may_suppress(user: Any) -> bool:
    return is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)
