"""Chainable reads of the law."""

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from law.policies import visible_to


class LawQuerySet(QuerySet[Any]):
    """Rows that every signed-in person may read."""

    def visible_to(self, user: Any) -> Self:
        """The first link of every list, count and search."""
        return self.filter(visible_to(user))


class DatedQuerySet(LawQuerySet):
    """Rows that hold from a day on."""

    def on(self, day: date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class ActQuerySet(LawQuerySet):
    """Acts, norms and statements."""

    def in_force(self, day: date) -> Self:
        """Those in force on that day, drafts never."""
        open_end = Q(in_force_to__isnull=True) | Q(in_force_to__gte=day)
        return self.filter(open_end, in_force_from__lte=day).exclude(status="draft")
