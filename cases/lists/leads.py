"""The queue of leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases import actions, policies
from cases.choices import OPEN_LEADS, LeadSource, LeadState
from cases.models import Case, Lead
from cases.selectors.registry_box import marked_among
from cases.selectors.terms import days_left
from cases.selectors.waiting import short_region
from common import clock
from pages.lists import BulkAct, Column, ListPage, Preset, ReasonForm
from pages.parts import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User

from cases.lists.words import mark_words, mw_words, region_choices

FROM_KW = 500


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead as its line shows it."""

    lead: Lead
    protected: bool

    def __str__(self) -> str:
        return self.lead.number

    @property
    def pk(self) -> int:
        return self.lead.pk

    @property
    def mark(self) -> str:
        return mark_words(protected=self.protected)

    @property
    def mw(self) -> str:
        return mw_words(self.lead.est_kw_low, self.lead.est_kw_high)

    @property
    def mw_value(self) -> float | None:
        return self.lead.kw

    @property
    def region(self) -> str:
        return short_region(self.lead.region)

    @property
    def days(self) -> int | None:
        return days_left(self.lead.due_on) if self.lead.state in OPEN_LEADS else None

    def get_absolute_url(self) -> str:
        return self.lead.get_absolute_url()


class LeadFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        choices=LeadState.choices, label=_("State"), widget=forms.CheckboxSelectMultiple
    )
    source = django_filters.MultipleChoiceFilter(
        choices=LeadSource.choices, label=_("Source"), widget=forms.CheckboxSelectMultiple
    )
    region = django_filters.ChoiceFilter(choices=region_choices, label=_("Region"))
    mw = django_filters.NumberFilter(method="from_mw", label=_("From, MW"))
    meter = django_filters.CharFilter(label=_("Meter"))

    class Meta:
        model = Lead
        fields = ["state", "source", "region", "meter"]

    def from_mw(self, rows: Any, name: str, value: Any) -> Any:
        return rows.from_kw(float(value) * 1000)


class DeferMany(ReasonForm):
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))


class AttachMany(forms.Form):
    case = forms.CharField(label=_("Number of the case"), max_length=16)


class LeadList(ListPage):
    title = _("Queue of leads")
    noun = _("leads")
    columns = (
        Column(
            "number", _("Number"), value="lead.number", second="lead.get_source_display",
            sort="number", css="id", foot=True,
        ),
        Column(
            "title", _("Lead and reasons"), kind="link", value="lead.words", second="lead.why",
            fill=True, phone="main",
        ),
        Column("region", _("Region"), sort="region", foot=True),
        Column("mw", _("MW"), css="num", sort="est_kw_high", foot=True, unit=_("MW")),
        Column("confidence", _("Conf."), kind="number:2", value="lead.confidence",
               sort="confidence", title=_("Confidence, 0 to 1")),
        Column("mark", _("Mark"), template="registry/cells/mark.html", foot=True),
        Column("days", _("Days"), kind="days", sort="due_on", phone="end",
               title=_("Working days left")),
    )  # fmt: skip
    default_sort = "-rank"
    sort_word = _("MW × confidence × term")
    search = ("search",)
    filterset_class = LeadFilter
    presets = (
        Preset("open", _("To triage"), lambda user: Q(state__in=OPEN_LEADS)),
        Preset("mine", _("Mine"), lambda user: Q(taken_by=user, state__in=OPEN_LEADS)),
        Preset(
            "big", _("New from 0.5 MW"),
            lambda user: Q(state=LeadState.NEW, est_kw_high__gte=FROM_KW),
        ),
        Preset(
            "late", _("Overdue"),
            lambda user: Q(state__in=OPEN_LEADS, due_on__lt=clock.today()),
        ),
        Preset("second", _("Second person"), lambda user: Q(state=LeadState.AWAITING_SECOND)),
        Preset("deferred", _("Deferred"), lambda user: Q(state=LeadState.DEFERRED)),
        Preset("tips", _("Tips"), lambda user: Q(source=LeadSource.TIP)),
        Preset("all", _("All")),
    )  # fmt: skip
    bulk = (
        BulkAct("take", _("Take"), allowed=policies.is_worker),
        BulkAct("defer", _("Defer…"), form=DeferMany, allowed=policies.is_worker),
        BulkAct("dismiss", _("Dismiss…"), form=ReasonForm, allowed=policies.is_worker, danger=True),
        BulkAct("attach", _("Attach to a case…"), form=AttachMany, allowed=policies.is_worker,
                minor=True),
    )  # fmt: skip
    kw_path = "mw_value"
    open_first = True
    empty_text = _("Findings arrive every morning, tips as they are filed.")

    def allowed(self) -> bool:
        return policies.may_see_leads(self.request.user)

    def acts(self) -> list[Act]:
        if not policies.may_raise_referral(self.person):
            return []
        return [Act(_("Enter a referral"), reverse("leads:referral"), icon="mail-plus")]

    def queryset(self) -> QuerySet[Lead]:
        rows: QuerySet[Lead] = Lead.objects.visible_to(self.request.user).ranked(clock.today())
        return rows

    def searched(self, rows: Any, text: str) -> Any:
        return rows.searched(text)

    def rows(self, page: list[Lead]) -> Sequence[LeadRow]:
        marked = marked_among(page)
        return [LeadRow(lead, protected=lead.pk in marked) for lead in page]

    def preview_url(self, row: LeadRow) -> str:
        return reverse("leads:preview", args=[row.lead.number])

    @property
    def person(self) -> User:
        """Whoever acts; the page is closed to the anonymous."""
        return cast("User", self.request.user)

    def bulk_take(self, rows: Sequence[Lead], answers: dict[str, Any]) -> str:
        return self.each(
            rows,
            lambda lead: actions.take_lead(lead=lead, actor=self.person),
            lambda n: ngettext("%(n)d lead taken.", "%(n)d leads taken.", n) % {"n": n},
        )

    def bulk_defer(self, rows: Sequence[Lead], answers: dict[str, Any]) -> str:
        return self.each(
            rows,
            lambda lead: actions.defer_lead(lead=lead, actor=self.person, **answers),
            lambda n: ngettext("%(n)d lead deferred.", "%(n)d leads deferred.", n) % {"n": n},
        )

    def bulk_dismiss(self, rows: Sequence[Lead], answers: dict[str, Any]) -> str:
        return self.each(
            rows,
            lambda lead: actions.dismiss_lead(lead=lead, actor=self.person, **answers),
            lambda n: ngettext("%(n)d lead dismissed.", "%(n)d leads dismissed.", n) % {"n": n},
        )

    def bulk_attach(self, rows: Sequence[Lead], answers: dict[str, Any]) -> str:
        visible = Case.objects.visible_to(self.request.user)
        case = visible.filter(number=answers["case"].strip()).first()
        if case is None:
            return str(_("Nothing was done: there is no such case."))
        return self.each(
            rows,
            lambda lead: actions.attach_lead(lead=lead, case=case, actor=self.person),
            lambda n: ngettext("%(n)d lead attached.", "%(n)d leads attached.", n) % {"n": n},
        )
