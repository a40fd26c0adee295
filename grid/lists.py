"""The lists of batches and of meters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.regions import region_of
from grid.choices import BatchState, EventKind, LookAlike, Pattern
from grid.forms import regions
from grid.models import Exemption, FeederBalance, GridEvent, Meter, ReadingBatch, Supplier
from grid.policies import may_exempt, may_see_grid, may_see_profiles, may_upload_something
from grid.profiles.profile import MINING_LIKE
from grid.querysets import MONTHS
from grid.selectors.exempting import exemptions_of
from grid.selectors.profiles import last_profiled_day
from grid.wording import (
    balance_badge,
    batch_badge,
    exempt_to,
    exemption_badge,
    pattern_badge,
    verified_badge,
)
from pages.badges import Badge
from pages.lists import Column, ListPage, Preset
from pages.parts import Act


def _suppliers(request: Any) -> QuerySet[Supplier]:
    return Supplier.objects.visible_to(request.user) if request else Supplier.objects.none()


class BatchFilter(django_filters.FilterSet):
    """Supplier, state, when received."""

    supplier = django_filters.ModelChoiceFilter(label=_("Supplier"), queryset=_suppliers)
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=BatchState.choices)
    received_at = django_filters.DateFromToRangeFilter(label=_("Received"))

    class Meta:
        model = ReadingBatch
        fields = ["supplier", "state", "received_at"]


@dataclass(frozen=True)
class BatchRow:
    """A batch as the list tells it."""

    batch: ReadingBatch

    def __getattr__(self, name: str) -> Any:
        return getattr(self.batch, name)

    @property
    def badge(self) -> Badge:
        return batch_badge(self.batch.state)


class BatchList(ListPage):
    """Every file of readings that was sent."""

    title = _("Batches of readings")
    noun = _("batches")
    columns = (
        Column(
            "file_name", _("File"), kind="link", second="supplier.name", fill=True, phone="main"
        ),
        Column("received_at", _("Received"), kind="moment", sort="received_at", foot=True),
        Column("rows_stored", _("Readings"), kind="number", sort="rows_stored", foot=True),
        Column("meters", _("Meters"), kind="number"),
        Column("rows_rejected", _("Refused"), kind="number", sort="rows_rejected"),
        Column("coverage", _("Coverage"), kind="percent"),
        Column("badge", _("State"), kind="badge", phone="end"),
    )
    default_sort = "-pk"
    search = ("file_name__icontains", "sha256__startswith")
    search_hint = _("File name or hash")
    filterset_class = BatchFilter
    empty_text = _("A batch appears here as soon as a supplier has sent a file.")

    def allowed(self) -> bool:
        return may_see_grid(self.request.user)

    def queryset(self) -> QuerySet[ReadingBatch]:
        return ReadingBatch.objects.visible_to(self.request.user).select_related("supplier")

    def rows(self, page: list[ReadingBatch]) -> list[BatchRow]:
        return [BatchRow(batch) for batch in page]

    def acts(self) -> list[Act]:
        if not may_upload_something(self.request.user):
            return []
        return [Act(_("Send readings"), reverse("grid:upload"), "upload", primary=True)]


class MeterFilter(django_filters.FilterSet):
    """Supplier, region, tariff group, pattern."""

    supplier = django_filters.ModelChoiceFilter(label=_("Supplier"), queryset=_suppliers)
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), choices=regions, method="in_region"
    )
    pattern = django_filters.MultipleChoiceFilter(
        label=_("Pattern"), choices=Pattern.choices, field_name="now__pattern"
    )
    last_day = django_filters.DateFromToRangeFilter(label=_("Last day with readings"))

    class Meta:
        model = Meter
        fields = ["supplier", "region", "last_day"]

    def in_region(self, rows: QuerySet[Meter], _name: str, prefixes: list[str]) -> QuerySet[Meter]:
        """Meters whose KATO begins with one of the regions."""
        within = Q()
        for prefix in prefixes:
            within |= Q(kato__startswith=prefix)
        return rows.filter(within)


class OwnMeterFilter(MeterFilter):
    """The same without what a supplier's people may not see."""

    pattern = None


@dataclass(frozen=True)
class MeterRow:
    """A meter as the list tells it, with the profile of the last day computed."""

    meter: Meter
    exemption: Exemption | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.meter, name)

    @property
    def exempt(self) -> str:
        return exempt_to(self.exemption.valid_to) if self.exemption else ""

    @property
    def region(self) -> str:
        found = region_of(self.meter.kato)
        return found.name(get_language() or "ru") if found else ""

    @property
    def customer(self) -> str:
        return self.meter.customer_name or self.meter.tariff_group

    @property
    def suspected_kw(self) -> float | None:
        found: float | None = getattr(self.meter, "est_kw", None)
        return found if getattr(self.meter, "pattern", None) not in {None, "none"} else None

    @property
    def badge(self) -> Badge:
        return pattern_badge(getattr(self.meter, "pattern", None))


def _latest() -> date | None:
    return last_profiled_day()


