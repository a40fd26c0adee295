"""Chainable reads of leads, tips and cases; every list begins with ``visible_to``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from cases import policies
from cases.choices import OPEN_LEADS, UNDECIDED, UNDER_WAY, Audience, LeadState
from common.names import fold

if TYPE_CHECKING:
    from cases.policies import Person

# Without an estimate a lead is ranked as a small, doubtful one rather than dropped.
RANK_KW, RANK_CONFIDENCE = 100.0, 0.3


class SearchedQuerySet(QuerySet[Any]):
    def searched(self, text: str) -> Self:
        """Rows that hold every word, whatever its case, Kazakh or Russian letters."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found


class LeadQuerySet(SearchedQuerySet):
    def visible_to(self, user: Person) -> Self:
        return self.filter(policies.visible_leads(user))

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def by_two_persons(self) -> Self:
        """Those that one official proposed and another one confirmed."""
        proposed = self.filter(proposed_by__isnull=False, state=LeadState.PROMOTED)
        return proposed.exclude(decided_by=F("proposed_by"))

    def to_triage(self) -> Self:
        """What lies in the queue now; deferred leads come back on their day."""
        return self.filter(state__in=OPEN_LEADS)

    def overdue(self, on: date) -> Self:
        return self.filter(state__in=(LeadState.NEW, LeadState.TAKEN), due_on__lt=on)

    def to_wake(self, on: date) -> Self:
        return self.filter(state=LeadState.DEFERRED, deferred_until__lte=on)

    def from_kw(self, kw: float) -> Self:
        return self.filter(Q(est_kw_high__gte=kw) | Q(est_kw_high=None, est_kw_low__gte=kw))

    def ranked(self, on: date) -> Self:
        """Annotates ``rank``: MW × confidence × urgency; overdue counts three times."""
        power = Coalesce(
            (F("est_kw_low") + F("est_kw_high")) / 2.0, "est_kw_high", "est_kw_low", RANK_KW
        )
        urgency = Case(
            When(due_on__lt=on, then=3.0),
            When(due_on__lte=on + timedelta(days=1), then=2.0),
            When(due_on__lte=on + timedelta(days=4), then=1.5),
            default=1.0,
            output_field=FloatField(),
        )
        return self.annotate(rank=power * Coalesce("confidence", RANK_CONFIDENCE) * urgency)


class TipQuerySet(QuerySet[Any]):
    def visible_to(self, user: Person) -> Self:
        return self.filter(policies.visible_tips(user))

    def of(self, user: Person) -> Self:
        """The person's own tips; anonymous ones belong to nobody."""
        return self.filter(policies.own_tips(user))


class TipFileQuerySet(QuerySet[Any]):
    def unsent(self) -> Self:
        return self.filter(tip=None)

    def visible_to(self, user: Person) -> Self:
        return self.filter(tip__isnull=False) if policies.may_see_leads(user) else self.none()


class CaseQuerySet(SearchedQuerySet):
    def visible_to(self, user: Person) -> Self:
        return self.filter(policies.visible_cases(user))

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def overdue(self, on: date) -> Self:
        return self.under_way().filter(due_on__lt=on)

    def with_people(self) -> Self:
        return self.select_related("owner", "lead_agency")

    def with_participants(self) -> Self:
        return self.prefetch_related("participations__agency")

    def with_counts(self) -> Self:
        """Annotates how many opinions were asked and how many came in."""
        asked = self.model._meta.get_field("opinions").related_model.objects.filter(
            case=OuterRef("pk")
        )
        counted = asked.order_by().values("case").annotate(n=Count("pk"))
        came = asked.exclude(answer="").order_by().values("case").annotate(n=Count("pk"))
        return self.annotate(
            opinions_asked=Coalesce(Subquery(counted.values("n")), 0),
            opinions_given=Coalesce(Subquery(came.values("n")), 0),
        )

    def offers_expired(self, on: date) -> Self:
        return self.filter(handover_until__lt=on)


class ParticipationQuerySet(QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(until=None)

    def at(self, moment: datetime) -> Self:
        return self.filter(since__lte=moment).filter(Q(until=None) | Q(until__gt=moment))


class OfCaseQuerySet(QuerySet[Any]):
    """Rows that are seen by whoever sees their case."""

    def visible_to(self, user: Person) -> Self:
        cases = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases.objects.visible_to(user).values("pk"))


class TaskQuerySet(OfCaseQuerySet):
    def to_do(self) -> Self:
        return self.filter(done_at=None, case__state__in=UNDER_WAY)

    def due_by(self, day: date) -> Self:
        return self.to_do().filter(due_on__lte=day)


class OpinionQuerySet(OfCaseQuerySet):
    def awaited(self) -> Self:
        return self.filter(answer="", case__state__in=UNDER_WAY)


class CommentQuerySet(OfCaseQuerySet):
    def visible_to(self, user: Person) -> Self:
        return super().visible_to(user).filter(policies.visible_comments(user))

    def for_participants(self) -> Self:
        return self.filter(audience=Audience.PARTICIPANTS)


class EvidenceQuerySet(OfCaseQuerySet):
    def indicators(self) -> Self:
        return self.filter(indicator=True)


class CitationQuerySet(QuerySet[Any]):
    """Rules of the law that cases rest on."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
