"""Lists of acts, statements and figures."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from law.choices import ActStatus, Instrument, Matter
from law.models import Act, FeeRate, Position
from law.policies import may_read_law
from law.wording import STATEMENT, STATUS_BADGES, UNVERIFIED, VERIFIED
from pages.lists import Column, ListPage, Preset
from pages.parts import Act as Button
from pages.wording import short_date

TITLES = ("title_kk__icontains", "title_ru__icontains", "title_en__icontains", "source__icontains")


class ActFilter(django_filters.FilterSet):
    """By what an act is about, and whether it was in force on a day."""

    matter = django_filters.MultipleChoiceFilter(choices=Matter.choices, label=_("matter"))
    on = django_filters.DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = Act
        fields = ["matter", "on"]

    def in_force(self, rows: Any, _name: str, day: Any) -> Any:
        """In force on the day."""
        return rows.in_force(day)


class ActList(ListPage):
    """Acts: what each says, of whom, and from when until when it is in force."""

    title = _("Legal acts")
    noun = _("acts")
    lead = _("Only an adopted act, in force on the day and of a competent body, founds a decision.")
    columns = (
        Column("title", _("Legal act"), kind="link", second="number_word", fill=True, phone="main"),
        Column("body", _("Body"), foot=True),
        Column("dated", _("Dated"), kind="date", sort="dated"),
        Column("in_force_from", _("In force"), kind="date", sort="in_force_from", foot=True),
        Column("in_force_to", _("until"), kind="date", sort="in_force_to"),
        Column("verified_badge", _("Verified"), kind="badge", sort="verified"),
        Column("badge", _("Status"), kind="badge", sort="status", phone="end"),
    )
    default_sort = "-in_force_from"
    search = ("number__icontains", *TITLES, "norms__label__icontains")
    filterset_class = ActFilter
    presets = (
        Preset("all", _("All")),
        Preset("force", _("In force today"), lambda _user: _in_force_today()),
        Preset("draft", _("Drafts"), lambda _user: Q(status=ActStatus.DRAFT)),
        Preset("open", _("Not verified"), lambda _user: Q(verified=False)),
    )
    empty_text = _("An administrator or a lawyer adds an act under Administration, Acts.")

    def allowed(self) -> bool:
        return may_read_law(self.request.user)

    def queryset(self) -> QuerySet[Act]:
        return Act.objects.visible_to(self.request.user).select_related("body").distinct()

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.badge = STATUS_BADGES[ActStatus(row.status)]
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
            row.number_word = " · ".join(filter(None, [row.get_kind_display(), row.number]))
        return page

    def acts(self) -> list[Button]:
        return [
            Button(_("Statements"), reverse("law:positions"), icon="message"),
            Button(_("Is mining banned?"), reverse("law:banned"), icon="help"),
        ]


def _in_force_today() -> Q:
    today = clock.today()
    open_end = Q(in_force_to__isnull=True) | Q(in_force_to__gte=today)
    return open_end & Q(in_force_from__lte=today) & ~Q(status=ActStatus.DRAFT)


class PositionFilter(django_filters.FilterSet):
    """By matter and form."""

    matter = django_filters.MultipleChoiceFilter(choices=Matter.choices, label=_("matter"))
    instrument = django_filters.MultipleChoiceFilter(choices=Instrument.choices, label=_("form"))

    class Meta:
        model = Position
        fields = ["matter", "instrument"]


class PositionList(ListPage):
    """What was said in public, by whom and with what force: none of it founds a decision."""

    title = _("Statements")
    noun = _("statements")
    lead = _("A statement is context. It is kept with its force, so that nobody takes it for law.")
    columns = (
        Column("title", _("Statement"), kind="link", second="who", fill=True, phone="main"),
        Column("said_word", _("Said"), sort="said_on", foot=True),
        Column("form_word", _("Form"), sort="instrument", foot=True),
        Column("verified_badge", _("Verified"), kind="badge", sort="verified"),
        Column("badge", _("Force"), kind="badge", phone="end"),
    )
    default_sort = "-said_on"
    search = ("speaker__icontains", *TITLES)
    filterset_class = PositionFilter
    empty_text = _("An administrator or a lawyer adds a statement under Administration.")

    def allowed(self) -> bool:
        return may_read_law(self.request.user)

    def queryset(self) -> QuerySet[Position]:
        return Position.objects.visible_to(self.request.user).select_related("body")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.badge, row.form_word = STATEMENT, row.get_instrument_display()
            row.who = ", ".join(filter(None, [row.speaker, str(row.body)]))
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
            row.said_word = told_day(row)
        return page


def told_day(position: Position) -> str:
    """The day, month or year of a statement, as exactly as its source told."""
    if position.precision == "year":
        return str(position.said_on.year)
    if position.precision == "month":
        return f"{position.said_on:%m.%Y}"
    return short_date(position.said_on)


class RateList(ListPage):
    """The fee by day, source of the power and its price."""

    title = _("Fee rates")
    noun = _("rates")
    lead = _("KZT a kWh. An unverified rate is only a hint; a missing one is not known.")
    columns = (
        Column("condition_word", _("Electricity"), second="bracket", fill=True, phone="main"),
        Column("rate", _("Rate"), kind="number:2", sort="rate", phone="end", unit=_("KZT/kWh")),
        Column("valid_from", _("From"), kind="date", sort="valid_from", foot=True),
        Column("valid_to", _("until"), kind="date", sort="valid_to"),
        Column("paid_by", _("Payment due"), css="text-wrap"),
        Column("source", _("Source"), css="text-wrap"),
        Column("verified_badge", _("Verified"), kind="badge", sort="verified", foot=True),
    )
    default_sort = "-valid_from"
    search = ("source__icontains",)
    empty_text = _("An administrator or a lawyer adds a rate under Administration.")

    def allowed(self) -> bool:
        return may_read_law(self.request.user)

    def queryset(self) -> QuerySet[FeeRate]:
        return FeeRate.objects.visible_to(self.request.user)

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.condition_word = row.get_condition_display()
            row.bracket = _bracket(row)
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
        return page


def _bracket(row: FeeRate) -> str:
    if row.price_from is None and row.price_to is None:
        return ""
    low = f"{row.price_from.normalize():f}" if row.price_from is not None else ""
    high = f"{row.price_to.normalize():f}" if row.price_to is not None else ""
    return str(_("price from %(low)s to %(high)s") % {"low": low or "…", "high": high or "…"})
