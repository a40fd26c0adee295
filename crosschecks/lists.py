"""The list of findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.regions import region_of
from crosschecks import actions, policies
from crosschecks.catalogue import CHECKS
from crosschecks.choices import LIVE_STATES, Decision, FindingState, Severity
from crosschecks.forms import SuppressForm
from crosschecks.models import Finding
from crosschecks.selectors.runs import title_of
from crosschecks.wording import decision_badge, finding_badge, severity_badge
from pages.badges import Badge
from pages.lists import BulkAct, Column, ListPage, Preset
from pages.wording import language


@dataclass(frozen=True)
class FindingRow:
    """A finding as the list tells it."""

    finding: Finding
    title: str
    region: str

    @property
    def pk(self) -> int:
        return self.finding.pk

    @property
    def name(self) -> str:
        return self.finding.label or self.finding.subject

    @property
    def party(self) -> str:
        return self.finding.party_name

    @property
    def kw(self) -> float | None:
        return self.finding.est_kw_high

    @property
    def last_seen(self) -> date:
        return self.finding.last_seen

    @property
    def state(self) -> Badge:
        return finding_badge(self.finding.state)

    @property
    def severity(self) -> Badge:
        return severity_badge(self.finding.severity)

    @property
    def decision(self) -> Badge | None:
        return decision_badge(self.finding.decision)

    def get_absolute_url(self) -> str:
        return self.finding.get_absolute_url()

    def __str__(self) -> str:
        return self.name


class FindingFilter(django_filters.FilterSet):
    check_slug = django_filters.ChoiceFilter(
        label=_("Check"), choices=lambda: [(one.slug, one.title) for one in CHECKS]
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=FindingState.choices)
    severity = django_filters.ChoiceFilter(label=_("Weight"), choices=Severity.choices)
    decision = django_filters.ChoiceFilter(
        label=_("Decision"), choices=Decision.choices, null_label=None
    )

    class Meta:
        model = Finding
        fields = ["check_slug", "state", "severity", "decision"]


class FindingList(ListPage):
    """All findings, the live ones first; putting many aside takes one reason and one day."""

    title = _("Findings of the cross-checks")
    noun = _("findings")
    columns = (
        Column("name", _("Finding"), kind="link", second="title", fill=True, phone="main"),
        Column("party", _("Party"), second="region", sort="party_name"),
        Column("kw", _("Estimate"), kind="kw", sort="est_kw_high", foot=True),
        Column("severity", _("Weight"), kind="badge"),
        Column("last_seen", _("Seen last"), kind="date", sort="last_seen", foot=True),
        Column("decision", _("Decision"), kind="badge"),
        Column("state", _("State"), kind="badge", phone="end"),
    )
    default_sort = "-last_seen"
    search = ("label__icontains", "party_name__icontains", "party_bin", "subject__icontains")
    filterset_class = FindingFilter
    presets = (
        Preset("live", _("Live"), lambda user: Q(state__in=LIVE_STATES)),
        Preset("undecided", _("Undecided"), lambda user: Q(state__in=LIVE_STATES, decision="")),
        Preset("gone", _("Gone"), lambda user: Q(state=FindingState.GONE)),
        Preset("all", _("All")),
    )
    bulk = (BulkAct("suppress", _("Put aside…"), form=SuppressForm, allowed=policies.may_suppress),)
    empty_text = _("Findings appear after the nightly runs.")
    kw_path = "est_kw_high"

    def allowed(self) -> bool:
        return policies.may_see_checks(self.request.user)

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Finding.objects.visible_to(self.request.user)
        return rows

    def rows(self, page: list[Any]) -> Sequence[Any]:
        return [FindingRow(one, title_of(one.check_slug), _region(one.kato)) for one in page]

    def bulk_suppress(self, rows: Sequence[Finding], answers: dict[str, Any]) -> str:
        def put_aside(finding: Finding) -> None:
            actions.suppress_finding(
                finding=finding,
                reason=answers["reason"],
                until=answers["until"],
                actor=self.request.user,
            )

        return self.each(rows, put_aside, _put_aside_words)


def _put_aside_words(count: int) -> str:
    return ngettext("%(n)s finding put aside.", "%(n)s findings put aside.", count) % {"n": count}


def _region(kato: str) -> str:
    region = region_of(kato)
    return getattr(region, f"name_{language()}") if region else ""
