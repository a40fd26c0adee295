"""Lists of sites, equipment, supply contracts and fee returns."""

from typing import Any

import django_filters
from django.db.models import DecimalField, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from common import asic
from common.clock import today
from law.wording import UNVERIFIED, VERIFIED
from pages.lists import Column, Preset
from registry.choices import SupplyKind
from registry.lists.base import RegionFilter, RegistryList, show_operator, show_region
from registry.models import Equipment, EquipmentModel, FeeReturn, Operator, Site, SupplyContract
from registry.querysets import dated, either, named, numbered


class SiteFilter(django_filters.FilterSet):
    """Region, declared power."""

    region = RegionFilter("kato")
    declared_kw = django_filters.RangeFilter(label=_("Declared, kW"))

    class Meta:
        model = Site
        fields = ["region", "declared_kw"]


class SiteList(RegistryList):
    """Where mining is declared."""

    title = _("Sites")
    noun = _("sites")
    search_hint = _("Site, address, feeder, meter, operator")
    search = ("name__icontains",)
    columns = (
        Column("name", _("Site"), kind="link", second="address", sort="name", fill=True,
               phone="main"),
        Column("operator_name", _("Operator"), sort="registration__operator__name", foot=True),
        Column("region", _("Region"), foot=True),
        Column("connection_point", _("Connection point"), sort="connection_point"),
        Column("feeder", _("Feeder"), sort="feeder", css="id"),
        Column("declared_kw", _("Declared, kW"), kind="kw", sort="declared_kw", phone="end"),
    )  # fmt: skip
    default_sort = "name"
    filterset_class = SiteFilter
    presets = (
        Preset("all", _("All")),
        Preset("unplaced", _("Without coordinates"), lambda _user: Q(lat__isnull=True)),
        Preset("nofeeder", _("Feeder unknown"), lambda _user: Q(feeder="")),
    )
    empty_text = _("Sites come with the official list, under Imports.")

    def queryset(self) -> QuerySet[Site]:
        rows = Site.objects.visible_to(self.request.user)
        return rows.select_related("registration__operator")

    def searched(self, rows: QuerySet[Site], text: str) -> QuerySet[Site]:
        """By place, feeder, meter or operator."""
        parties = Operator.objects.filter(named(text) | numbered(text, self.request.user))
        return rows.filter(either(
            Site.objects.filter(Q(name__icontains=text) | Q(address__icontains=text)),
            Site.objects.filter(Q(feeder__iexact=text)),
            Site.objects.filter(registration__operator__in=parties.order_by()),
            Site.objects.filter(meters__code=text),
        ))  # fmt: skip

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            show_operator(row, row.registration.operator, self.request.user)
            show_region(row, row.kato)
        return page


class EquipmentFilter(django_filters.FilterSet):
    """Model, customs declaration."""

    model = django_filters.CharFilter(label=_("Model"), method="by_model")
    customs_declaration = django_filters.CharFilter(lookup_expr="icontains")

    class Meta:
        model = Equipment
        fields = ["model", "customs_declaration"]

    def by_model(self, rows: Any, _name: str, text: str) -> Any:
        """By the catalogue's name or by what the paper says."""
        return rows.filter(Q(model__name__icontains=text) | Q(described__icontains=text))


