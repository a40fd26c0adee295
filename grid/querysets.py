"""Chainable reads of the grid's models."""

from datetime import date
from typing import Any, Self

from django.db.models import QuerySet

from grid.choices import BatchState
from grid.policies import profiles_visible_to, visible_to


class SupplierQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Officials see all suppliers, a supplier's people their own."""
        return self.filter(visible_to(user, path=""))


class SuppliedQuerySet(QuerySet[Any]):
    """Rows that belong to a supplier: meters and batches."""

    def visible_to(self, user: Any) -> Self:
        """Officials see all, a supplier's people those of their company."""
        return self.filter(visible_to(user))


class BatchQuerySet(SuppliedQuerySet):
    def that_count(self) -> Self:
        """Batches that were stored or still may be: a second copy of these changes nothing."""
        return self.filter(state__in=[BatchState.RECEIVED, BatchState.STORING, BatchState.STORED])


class RejectQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """As the batch they belong to."""
        return self.filter(visible_to(user, path="batch__supplier__"))


class LakeFileQuerySet(QuerySet[Any]):
    def live(self) -> Self:
        """Files that readers read."""
        return self.filter(replaced_at__isnull=True)

    def of_months(self, first: str, last: str) -> Self:
        """Files of the months from ``first`` to ``last`` ("2024-01"), both included."""
        return self.filter(month__gte=first, month__lte=last)


class ProfileQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people."""
        return self.filter(profiles_visible_to(user))

    def on(self, day: date) -> Self:
        """Profiles of the window that ends with this day."""
        return self.filter(until=day)
