"""Chainable reads of people."""

from typing import Any, Self

from django.db.models import Prefetch, Q, QuerySet

from accounts.choices import GrantState
from accounts.policies import is_admin, is_auditor, may_invite

IN_FORCE = (GrantState.ACTIVE, GrantState.ENDING)


class UserQuerySet(QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> Self:
        """Administrators and auditors see all people, others the active ones of their own body."""
        if is_admin(user) or is_auditor(user):
            return self
        return self.filter(Q(pk=user.pk) | Q(agency=user.agency, is_active=True))

    def active(self) -> Self:
        """Those who may sign in."""
        return self.filter(is_active=True)

    def with_role(self, *roles: str) -> Self:
        """Those who have at least one of the roles in force."""
        return self.filter(grants__role__in=roles, grants__state__in=IN_FORCE).distinct()

    def with_roles_loaded(self) -> Self:
        """Body and roles in two queries, however many people."""
        return self.select_related("agency").prefetch_related(Prefetch("grants"))


class InvitationQuerySet(QuerySet[Any]):
    """Invitations."""

    def visible_to(self, user: Any) -> Self:
        """Administrators see all, delegates and heads those of their own body."""
        if is_admin(user):
            return self
        return self.filter(agency=user.agency) if may_invite(user) else self.none()