class EquipmentList(RegistryList):
    """Devices as declared, with their rated power; unknown stays unknown."""

    title = _("Equipment")
    noun = _("lots of equipment")
    search_hint = _("Model, lot, serial number, customs declaration, site")
    search = (
        "described__icontains", "lot__icontains", "customs_declaration__icontains",
        "serials__icontains", "site__name__icontains", "model__name__icontains",
    )  # fmt: skip
    columns = (
        Column("described", _("Device"), kind="link", second="model_word", sort="described",
               fill=True, phone="main"),
        Column("site_name", _("Site"), value="site.name", second="operator_name",
               sort="site__name", foot=True),
        Column("lot", _("Lot"), css="id", sort="lot"),
        Column("customs_declaration", _("Customs declaration"), css="id"),
        Column("count", _("Devices"), kind="number", sort="count", foot=True),
        Column("rated_kw", _("Rated, kW"), kind="kw", sort="rated", phone="end"),
    )  # fmt: skip
    default_sort = "described"
    filterset_class = EquipmentFilter
    presets = (
        Preset("all", _("All")),
        Preset("now", _("Standing today"), lambda _user: dated(today())),
        Preset("unknown", _("Model unknown"), lambda _user: Q(model__isnull=True)),
    )
    empty_text = _("Lots of equipment come as files, under Imports.")

    def queryset(self) -> QuerySet[Equipment]:
        watts = Cast(
            Coalesce("rated_w", "model__power_w"), DecimalField(max_digits=14, decimal_places=1)
        )
        rows = Equipment.objects.visible_to(self.request.user)
        return rows.select_related("site__registration__operator", "model").annotate(  # type: ignore[no-any-return]  # a queryset made by a manager
            rated=F("count") * watts
        )

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            show_operator(row, row.site.registration.operator, self.request.user)
            row.model_word = str(row.model) if row.model else _("not in the catalogue")
        return page


class ModelFilter(django_filters.FilterSet):
    """Maker, cooling."""

    class Meta:
        model = EquipmentModel
        fields = ["manufacturer", "cooling"]


class ModelList(RegistryList):
    """The catalogue: watts at the wall as the maker rates them, and how far they may be off."""

    title = _("Catalogue of devices")
    noun = _("models")
    lead = _("Power at the wall as the maker rates it. An unverified row gives a hint only.")
    search_hint = _("Model, maker")
    search = ("name__icontains", "manufacturer__icontains")
    columns = (
        Column("name", _("Model"), second="manufacturer", sort="name", fill=True, phone="main"),
        Column("year", _("Year"), css="num", sort="year"),
        Column("hashrate_ths", _("TH/s"), kind="number:0", sort="hashrate_ths", foot=True),
        Column("power_w", _("Rated, W"), kind="number", sort="power_w", phone="end"),
        Column("tolerance", _("Tolerance, %"), kind="number:0", foot=True),
        Column("cooling_word", _("Cooling"), value="get_cooling_display"),
        Column("source", _("Source")),
        Column("known_badge", _("Verified"), kind="badge"),
    )
    default_sort = "name"
    filterset_class = ModelFilter
    presets = (
        Preset("all", _("All")),
        Preset("unverified", _("Not verified"), lambda _user: Q(verified=False)),
    )
    empty_text = _("Models come as a file, under Imports.")

    def queryset(self) -> QuerySet[EquipmentModel]:
        return EquipmentModel.objects.visible_to(self.request.user)

    def searched(self, rows: QuerySet[EquipmentModel], text: str) -> QuerySet[EquipmentModel]:
        """By name or maker, and by the name as papers write it: "S19JPRO-104T"."""
        found = Q(name__icontains=text) | Q(manufacturer__icontains=text)
        if (device := asic.find(text)) is not None:
            found |= Q(key=asic.key(device.model))
        return rows.filter(found)

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.known_badge = VERIFIED if row.verified else UNVERIFIED
        return page


class ContractFilter(django_filters.FilterSet):
    """Way of supply, period."""

    kind = django_filters.MultipleChoiceFilter(label=_("Way of supply"), choices=SupplyKind.choices)
    valid_to = django_filters.DateFromToRangeFilter(label=_("Term ends"))

    class Meta:
        model = SupplyContract
        fields = ["kind", "valid_to"]


