"""The list of decisions on the mark "no restriction applies"."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pages.lists import Column, Preset
from registry.choices import IN_PREPARATION, ProtectionState
from registry.lists.base import RegistryList
from registry.models import ProtectionDecision
from registry.querysets import named

TO_SIGN = (ProtectionState.PROPOSED, ProtectionState.RESTORING)


class ProtectionFilter(django_filters.FilterSet):
    """How far, and since when the mark is lifted."""

    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=ProtectionState.choices)
    valid_from = django_filters.DateFromToRangeFilter(label=_("Lifted from"))

    class Meta:
        model = ProtectionDecision
        fields = ["state", "valid_from"]


class ProtectionList(RegistryList):
    """What is under way, what waits for named persons, which marks are lifted."""

    title = _("Decisions on the mark")
    noun = _("decisions on the mark")
    lead = _("Only a decision of named persons, after the party was heard, lifts the mark.")
    columns = (
        Column("operator_name", _("Operator"), kind="link", sort="operator__name", fill=True,
               phone="main"),
        Column("badge", _("State"), kind="badge", sort="state", phone="end"),
        Column("body", _("Lead body"), value="lead_agency.name", sort="lead_agency__code",
               foot=True),
        Column("hearing_on", _("Hearing"), kind="date", sort="hearing_on", foot=True),
        Column("valid_from", _("Lifted from"), kind="date", sort="valid_from"),
        Column("valid_until", _("Lifted until"), kind="date", sort="valid_until"),
        Column("drafted_at", _("Drafted"), kind="date", sort="drafted_at"),
    )  # fmt: skip
    default_sort = "-drafted_at"
    search = ("operator__name__icontains",)
    filterset_class = ProtectionFilter
    presets = (
        Preset("open", _("Under way"), lambda _user: Q(state__in=(*IN_PREPARATION, *TO_SIGN))),
        Preset("sign", _("Wait for named persons"), lambda _user: Q(state__in=TO_SIGN)),
        Preset("lifted", _("Mark lifted"), lambda _user: Q(state=ProtectionState.DECIDED)),
        Preset("all", _("All")),
    )
    empty_text = _("A decision is prepared from the page of an operator that carries the mark.")

    def queryset(self) -> QuerySet[ProtectionDecision]:
        rows = ProtectionDecision.objects.visible_to(self.request.user)
        return rows.select_related("operator", "lead_agency")

    def searched(self, rows: QuerySet[ProtectionDecision], text: str) -> Any:
        """By the operator's name, in any script."""
        return rows.filter(named(text, "operator__"))

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.operator_name = row.operator.display_name
        return page
