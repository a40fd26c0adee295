"""Chainable reads of the imports."""

from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet

from intake.policies import rows_visible_to, visible_to


class BatchQuerySet(QuerySet[Any]):
    """Files brought in."""

    def visible_to(self, user: Any) -> Self:
        """The first link of every list, count, search and export."""
        return self.filter(visible_to(user))


class RowQuerySet(QuerySet[Any]):
    """Rows and cells of a file."""

    def visible_to(self, user: Any) -> Self:
        """Only those who may bring such a file in read its rows."""
        return self.filter(rows_visible_to(user))


class ImportRunQuerySet(QuerySet[Any]):
    """Tasks of workers."""

    def unfinished(self) -> Self:
        """Waiting or in a worker's hands."""
        return self.filter(ended_at__isnull=True)

    def silent_since(self, moment: datetime) -> Self:
        """In the hands of a worker that has not been heard of since."""
        return self.unfinished().filter(claim__isnull=False, heartbeat_at__lt=moment)
