"""Lists of the outlook: figures, forecasts, months from above; each can be taken away as a file."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from law.wording import UNVERIFIED, VERIFIED
from outlook.choices import EnergySource, Measure, Subject
from outlook.models import BalanceFigure, Forecast, HashRateMonth, Series
from outlook.policies import may_see_outlook
from pages.lists import Column, ListPage
from pages.parts import Act
from pages.wording import number


class OutlookList(ListPage):
    """What the three lists share: who reads them, where they lead back to."""

    empty_text = _("An administrator brings figures in under Registry, Imports.")

    def allowed(self) -> bool:
        return may_see_outlook(self.request.user)

    def acts(self) -> list[Act]:
        return [Act(_("Power balance"), reverse("outlook:balance"), icon="chart-line")]


VERIFIED_COLUMN = Column("verified_badge", _("Verified"), kind="badge", sort="verified")
SOURCE_COLUMN = Column("source", _("Source"), second="remark", fill=True)


class FigureFilter(django_filters.FilterSet):
    """By series and kind of figure."""

    series = django_filters.ModelMultipleChoiceFilter(
        queryset=Series.objects.all(), label=_("Series"), widget=forms.CheckboxSelectMultiple
    )
    measure = django_filters.MultipleChoiceFilter(
        choices=Measure.choices, label=_("Figure"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = BalanceFigure
        fields = ["series", "measure"]


class FigureList(OutlookList):
    """Figures of past years, each with its series and source."""

    title = _("Figures of the power balance")
    noun = _("figures")
    lead = _("Two series are two definitions: their figures do not compare with each other.")
    columns = (
        Column("year", _("Year"), sort="year", css="num", phone="main"),
        Column("measure_word", _("Figure"), sort="measure", foot=True),
        Column("value", _("Value"), kind="number:2", sort="value", phone="end"),
        Column("unit_word", _("Unit")),
        Column("series", _("Series"), sort="series__code", foot=True),
        SOURCE_COLUMN,
        VERIFIED_COLUMN,
    )
    default_sort = ("-year", "measure")
    search = ("source__icontains", "remark__icontains")
    filterset_class = FigureFilter

    def queryset(self) -> QuerySet[BalanceFigure]:
        return BalanceFigure.objects.visible_to(self.request.user).select_related("series")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.measure_word = row.get_measure_display()
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
        return page


class ForecastFilter(django_filters.FilterSet):
    """By what is forecast, of which energy source, in which vintage."""

    subject = django_filters.MultipleChoiceFilter(
        choices=Subject.choices, label=_("Forecast of"), widget=forms.CheckboxSelectMultiple
    )
    energy = django_filters.MultipleChoiceFilter(
        choices=EnergySource.choices, label=_("Energy source"), widget=forms.CheckboxSelectMultiple
    )
    vintage = django_filters.CharFilter(label=_("Vintage"), lookup_expr="startswith")

    class Meta:
        model = Forecast
        fields = ["subject", "energy", "vintage"]


class ForecastList(OutlookList):
    """Every forecast of every vintage; a later one stands beside an earlier one."""

    title = _("Forecasts")
    noun = _("forecasts")
    lead = _("What was said on one day stays as it was said; a new forecast is a new vintage.")
    columns = (
        Column("vintage", _("Vintage"), sort="vintage", phone="main"),
        Column("subject_word", _("Forecast of"), second="energy_word", sort="subject", foot=True),
        Column("year", _("Year"), sort="year", css="num"),
        Column("value", _("Value"), kind="number:2", sort="value", phone="end"),
        Column("value_to", _("up to"), kind="number:2", sort="value_to"),
        Column("unit_word", _("Unit")),
        SOURCE_COLUMN,
        VERIFIED_COLUMN,
    )
    default_sort = ("-vintage", "year")
    search = ("source__icontains", "remark__icontains")
    filterset_class = ForecastFilter

    def queryset(self) -> QuerySet[Forecast]:
        return Forecast.objects.visible_to(self.request.user)

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.subject_word, row.energy_word = row.get_subject_display(), row.get_energy_display()
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
        return page


def told_range(row: Forecast) -> str:
    """The figure, or both ends of a range; a dash where none was published."""
    ends = [end for end in (row.value, row.value_to) if end is not None]
    return "–".join(number(end, _places(end)) for end in ends) or number(None)


def _places(value: Any) -> int:
    return max(-int(value.normalize().as_tuple().exponent), 0)


class MonthList(OutlookList):
    """Mining seen from above, month by month."""

    title = _("Mining seen from above")
    noun = _("months")
    lead = _("Bitcoin only, give or take a half, and of the whole country: never of a region.")
    columns = (
        Column("month_word", _("Month"), sort="month", phone="main"),
        Column("share", _("Share of the network"), kind="number:2", sort="share", unit="%"),
        Column("ehs", _("Hash rate"), kind="number:2", sort="ehs", unit="EH/s"),
        Column("mw_low", _("Power from"), kind="number:0", sort="mw_low", unit=_("MW"),
               foot=True),
        Column("mw_high", _("Power up to"), kind="number:0", sort="mw_high", unit=_("MW"),
               phone="end"),
        Column("mw_middle", _("By an assumed efficiency"), kind="number:0", unit=_("MW")),
        Column("source", _("Source"), fill=True),
        VERIFIED_COLUMN,
    )  # fmt: skip
    default_sort = "-month"
    search = ("source__icontains",)

    def queryset(self) -> QuerySet[HashRateMonth]:
        return HashRateMonth.objects.visible_to(self.request.user)

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.month_word = f"{row.month:%m.%Y}"
            row.verified_badge = VERIFIED if row.verified else UNVERIFIED
        return page
