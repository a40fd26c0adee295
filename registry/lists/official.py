"""The list of official lists."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from pages.lists import Column
from registry.choices import Kind
from registry.lists.base import RegistryList
from registry.models import OfficialList


class OfficialListFilter(django_filters.FilterSet):
    """Which list, which days."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind.choices)
    day = django_filters.DateFromToRangeFilter(label=_("As of"))

    class Meta:
        model = OfficialList
        fields = ["kind", "day"]


class OfficialListList(RegistryList):
    """Published lists as they stood on their day, newest first."""

    title = _("Official lists")
    noun = _("official lists")
    lead = _("A line that vanished from a list is a fact with a date; it changes no entry.")
    columns = (
        Column("day_word", _("As of"), kind="link", sort="day", fill=True, phone="main"),
        Column("kind_word", _("List of"), sort="kind", foot=True),
        Column("body", _("Competent body"), sort="body"),
        Column("reference", _("Publication"), foot=True),
        Column("lines", _("Lines"), kind="number", sort="lines", phone="end"),
    )
    default_sort = "-day"
    search = ("body__icontains", "reference__icontains")
    filterset_class = OfficialListFilter
    empty_text = _("Published lists come as files, under Imports.")

    def queryset(self) -> QuerySet[OfficialList]:
        rows = OfficialList.objects.visible_to(self.request.user)
        return rows.annotate(lines=Count("entries"))  # type: ignore[no-any-return]  # a queryset made by a manager

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.day_word = f"{row.day:%d.%m.%Y}"
            row.kind_word = row.get_kind_display()
        return page
