"""Chainable reads of the registry's models."""

from datetime import date
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from common.identifiers import number_in
from common.names import latin, strip_legal_form
from registry.choices import (
    ASKED_FOR,
    ENDED,
    IN_PREPARATION,
    ONCE_DECIDED,
    NumberKind,
    ProtectionState,
    Standing,
    Status,
)
from registry.policies import exchange_visible_to, may_find_number, visible_to


class VisibleQuerySet(QuerySet[Any]):
    """Rows of the registry that a person may see."""

    def visible_to(self, user: Any) -> Self:
        """The first link of every list, count, search and export."""
        return self.filter(visible_to(user))


def named(text: str, path: str = "") -> Q:
    """Names that hold every word of ``text``, in any script; ``path`` leads to the operator."""
    words = latin(strip_legal_form(text)).split()
    found = Q()
    for word in words:
        found &= Q(**{f"{path}search__contains": word})
    return found if words else Q(pk__in=())


def numbered(text: str, user: Any, path: str = "") -> Q:
    """The party with exactly this BIN; with this IIN only for who may see it.

    Else a search would confirm a guessed number to someone from whom it is masked.
    """
    number = number_in(text)
    if not number or not may_find_number(user, number):
        return Q(pk__in=())
    return Q(**{f"{path}bin": number})


def either(*queries: QuerySet[Any]) -> Q:
    """Rows that one of these queries of the same model finds, each answered by its own index.

    An OR over joins would be asked of every row of the table instead.
    """
    first, *others = (one.order_by().values("pk") for one in queries)
    return Q(pk__in=first.union(*others))


def dated(day: date, path: str = "") -> Q:
    """A period that holds the day; an open end is endless."""
    begun = Q(**{f"{path}valid_from__isnull": True}) | Q(**{f"{path}valid_from__lte": day})
    not_over = Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day})
    return begun & not_over


class DatedQuerySet(VisibleQuerySet):
    """Rows that hold for a time."""

    def on(self, day: date) -> Self:
        """Those that hold on that day."""
        return self.filter(dated(day))


class ProtectionQuerySet(VisibleQuerySet):
    """Decisions on the mark "no restriction applies"."""

    def lifting(self, day: date) -> Self:
        """Those by which the mark is lifted on that day, as far as is known now."""
        begun = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        not_given_back = Q(reversed_on__isnull=True) | Q(reversed_on__gt=day)
        return self.filter(begun & not_given_back, state__in=ONCE_DECIDED)

    def in_preparation(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=IN_PREPARATION)

    def to_sign(self) -> Self:
        """Those that wait for named persons."""
        return self.filter(state__in=(ProtectionState.PROPOSED, ProtectionState.RESTORING))


class ExchangeQuerySet(QuerySet[Any]):
    """Rows of the exchange pilot, which the National Bank and the AIFC see too."""

    def visible_to(self, user: Any) -> Self:
        """The first link of every list, count, search and export."""
        return self.filter(exchange_visible_to(user))


class OperatorQuerySet(VisibleQuerySet):
    """Companies and sole entrepreneurs."""

    def named(self, text: str) -> Self:
        """By name, in any script."""
        return self.filter(named(text))


class RegistrationQuerySet(VisibleQuerySet):
    """Entries of the registry."""

    def as_of(self, day: date) -> Self:
        """Adds ``status_on``: the status that recorded acts gave it by that day, or None before."""
        records = self.model._meta.get_field("status_records").related_model
        by_then = records._default_manager.filter(
            registration=OuterRef("pk"), effective_from__lte=day
        )
        latest = by_then.order_by("-effective_from", "-pk").values("status")[:1]
        return self.annotate(status_on=Subquery(latest))

    def in_force(self, day: date) -> Self:
        """Active on that day and within its term."""
        return self.as_of(day).filter(dated(day), status_on=Status.ACTIVE)

    def public(self, day: date) -> Self:
        """What the public register tells of a day: given, not merely asked for."""
        return self.as_of(day).filter(status_on__isnull=False).exclude(status_on__in=ASKED_FOR)

    def standing(self, standing: str, day: date) -> Self:
        """Those of ``public(day)`` that stand so on the day; a term that ran out has ended."""
        ran_out = Q(status_on=Status.ACTIVE, valid_to__lt=day)
        which = {
            Standing.IN_FORCE: Q(status_on=Status.ACTIVE) & dated(day),
            Standing.SUSPENDED: Q(status_on=Status.SUSPENDED),
            Standing.ENDED: Q(status_on__in=ENDED) | ran_out,
        }
        return self.filter(which[Standing(standing)])

    def companies(self) -> Self:
        """Without sole entrepreneurs, who are found by exact number only."""
        return self.filter(operator__kind=NumberKind.BIN)

    def named(self, text: str) -> Self:
        """By the operator's name, in any script."""
        return self.filter(named(text, "operator__"))

    def at_place(self, text: str) -> Self:
        """With a site that is named so or stands at such an address."""
        sites = self.model._meta.get_field("sites").related_model
        place = Q(name__icontains=text) | Q(address__icontains=text)
        return self.filter(
            Exists(sites._default_manager.filter(place, registration=OuterRef("pk")))
        )

    def in_region(self, prefix: str) -> Self:
        """With a site in the region whose KATO codes begin so."""
        sites = self.model._meta.get_field("sites").related_model
        here = sites._default_manager.filter(registration=OuterRef("pk"), kato__startswith=prefix)
        return self.filter(Exists(here))


class SiteQuerySet(VisibleQuerySet):
    """Places that a registration names."""


class SiteMeterQuerySet(QuerySet[Any]):
    """Meter codes that sites declare."""

    def on(self, day: date) -> Self:
        """Declared on that day."""
        return self.filter(dated(day))

    def overlapping(self, first: date | None, last: date | None) -> Self:
        """Declared on at least one day of a period; None is an open end."""
        found = self
        if last is not None:
            found = found.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=last))
        if first is not None:
            found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
        return found.order_by("code", F("valid_from").asc(nulls_first=True))


class JudgementQuerySet(VisibleQuerySet):
    """What people decided about pairs."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of_pair(self, first_id: int, second_id: int) -> Self:
        """Of these two parties, in whatever order they are given."""
        return self.filter(first_id=min(first_id, second_id), second_id=max(first_id, second_id))
