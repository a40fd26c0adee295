"""The country's power balance: figures of past years, forecasts by vintage, mining from above."""

from datetime import date
from decimal import Decimal

import pghistory
import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from law.models.acts import InThreeLanguages
from outlook.choices import UNIT_OF, UNIT_OF_SUBJECT, EnergySource, Measure, Subject
from outlook.querysets import OutlookQuerySet

HOURS_A_DAY = 24
VINTAGE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
A_VINTAGE = RegexValidator(VINTAGE, _("A year, month or day: 2025, 2025-07 or 2025-07-03"))


class Sourced(models.Model):
    """A row that says where it comes from and whether somebody vouches for it."""

    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"), default=False)

    objects = OutlookQuerySet.as_manager()

    class Meta:
        abstract = True


@pghistory.track(level=pgtrigger.Statement)
class Series(InThreeLanguages, Sourced):
    """Figures of one definition; two series are never joined into one line."""

    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series of figures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


@pghistory.track(level=pgtrigger.Statement)
class BalanceFigure(Sourced):
    """One figure of one past year in one series; its unit is the measure's."""

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="figures", verbose_name=_("series")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("figure"), max_length=12, choices=Measure)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("figure of the power balance")
        verbose_name_plural = _("figures of the power balance")
        ordering = ["-year", "measure", "series"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "measure"], name="one_figure_a_year_and_series"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100), name="a_figure_is_of_our_age"
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.NET_IMPORT) | Q(value__gte=0),
                name="only_net_import_is_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_measure_display()}"

    @property
    def unit(self) -> str:
        """TWh, GW or MW."""
        return UNIT_OF[Measure(self.measure)].value

    @property
    def unit_word(self) -> str:
        """The unit in the reader's letters."""
        return str(UNIT_OF[Measure(self.measure)].label)


@pghistory.track(level=pgtrigger.Statement)
class Break(InThreeLanguages, Sourced):
    """From this year on figures cannot be compared with those before, and why."""

    year = models.PositiveSmallIntegerField(_("first year after it"))
    regional = models.BooleanField(_("only figures of regions"), default=False)

    class Meta:
        verbose_name = _("break of comparability")
        verbose_name_plural = _("breaks of comparability")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


@pghistory.track(level=pgtrigger.Statement)
class Forecast(Sourced):
    """What was said on one day (the vintage) of one year to come; never overwritten.

    ``value`` is empty where a forecast was published without a figure; ``value_to`` is the upper
    end of a range. The unit is the subject's.
    """

    vintage = models.CharField(_("vintage"), max_length=10, validators=[A_VINTAGE])
    subject = models.CharField(_("forecast of"), max_length=20, choices=Subject)
    energy = models.CharField(
        _("energy source"), max_length=10, choices=EnergySource, default=EnergySource.ALL
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4, null=True, blank=True)
    value_to = models.DecimalField(
        _("up to"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["-vintage", "year", "subject", "energy"]
        constraints = [
            models.UniqueConstraint(
                fields=["vintage", "subject", "energy", "year"], name="one_forecast_a_vintage"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(remark=""),
                name="a_forecast_has_a_figure_or_words",
            ),
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value_to__gt=F("value")),
                name="a_range_goes_up",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_vintage_stays",
                fields=["vintage", "subject", "energy", "year", "value", "value_to", "source"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vintage}: {self.get_subject_display()} {self.year}"

    @property
    def unit(self) -> str:
        """GW, TWh or %."""
        return UNIT_OF_SUBJECT[Subject(self.subject)].value

    @property
    def unit_word(self) -> str:
        """The unit in the reader's letters."""
        return str(UNIT_OF_SUBJECT[Subject(self.subject)].label)


@pghistory.track(level=pgtrigger.Statement)
class HashRateMonth(Sourced):
    """Mining in the country as seen from above: its share of the bitcoin network in a month.

    Cambridge's mining map rests on addresses of miners in some pools; power in MW is hash rate
    times J/TH times 1.10 for cooling and losses (low 30, high 60 J/TH; the middle assumes a
    curve of efficiency). Bitcoin only, give or take a half, and of the whole country alone.
    """

    month = models.DateField(_("month"), unique=True)
    share = models.DecimalField(_("share of the network, %"), max_digits=5, decimal_places=2)
    ehs = models.DecimalField(_("hash rate, EH/s"), max_digits=8, decimal_places=2)
    mw_low = models.PositiveIntegerField(_("power from, MW"))
    mw_middle = models.PositiveIntegerField(_("power by an assumed curve of efficiency, MW"))
    mw_high = models.PositiveIntegerField(_("power up to, MW"))

    class Meta:
        verbose_name = _("month of the hash rate")
        verbose_name_plural = _("months of the hash rate")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mw_low__lte=F("mw_high")), name="power_from_is_below_power_up_to"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


@pghistory.track(level=pgtrigger.Statement)
class FeeReceipt(Sourced):
    """What the mining fee brought in a quarter, of which the declared mean power follows.

    ``region`` is a KATO region code, empty for the whole country. KZT, KZT a kWh.
    """

    quarter = models.DateField(_("quarter begins"))
    region = models.CharField(_("region"), max_length=2, blank=True)
    kzt = models.DecimalField(_("received, KZT"), max_digits=16, decimal_places=0)
    rate = models.DecimalField(_("rate, KZT/kWh"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("fee receipts of a quarter")
        verbose_name_plural = _("fee receipts of quarters")
        ordering = ["-quarter", "region"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "region"], name="one_receipt_a_quarter"),
            models.CheckConstraint(condition=Q(kzt__gt=0, rate__gt=0), name="receipts_are_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y}-Q{(self.quarter.month + 2) // 3} {self.region}"

    @property
    def mean_mw(self) -> Decimal:
        """The declared mean power in MW: receipts by rate and by the hours of the quarter."""
        ends = date(self.quarter.year + self.quarter.month // 10, (self.quarter.month + 3) % 12, 1)
        hours = (ends - self.quarter).days * HOURS_A_DAY
        return self.kzt / self.rate / hours / 1000
