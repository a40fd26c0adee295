"""Chainable reads of changes."""

from typing import Any, Self

from django.db.models import QuerySet

from changes.choices import ChangeState
from changes.policies import decides_something, visible_to


class ChangeQuerySet(QuerySet[Any]):
    """Proposed changes."""

    def visible_to(self, user: Any) -> Self:
        """The first link of every list and count."""
        return self.filter(visible_to(user))

    def waiting_for(self, user: Any) -> Self:
        """Proposals of others that this person may decide."""
        return self.filter(state=ChangeState.PROPOSED, model__in=decides_something(user)).exclude(
            proposed_by=user
        )