class OwnMeterList(ListPage):
    """Meters for the people of a supplier: codes and days, no scores."""

    title = _("Meters")
    noun = _("meters")
    columns: ClassVar[Sequence[Column]] = (
        Column(
            "code", _("Meter"), kind="link", second="customer", sort="code", fill=True, phone="main"
        ),
        Column("supplier.name", _("Supplier"), foot=True),
        Column("region", _("Region"), sort="kato", foot=True),
        Column("last_day", _("Last readings"), kind="date", sort="last_day", phone="end"),
    )
    default_sort: ClassVar[Any] = "code"
    search = ("code__icontains", "customer_name__icontains", "customer_bin__startswith")
    search_hint = _("Meter, customer, BIN")
    filterset_class = OwnMeterFilter
    empty_text = _("Meters appear with the first readings of a supplier.")

    def allowed(self) -> bool:
        return may_see_grid(self.request.user)

    def queryset(self) -> QuerySet[Meter]:
        return Meter.objects.visible_to(self.request.user).select_related("supplier")

    def rows(self, page: list[Meter]) -> list[MeterRow]:
        return [MeterRow(meter) for meter in page]


class MeterList(OwnMeterList):
    """Meters for officials: with score, pattern and estimated mining load."""

    columns = (
        OwnMeterList.columns[0],
        Column("region", _("Region"), sort="kato", foot=True),
        Column("supplier.name", _("Supplier"), foot=True),
        Column(
            "suspected_kw",
            _("Est. kW"),
            kind="number",
            sort="est_kw",
            title=_("Estimated mining load"),
        ),
        Column(
            "score",
            _("Score"),
            kind="number:2",
            sort="score",
            title=_("0 to 1; above 0.5 it looks like mining"),
        ),
        Column("badge", _("Pattern"), kind="badge", phone="end"),
        Column("exempt", _("Exempt"), template="grid/cells/exempt.html", foot=True),
        OwnMeterList.columns[3],
    )
    default_sort = (F("score").desc(nulls_last=True), "code")
    sort_word = _("by score")
    filterset_class = MeterFilter
    presets = (
        Preset("all", _("All"), lambda _user: Q()),
        Preset("like", _("Like mining"), lambda _user: Q(now__score__gte=MINING_LIKE)),
        Preset("unjudged", _("Not judged"), lambda _user: Q(now__isnull=True)),
    )

    def allowed(self) -> bool:
        return may_see_profiles(self.request.user)

    def queryset(self) -> QuerySet[Meter]:
        now = FilteredRelation("profiles", condition=Q(profiles__until=_latest()))
        return super().queryset().annotate(
            now=now, score=F("now__score"), est_kw=F("now__est_kw"), pattern=F("now__pattern")
        )  # fmt: skip

    def rows(self, page: list[Meter]) -> list[MeterRow]:
        exempt = exemptions_of(page, today())
        return [MeterRow(meter, exempt.get(meter.pk)) for meter in page]


class BalanceFilter(django_filters.FilterSet):
    """Supplier, region, day on which the period ended."""

    supplier = django_filters.ModelChoiceFilter(
        label=_("Supplier"), queryset=_suppliers, field_name="feeder__supplier"
    )
    period = django_filters.CharFilter(label=_("Month or day"), lookup_expr="startswith")
    last_day = django_filters.DateFromToRangeFilter(label=_("Last day"))

    class Meta:
        model = FeederBalance
        fields = ["supplier", "period", "last_day"]


@dataclass(frozen=True)
class BalanceRow:
    """A feeder in a period as the list tells it."""

    balance: FeederBalance

    def __getattr__(self, name: str) -> Any:
        return getattr(self.balance, name)

    def get_absolute_url(self) -> str:
        return self.balance.feeder.get_absolute_url()

    @property
    def norm_share(self) -> Any:
        norm = self.balance.norm
        return norm.percent / 100 if norm else None

    @property
    def badge(self) -> Badge:
        return balance_badge(self.balance.coverage, self.beyond_kwh)


class FeederList(ListPage):
    """What went into each feeder against what its meters counted, by month and by day."""

    title = _("Feeders")
    noun = _("balances")
    lead = _(
        "What went into a feeder, less what its meters counted. Beyond the technical norm it may "
        "be a connection without a meter, and it may be an error of metering: a thing to ask about."
    )
    columns = (
        Column(
            "feeder.code", _("Feeder"), kind="link", second="feeder.supplier.name",
            sort="feeder__code", fill=True, phone="main",
        ),
        Column("period", _("Period"), sort="last_day", foot=True),
        Column("entered_kwh", _("Went in"), kind="kwh", sort="entered_kwh"),
        Column("metered_kwh", _("Counted"), kind="kwh", sort="metered_kwh"),
        Column("lost_share", _("Loss"), kind="percent", sort="lost_share", foot=True),
        Column("norm_share", _("Norm"), kind="percent"),
        Column("beyond_kwh", _("Beyond the norm"), kind="kwh", sort="beyond_kwh"),
        Column("coverage", _("Readings"), kind="percent", sort="coverage"),
        Column("badge", _("State"), kind="badge", phone="end"),
    )  # fmt: skip
    default_sort: ClassVar[Any] = ("-last_day", F("lost_share").desc(nulls_last=True))
    sort_word = _("the newest first, then by loss")
    search = ("feeder__code__icontains", "period__startswith")
    search_hint = _("Feeder or period")
    filterset_class = BalanceFilter
    empty_text = _(
        "Balances appear when totals of feeders have come in: Registry, Imports, totals of feeders."
    )
    presets = (
        Preset("months", _("By month"), lambda _user: Q(period__regex=MONTHS)),
        Preset("days", _("By day"), lambda _user: ~Q(period__regex=MONTHS)),
        Preset("beyond", _("Beyond the norm"), lambda _user: Q(beyond_kwh__gt=0)),
    )

    def allowed(self) -> bool:
        return may_see_profiles(self.request.user)

    def queryset(self) -> QuerySet[FeederBalance]:
        rows = FeederBalance.objects.visible_to(self.request.user).told()
        return rows.select_related("feeder__supplier", "norm")

    def rows(self, page: list[FeederBalance]) -> list[BalanceRow]:
        return [BalanceRow(balance) for balance in page]