class ContractList(RegistryList):
    """Where the power comes from."""

    title = _("Supply contracts")
    noun = _("supply contracts")
    search_hint = _("Number, supplier, operator")
    search = ("number__icontains",)
    columns = (
        Column("operator_name", _("Operator"), kind="link", sort="operator__name", fill=True,
               phone="main"),
        Column("number", _("Number"), css="id", sort="number", foot=True),
        Column("kind_word", _("Way of supply"), sort="kind", foot=True),
        Column("supplier_name", _("Supplier"), sort="supplier_name"),
        Column("kw", _("Power, kW"), kind="kw", sort="kw", phone="end"),
        Column("kwh", _("Energy, kWh"), kind="number", sort="kwh"),
        Column("kzt_per_kwh", _("KZT a kWh"), kind="number:2", sort="kzt_per_kwh"),
        Column("valid_from", _("From"), kind="date", sort="valid_from"),
        Column("valid_to", _("Until"), kind="date", sort="valid_to"),
    )  # fmt: skip
    default_sort = "-valid_from"
    filterset_class = ContractFilter
    presets = (
        Preset("all", _("All")),
        Preset("now", _("Running today"), lambda _user: dated(today())),
    )
    empty_text = _("Contracts come as files, under Imports.")

    def queryset(self) -> QuerySet[SupplyContract]:
        rows = SupplyContract.objects.visible_to(self.request.user)
        return rows.select_related("operator")

    def searched(self, rows: Any, text: str) -> Any:
        """By number, supplier or operator."""
        found = Q(number__icontains=text) | Q(supplier_name__icontains=text)
        party = named(text, "operator__") | numbered(text, self.request.user, "operator__")
        return rows.filter(found | party)

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            show_operator(row, row.operator, self.request.user)
            row.kind_word = row.get_kind_display()
        return page


class FeeReturnFilter(django_filters.FilterSet):
    """Year, quarter."""

    year = django_filters.NumberFilter(label=_("Year"))
    quarter = django_filters.ChoiceFilter(
        label=_("Quarter"), choices=[(n, str(n)) for n in range(1, 5)]
    )

    class Meta:
        model = FeeReturn
        fields = ["year", "quarter"]


class FeeReturnList(RegistryList):
    """What was declared for the fee; a payment that nobody reported is unknown, not zero."""

    title = _("Fee returns")
    noun = _("fee returns")
    search_hint = _("Operator")
    search = ("operator__name__icontains",)
    columns = (
        Column("operator_name", _("Operator"), kind="link", sort="operator__name", fill=True,
               phone="main"),
        Column("period", _("Quarter"), sort="year,quarter", foot=True),
        Column("version", _("Version"), kind="number"),
        Column("kwh", _("Energy, kWh"), kind="number", sort="kwh", phone="end"),
        Column("rate_kzt", _("KZT a kWh"), kind="number:2", sort="rate_kzt"),
        Column("due_kzt", _("Due, KZT"), kind="number", sort="due_kzt", foot=True),
        Column("paid_kzt", _("Paid, KZT"), kind="number", sort="paid_kzt"),
        Column("filed_on", _("Filed"), kind="date", sort="filed_on"),
    )  # fmt: skip
    default_sort = ("-year", "-quarter")
    filterset_class = FeeReturnFilter
    presets = (
        Preset("all", _("All")),
        Preset("unpaid", _("Paid less than due"), lambda _user: Q(paid_kzt__lt=F("due_kzt"))),
        Preset("unknown", _("Payment unknown"), lambda _user: Q(paid_kzt__isnull=True)),
    )
    empty_text = _("Returns come as files, under Imports.")

    def queryset(self) -> QuerySet[FeeReturn]:
        rows = FeeReturn.objects.visible_to(self.request.user)
        return rows.select_related("operator")

    def searched(self, rows: Any, text: str) -> Any:
        """By the operator."""
        return rows.filter(
            named(text, "operator__") | numbered(text, self.request.user, "operator__")
        )

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            show_operator(row, row.operator, self.request.user)
            row.period = f"{row.quarter}/{row.year}"
        return page
