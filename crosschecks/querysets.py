"""Chainable reads of the cross-checks' own tables."""

from datetime import date, datetime
from typing import Any, Self

from django.db.models import QuerySet

from crosschecks import policies
from crosschecks.choices import ACTIVE_STATES, COUNTED_STATES, LIVE_STATES, RunState


class RunQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(policies.visible_to(user))

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE_STATES)

    def counted(self) -> Self:
        return self.filter(state__in=COUNTED_STATES)

    def silent_since(self, moment: datetime) -> Self:
        """Running on paper, but without a sign of life since ``moment``."""
        return self.filter(state=RunState.RUNNING, heartbeat_at__lt=moment)


class FindingQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(policies.visible_to(user))

    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)


class SuppressionQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(policies.visible_to(user))

    def in_force(self, on: date) -> Self:
        return self.filter(ended_at__isnull=True, until__gte=on)


class ThresholdQuerySet(QuerySet[Any]):
    def in_force(self, on: date) -> Self:
        """The newest row of each name that is valid on the day (PostgreSQL: DISTINCT ON)."""
        rows = self.filter(valid_from__lte=on)
        return rows.order_by("check_slug", "name", "-valid_from").distinct("check_slug", "name")