class ExemptionFilter(django_filters.FilterSet):
    """What it is, and when it ends."""

    category = django_filters.MultipleChoiceFilter(label=_("What it is"), choices=LookAlike.choices)
    valid_to = django_filters.DateFromToRangeFilter(label=_("Last day"))

    class Meta:
        model = Exemption
        fields = ["category", "valid_to"]


class ExemptionList(ListPage):
    """Loads that a document shows to be something else than mining, until a day."""

    title = _("Exemptions")
    noun = _("exemptions")
    lead = _(
        "A document shows that a load is something else than mining. Until its last day the "
        "search passes over the meter or group; two persons grant it."
    )
    columns = (
        Column("subject", _("Meter or group"), kind="link", second="category_told", fill=True,
               phone="main"),
        Column("document", _("Document"), template="grid/cells/document.html"),
        Column("valid_from", _("From"), kind="date", sort="valid_from", foot=True),
        Column("valid_to", _("Last day"), kind="date", sort="valid_to", foot=True),
        Column("approved_by", _("Approved by"), foot=True),
        Column("badge", _("State"), kind="badge", phone="end"),
    )  # fmt: skip
    default_sort = "-valid_to"
    search = (
        "meter__code__icontains", "tariff_group__icontains", "activity__startswith",
        "document__title__icontains", "document__number__icontains",
    )  # fmt: skip
    search_hint = _("Meter, group or document")
    filterset_class = ExemptionFilter
    presets = (
        Preset("force", _("In force today"), lambda _user: _in_force_today()),
        Preset("all", _("All")),
    )
    empty_text = _("An exemption is proposed from a meter's page or here.")

    def allowed(self) -> bool:
        if not may_see_profiles(self.request.user):
            raise Http404
        return True

    def queryset(self) -> QuerySet[Exemption]:
        rows = Exemption.objects.visible_to(self.request.user)
        return rows.select_related("meter", "document", "approved_by")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.badge = exemption_badge(row.valid_from, row.valid_to, today())
        return page

    def acts(self) -> list[Act]:
        if not may_exempt(self.request.user):
            return []
        url = reverse("grid:exemption-propose")
        return [Act(_("Propose an exemption"), url, "file-certificate", primary=True)]


def _in_force_today() -> Q:
    return Q(valid_from__lte=today(), valid_to__gte=today())


class EventFilter(django_filters.FilterSet):
    """What it is, when it began."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    begins_at = django_filters.DateFromToRangeFilter(label=_("Began"))

    class Meta:
        model = GridEvent
        fields = ["kind", "begins_at"]


class CalendarList(ListPage):
    """Curtailment orders and outages, which loads are held against."""

    title = _("Calendar of outages and curtailments")
    noun = _("events")
    lead = _(
        "Whether a load fell in these hours stands beside its score, as evidence without weight. "
        "Two persons enter an event, or a file brings it in and two persons verify it."
    )
    columns = (
        Column("code", _("Order or notice"), second="source", fill=True, phone="main"),
        Column("kind_word", _("Kind"), sort="kind", foot=True),
        Column("place", _("Where"), foot=True),
        Column("begins_at", _("From"), kind="moment", sort="begins_at", foot=True),
        Column("ends_at", _("to"), kind="moment", sort="ends_at", foot=True),
        Column("badge", _("Verified"), kind="badge", sort="verified", phone="end"),
    )
    default_sort = "-begins_at"
    search = ("code__icontains", "source__icontains", "feeder__code__icontains")
    search_hint = _("Order, source or feeder")
    filterset_class = EventFilter
    presets = (
        Preset("all", _("All")),
        Preset("open", _("Not verified"), lambda _user: Q(verified=False)),
    )
    empty_text = _("Events come in under Registry, Imports, or are entered in the administration.")

    def allowed(self) -> bool:
        if not may_see_profiles(self.request.user):
            raise Http404
        return True

    def queryset(self) -> QuerySet[GridEvent]:
        return GridEvent.objects.visible_to(self.request.user).select_related("feeder")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.badge = verified_badge(verified=row.verified)
        return page
