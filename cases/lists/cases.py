"""The list of cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases import policies
from cases.choices import UNDER_WAY, CaseState
from cases.models import Case
from cases.selectors.registry_box import marked_among
from cases.selectors.terms import days_left
from cases.selectors.waiting import region_name
from common import clock
from pages.lists import Column, ListPage, Preset

if TYPE_CHECKING:
    from collections.abc import Sequence


from cases.lists.words import mark_words, mw_words, region_choices


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its line shows it."""

    case: Case
    protected: bool

    def __str__(self) -> str:
        return self.case.number

    @property
    def pk(self) -> int:
        return self.case.pk

    @property
    def under(self) -> str:
        parts = (self.case.party_name, self.case.place, region_name(self.case.region))
        return "; ".join(part for part in parts if part)

    @property
    def mark(self) -> str:
        return mark_words(protected=self.protected)

    @property
    def mw(self) -> str:
        return mw_words(self.case.est_kw_low, self.case.est_kw_high)

    @property
    def opinions(self) -> str:
        asked = getattr(self.case, "opinions_asked", 0)
        return f"{getattr(self.case, 'opinions_given', 0)}/{asked}" if asked else "–"

    @property
    def days(self) -> int | None:
        return days_left(self.case.due_on) if self.case.state in UNDER_WAY else None

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


class CaseFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        choices=CaseState.choices, label=_("State"), widget=forms.CheckboxSelectMultiple
    )
    region = django_filters.ChoiceFilter(choices=region_choices, label=_("Region"))

    class Meta:
        model = Case
        fields = ["state", "region", "lead_agency", "outcome"]


class CaseList(ListPage):
    title = _("Cases")
    noun = _("cases")
    columns = (
        Column("number", _("Number"), value="case.number", sort="number", css="id", foot=True),
        Column("title", _("Case"), kind="link", value="case.title", second="under", fill=True,
               phone="main"),
        Column("state", _("State"), kind="badge", value="case.badge", sort="state", foot=True),
        Column("lead", _("Lead body"), value="case.lead_agency.name", second="case.owner.full_name",
               sort="lead_agency__code", css="text-nowrap"),
        Column("opinions", _("Opinions"), css="num", title=_("Given of asked")),
        Column("mw", _("MW"), css="num", sort="est_kw_high", foot=True, unit=_("MW")),
        Column("opened", _("Opened"), kind="date", value="case.opened_at", sort="opened_at"),
        Column("mark", _("Mark"), template="registry/cells/mark.html", foot=True),
        Column("days", _("Days"), kind="days", sort="due_on", phone="end",
               title=_("Working days left")),
    )  # fmt: skip
    default_sort = ("due_on",)
    filterset_class = CaseFilter
    search = ("search",)
    presets = (
        Preset("running", _("Under way"), lambda user: Q(state__in=UNDER_WAY)),
        Preset("mine", _("Mine"), lambda user: Q(owner=user, state__in=UNDER_WAY)),
        Preset(
            "ours", _("Led by my body"),
            lambda user: Q(lead_agency=user.agency, state__in=UNDER_WAY),
        ),
        Preset(
            "late", _("Overdue"), lambda user: Q(state__in=UNDER_WAY, due_on__lt=clock.today())
        ),
        Preset("decision", _("Up for decision"), lambda user: Q(state=CaseState.DECISION)),
        Preset("closed", _("Closed"), lambda user: Q(state=CaseState.CLOSED)),
        Preset("all", _("All")),
    )  # fmt: skip
    empty_text = _("A case begins with a lead that somebody promotes.")

    def allowed(self) -> bool:
        return policies.may_see_cases(self.request.user)

    def queryset(self) -> QuerySet[Case]:
        visible = Case.objects.visible_to(self.request.user)
        rows: QuerySet[Case] = visible.with_people().with_counts()
        return rows

    def searched(self, rows: Any, text: str) -> Any:
        return rows.searched(text)

    def rows(self, page: list[Case]) -> Sequence[CaseRow]:
        marked = marked_among(page)
        return [CaseRow(case, protected=case.pk in marked) for case in page]
