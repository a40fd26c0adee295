"""Lists of the exchange pilot: venues, sales, pool reports; its supervisors read them too."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.identifiers import number_for_all
from pages.badges import Badge
from pages.lists import Column, ListPage, Preset
from pages.wording import MISSING, percent
from registry.lists.base import show_operator
from registry.models import PoolReport, Sale, Venue
from registry.policies import may_see_exchange, may_see_registry, may_see_wallets
from registry.querysets import named, numbered
from registry.selectors.exchange import beside_the_quota


class ExchangeList(ListPage):
    """A list of the pilot, for officials, auditors, administrators and supervisors."""

    template_name = "registry/exchange_list.html"

    def allowed(self) -> bool:
        return may_see_exchange(self.request.user)

    def show_party(self, row: Any, operator: Any) -> None:
        """The operator's name and number; its page opens only to who reads the registry."""
        show_operator(row, operator, self.request.user)
        if not may_see_registry(self.request.user):
            row.get_absolute_url = lambda: ""


class SaleFilter(django_filters.FilterSet):
    """Venue, asset, period."""

    asset = django_filters.CharFilter(lookup_expr="iexact", label=_("asset"))
    period_from = django_filters.DateFromToRangeFilter(label=_("period from"))

    class Meta:
        model = Sale
        fields = ["venue", "asset", "period_from"]


class SaleList(ExchangeList):
    """What miners sold of what they mined, beside the quota of the period's first day."""

    title = _("Sales on exchanges")
    noun = _("sales")
    lead = _("An unverified quota gives a hint and founds nothing.")
    search_hint = _("Operator, BIN")
    search = ("operator__name__icontains",)
    columns = (
        Column("operator_name", _("Operator"), second="operator_number", fill=True, phone="main"),
        Column("venue", _("Venue"), foot=True),
        Column("asset", _("Asset"), sort="asset", css="id"),
        Column("period_from", _("From"), kind="date", sort="period_from", foot=True),
        Column("period_to", _("To"), kind="date", sort="period_to"),
        Column("mined", _("Mined"), kind="number:4", sort="mined"),
        Column("sold", _("Sold"), kind="number:4", sort="sold"),
        Column("share_word", _("Share"), foot=True),
        Column("value_kzt", _("KZT"), kind="number", sort="value_kzt", shown=False),
        Column("badge", _("Quota"), kind="badge", phone="end"),
    )
    default_sort = "-period_from"
    filterset_class = SaleFilter
    presets = (
        Preset("all", _("All")),
        Preset("unknown", _("Mined unknown"), lambda _user: Q(mined__isnull=True)),
    )
    empty_text = _("Sales come in as a file of the exchange, under Imports.")

    def queryset(self) -> QuerySet[Sale]:
        return Sale.objects.visible_to(self.request.user).select_related("operator", "venue")

    def searched(self, rows: QuerySet[Sale], text: str) -> QuerySet[Sale]:
        """By the operator's name in any script, or its number."""
        return rows.filter(
            named(text, "operator__") | numbered(text, self.request.user, "operator__")
        )

    def rows(self, page: list[Any]) -> list[Any]:
        for row in beside_the_quota(page):
            self.show_party(row, row.operator)
            row.share_word = MISSING if row.share is None else percent(row.share)
        return page


class PoolReportList(ExchangeList):
    """What pools distributed, as they reported it to the tax body."""

    title = _("Pool reports")
    noun = _("lines")
    search_hint = _("Name, BIN, pool, licence")
    search = ("name__icontains", "number", "pool__icontains", "licence_number__iexact")
    columns = (
        Column("name", _("Name"), second="number_word", sort="name", fill=True, phone="main"),
        Column("pool", _("Pool"), sort="pool", foot=True),
        Column("distributed_on", _("Distributed"), kind="date", sort="distributed_on", foot=True),
        Column("asset", _("Asset"), css="id"),
        Column("amount", _("Amount"), kind="number:6", sort="amount", phone="end"),
        Column("licence_number", _("Licence"), css="id"),
        Column("wallet_word", _("Wallet"), css="id", shown=False),
        Column("known_badge", _("Registry"), kind="badge"),
    )
    default_sort = "-distributed_on"
    presets = (
        Preset("all", _("All")),
        Preset("strange", _("Not in the registry"), lambda _user: Q(operator__isnull=True)),
    )
    empty_text = _("Pool reports come in as a file of the tax body, under Imports.")

    def queryset(self) -> QuerySet[PoolReport]:
        return PoolReport.objects.visible_to(self.request.user)

    def searched(self, rows: QuerySet[PoolReport], text: str) -> QuerySet[PoolReport]:
        """Not by a person's number, for who may not see it."""
        found = Q(name__icontains=text) | Q(pool__icontains=text) | Q(licence_number__iexact=text)
        if may_see_wallets(self.request.user) or text[4:5] >= "4":
            found |= Q(number=text)
        return rows.filter(found)

    def rows(self, page: list[Any]) -> list[Any]:
        reads = may_see_wallets(self.request.user)
        for row in page:
            row.number_word = row.number if reads else number_for_all(row.number)
            row.wallet_word = row.wallet if reads else f"…{row.wallet[-4:]}"
            row.known_badge = KNOWN if row.operator_id else STRANGE
        return page


KNOWN = Badge(_("in the registry"), "reg", "circle-check", line=True)
STRANGE = Badge(_("not in the registry"), "warn", "alert-triangle", line=True)


class VenueList(ExchangeList):
    """Exchanges that the AIFC admitted."""

    title = _("Venues")
    noun = _("venues")
    search = ("name__icontains", "code__icontains")
    columns = (
        Column("name", _("Venue"), second="code", sort="name", fill=True, phone="main"),
        Column("admitted_from", _("Admitted from"), kind="date", sort="admitted_from", foot=True),
        Column("admitted_to", _("until"), kind="date", sort="admitted_to", phone="end"),
        Column("source", _("Source")),
    )
    default_sort = "name"
    empty_text = _("No source names an admitted venue. The AIFC enters them on the pilot's page.")

    def queryset(self) -> QuerySet[Venue]:
        return Venue.objects.visible_to(self.request.user)
