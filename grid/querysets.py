"""Chainable reads of the grid's models."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db.models import DecimalField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import NullIf

from grid.choices import BatchState
from grid.policies import profiles_visible_to, visible_to

MONTHS = r"^\d{4}-\d{2}$"


class SupplierQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Officials see all suppliers, a supplier's people their own."""
        return self.filter(visible_to(user, path=""))


class SuppliedQuerySet(QuerySet[Any]):
    """Rows that belong to a supplier: meters and batches."""

    def visible_to(self, user: Any) -> Self:
        """Officials see all, a supplier's people those of their company."""
        return self.filter(visible_to(user))


class MeterQuerySet(SuppliedQuerySet):
    def of_codes(self, codes: list[str]) -> Self:
        """Those of some codes, sent as one value: thousands in an IN take many times as long."""
        return self.filter(code__in=RawSQL("SELECT unnest(%s::text[])", [codes]))


class BatchQuerySet(SuppliedQuerySet):
    def that_count(self) -> Self:
        """Batches that were stored or still may be: a second copy of these changes nothing."""
        return self.filter(state__in=[BatchState.RECEIVED, BatchState.STORING, BatchState.STORED])


class RejectQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """As the batch they belong to."""
        return self.filter(visible_to(user, path="batch__supplier__"))


class ChangeQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """As the meter they belong to."""
        return self.filter(visible_to(user, path="meter__supplier__"))


class LakeFileQuerySet(QuerySet[Any]):
    def live(self) -> Self:
        """Files that readers read."""
        return self.filter(replaced_at__isnull=True)

    def of_months(self, first: str, last: str) -> Self:
        """Files of the months from ``first`` to ``last`` ("2024-01"), both included."""
        return self.filter(month__gte=first, month__lte=last)

    def touching(self, start: datetime, end: datetime) -> Self:
        """Files that may hold readings in [start, end)."""
        unknown = Q(first_start__isnull=True)
        return self.filter(unknown | Q(first_start__lt=end, last_start__gte=start))

    def with_meter(self, code: str) -> Self:
        """Files that may hold readings of a meter."""
        return self.filter(Q(first_meter="") | Q(first_meter__lte=code, last_meter__gte=code))


class ProfileQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people."""
        return self.filter(profiles_visible_to(user))

    def on(self, day: date) -> Self:
        """Profiles of the window that ends with this day."""
        return self.filter(until=day)


class BalanceQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people: a balance may point at one of them."""
        return self.filter(profiles_visible_to(user))

    def of_months(self) -> Self:
        """Balances of whole months: clocks of meters that run apart weigh little there."""
        return self.filter(period__regex=MONTHS)

    def told(self) -> Self:
        """With ``lost_kwh``, ``lost_share`` (NULL where nothing went in) and ``beyond_kwh``.

        What is beyond the norm in force, in kWh; NULL without a norm.
        """
        went_in = NullIf(F("entered_kwh"), Value(Decimal(0)))
        lost = F("entered_kwh") - F("metered_kwh")
        allowed = F("entered_kwh") * F("norm__percent") / Decimal(100)
        exact = DecimalField(max_digits=20, decimal_places=6)
        return self.annotate(
            lost_kwh=ExpressionWrapper(lost, exact),
            lost_share=ExpressionWrapper(lost / went_in, exact),
            beyond_kwh=ExpressionWrapper(lost - allowed, exact),
        )


class DocumentQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people."""
        return self.filter(profiles_visible_to(user))


class ExemptionQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people: it would tell whom the search passes over."""
        return self.filter(profiles_visible_to(user))

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class EventQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Never for a supplier's people: loads are held against it."""
        return self.filter(profiles_visible_to(user))

    def touching(self, start: datetime, end: datetime) -> Self:
        """Events that overlap [start, end)."""
        return self.filter(begins_at__lt=end, ends_at__gt=start)
