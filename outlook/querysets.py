"""Chainable reads of the power balance; every list begins with ``visible_to``."""

from typing import Any, Self

from django.db.models import QuerySet

from outlook.policies import visible_to


class OutlookQuerySet(QuerySet[Any]):
    """Figures, forecasts and months."""

    def visible_to(self, user: Any) -> Self:
        """What the person may see."""
        return self.filter(visible_to(user))
