"""The list of operators."""

from typing import Any

import django_filters
from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from common.clock import today
from pages.lists import Column, Preset
from registry.choices import NumberKind, Status
from registry.lists.base import (
    RegionFilter,
    RegistryList,
    show_mark,
    show_operator,
    show_region,
)
from registry.models import Operator, Registration, Site
from registry.querysets import named, numbered
from registry.selectors.marks import marked


class OperatorFilter(django_filters.FilterSet):
    """Company or person, region of the address."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=NumberKind.choices)
    region = RegionFilter("kato")

    class Meta:
        model = Operator
        fields = ["kind", "region"]


class OperatorList(RegistryList):
    """Companies and sole entrepreneurs, with what they hold and declare."""

    title = _("Operators")
    noun = _("operators")
    search = ("name__icontains",)
    search_hint = _("BIN or name")
    columns = (
        Column("operator_name", _("Operator"), kind="link", sort="name", fill=True, phone="main"),
        Column("operator_number", _("BIN"), css="id", foot=True),
        Column("legal_form", _("Legal form"), sort="legal_form"),
        Column("region", _("Region"), foot=True),
        Column("in_force", _("In force"), kind="number", sort="in_force"),
        Column("declared_kw", _("Declared, kW"), kind="kw", sort="declared_kw", phone="end"),
        Column("mark", _("Mark"), template="registry/cells/mark.html", foot=True),
    )
    default_sort = "name"
    filterset_class = OperatorFilter
    presets = (
        Preset("all", _("All")),
        Preset("active", _("With an entry in force"), lambda _user: Q(in_force__gt=0)),
        Preset("none", _("Without an entry in force"), lambda _user: Q(in_force__isnull=True)),
    )
    empty_text = _("Operators come with the official list, under Imports.")

    def queryset(self) -> QuerySet[Operator]:
        given = Registration.objects.filter(operator=OuterRef("pk"), status=Status.ACTIVE)
        places = Site.objects.filter(registration__operator=OuterRef("pk"))
        count = given.order_by().values("operator").annotate(n=Count("pk")).values("n")
        power = places.order_by().values("registration__operator").annotate(kw=Sum("declared_kw"))
        return Operator.objects.visible_to(self.request.user).annotate(  # type: ignore[no-any-return]  # a queryset made by a manager
            in_force=Subquery(count),
            declared_kw=Subquery(power.values("kw"), output_field=DecimalField()),
        )

    def searched(self, rows: QuerySet[Operator], text: str) -> QuerySet[Operator]:
        """A name in any script; a number exactly, a person's only for who may see it."""
        return rows.filter(named(text) | numbered(text, self.request.user))

    def rows(self, page: list[Any]) -> list[Any]:
        bearers = marked({row.pk for row in page}, today())
        for row in page:
            show_mark(row, protected=row.pk in bearers)
            show_operator(row, row, self.request.user)
            show_region(row, row.kato)
        return page
