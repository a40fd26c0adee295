"""The list of registrations."""

from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Left
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.regions import region_of
from pages.lists import Column, ListPage, Preset
from registry.choices import ASKED_FOR, ENDED, Kind, Status
from registry.lists.base import show_mark
from registry.models import Operator, Registration, Site
from registry.policies import may_see_iin, may_see_registry
from registry.querysets import either, named, numbered
from registry.selectors.declared import is_in_force
from registry.selectors.marks import marked
from registry.wording import RAN_OUT, regions, status_badge


class RegistrationFilter(django_filters.FilterSet):
    """Status, kind, region, end of term."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=Status.choices)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind.choices)
    region = django_filters.MultipleChoiceFilter(label=_("Region"), choices=(), method="in_region")
    valid_to = django_filters.DateFromToRangeFilter(label=_("Term ends"))

    class Meta:
        model = Registration
        fields = ["status", "kind", "region", "valid_to"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Names in the reader's language, so not before there is a reader.
        self.filters["region"].extra["choices"] = regions()

    def in_region(
        self, rows: QuerySet[Registration], _name: str, prefixes: list[str]
    ) -> QuerySet[Registration]:
        """With a site in one of the regions."""
        if not prefixes:
            return rows
        here = Site.objects.annotate(region=Left("kato", 2)).filter(region__in=prefixes)
        return rows.filter(Exists(here.filter(registration=OuterRef("pk"))))


class RegistrationList(ListPage):
    """Who may mine, where, with how much power."""

    title = _("Registry")
    template_name = "registry/list.html"
    noun = _("registrations")
    lead = _("White miners: in force means that no restriction applies.")
    search = ("number__icontains",)
    search_hint = _("Number, BIN, name, meter")
    columns = (
        Column(
            "operator_name",
            _("Operator"),
            kind="link",
            sort="operator__name",
            fill=True,
            phone="main",
        ),
        Column("operator_number", _("BIN"), sort="operator__bin", css="id", foot=True),
        Column("number", _("Number"), sort="number", css="id", second="kind_word", foot=True),
        Column("region", _("Region"), foot=True),
        Column("sites_count", _("Sites"), kind="number", sort="sites_count"),
        Column("declared_kw", _("Declared, kW"), kind="kw", sort="declared_kw", foot=True),
        Column("valid_to", _("Valid to"), kind="date", sort="valid_to"),
        Column("badge", _("Status"), kind="badge", sort="status", phone="end"),
        Column("mark", _("Mark"), template="registry/cells/mark.html", foot=True),
    )
    default_sort = "operator__name"
    filterset_class = RegistrationFilter
    presets = (
        Preset("all", _("All")),
        Preset("active", _("Entries in force"), lambda _user: Q(status=Status.ACTIVE)),
        Preset("asked", _("Asked for"), lambda _user: Q(status__in=ASKED_FOR)),
        Preset("suspended", _("Suspended"), lambda _user: Q(status=Status.SUSPENDED)),
        Preset("ended", _("Ended"), lambda _user: Q(status__in=ENDED)),
    )
    empty_text = _("An administrator brings the official list in under Administration, Imports.")

    def allowed(self) -> bool:
        return may_see_registry(self.request.user)

    def queryset(self) -> QuerySet[Registration]:
        places = Site.objects.filter(registration=OuterRef("pk")).order_by()
        totals = places.values("registration")
        return (  # type: ignore[no-any-return]  # a queryset made by a manager
            Registration.objects.visible_to(self.request.user)
            .select_related("operator")
            .annotate(
                sites_count=Subquery(totals.annotate(n=Count("pk")).values("n")),
                declared_kw=Subquery(totals.annotate(kw=Sum("declared_kw")).values("kw")),
                kato=Subquery(places.order_by("pk").values("kato")[:1]),
            )
        )

    def searched(self, rows: QuerySet[Registration], text: str) -> QuerySet[Registration]:
        """A BIN and a meter exactly, a number by its part, a name in any script."""
        everything = Registration.objects.order_by()
        parties = Operator.objects.filter(named(text) | numbered(text, self.request.user))
        sites = Site.objects.filter(meters__code=text)
        return rows.filter(either(
            everything.filter(number__icontains=text),
            everything.filter(operator__in=parties.order_by()),
            everything.filter(pk__in=sites.values("registration")),
        ))  # fmt: skip

    def rows(self, page: list[Any]) -> list[Any]:
        reads_iin = may_see_iin(self.request.user)
        on, language = today(), get_language() or "ru"
        holders = marked({row.operator_id for row in page}, on)
        for row in page:
            region = region_of(row.kato or "")
            row.operator_name = row.operator.display_name
            row.operator_number = row.operator.bin if reads_iin else row.operator.masked_number
            row.kind_word = row.get_kind_display()
            row.region = region.name(language) if region else ""
            in_force = is_in_force(row.status, row.valid_from, row.valid_to, on)
            over = row.status == Status.ACTIVE and not in_force
            show_mark(row, protected=row.operator_id in holders)
            row.badge = RAN_OUT if over else status_badge(row.status)
        return page
