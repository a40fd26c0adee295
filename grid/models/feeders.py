"""Feeders: what went into them, which meters hang on them, what may be lost on the way.

Totals of a month or a day are figures of their own and are never spread into hours.
"""

from datetime import date

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.periods import PERIOD, days_of
from grid.models.metering import Meter, Supplier
from grid.querysets import BalanceQuerySet, SuppliedQuerySet

A_PERIOD = RegexValidator(f"^{PERIOD}$", _("Write a month or a day: 2026-10 or 2026-10-05."))
IS_A_PERIOD = Q(period__regex=f"^{PERIOD}$")


@pghistory.track(level=pgtrigger.Statement)
class Feeder(models.Model):
    """A line of a supplier's network that has a meter at its head."""

    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="feeders", verbose_name=_("supplier")
    )
    code = models.CharField(_("feeder"), max_length=100)
    kato = models.CharField(_("KATO"), max_length=9, blank=True)

    objects = SuppliedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feeder")
        verbose_name_plural = _("feeders")
        ordering = ["supplier", "code"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "code"], name="one_feeder_a_code")
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("grid:feeder", args=[self.pk])


class InAPeriod(models.Model):
    """Energy of a whole month ("2026-10") or of one grid day ("2026-10-05"), in kWh."""

    period = models.CharField(_("month or day"), max_length=10, validators=[A_PERIOD])
    kwh = models.DecimalField(
        _("energy, kWh"), max_digits=16, decimal_places=3, validators=[MinValueValidator(0)]
    )
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        abstract = True

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last grid day."""
        return days_of(self.period)


@pghistory.track(level=pgtrigger.Statement)
class FeederTotal(InAPeriod):
    """What went into a feeder, by the meter at its head: a source of its own."""

    feeder = models.ForeignKey(
        Feeder, models.PROTECT, related_name="totals", verbose_name=_("feeder")
    )

    class Meta:
        verbose_name = _("total of a feeder")
        verbose_name_plural = _("totals of feeders")
        ordering = ["-period", "feeder"]
        constraints = [
            models.UniqueConstraint(fields=["feeder", "period"], name="one_total_a_feeder_period"),
            models.CheckConstraint(condition=Q(kwh__gte=0), name="a_feeder_total_is_energy"),
            models.CheckConstraint(condition=IS_A_PERIOD, name="a_feeder_total_has_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.feeder_id} {self.period}"


@pghistory.track(level=pgtrigger.Statement)
class MeterTotal(InAPeriod):
    """What a meter without interval readings counted."""

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="totals", verbose_name=_("meter"))

    class Meta:
        verbose_name = _("total of a meter")
        verbose_name_plural = _("totals of meters")
        ordering = ["-period", "meter"]
        constraints = [
            models.UniqueConstraint(fields=["meter", "period"], name="one_total_a_meter_period"),
            models.CheckConstraint(condition=Q(kwh__gte=0), name="a_meter_total_is_energy"),
            models.CheckConstraint(condition=IS_A_PERIOD, name="a_meter_total_has_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.period}"


@pghistory.track(level=pgtrigger.Statement)
class MeterFeeder(models.Model):
    """On which feeder of its supplier a meter hangs from a day on; "" is none any more.

    Before the first such day the feeder counts that the meter's own readings name.
    """

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="places", verbose_name=_("meter"))
    valid_from = models.DateField(_("from"))
    feeder_code = models.CharField(_("feeder"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("meter on a feeder")
        verbose_name_plural = _("meters on feeders")
        ordering = ["meter", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["meter", "valid_from"], name="one_feeder_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.feeder_code}"


@pghistory.track(level=pgtrigger.Statement)
class LossNorm(models.Model):
    """The technical loss of a feeder as a share of what goes into it, from a day on."""

    feeder = models.ForeignKey(
        Feeder, models.PROTECT, related_name="norms", verbose_name=_("feeder")
    )
    valid_from = models.DateField(_("from"))
    percent = models.DecimalField(
        _("technical loss, %"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("loss norm")
        verbose_name_plural = _("loss norms")
        ordering = ["feeder", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["feeder", "valid_from"], name="one_norm_at_a_time"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="a_norm_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feeder_id} {self.valid_from}: {self.percent}"


class FeederBalance(models.Model):
    """What went in against what was counted at the meters; computed, never entered.

    Energy in kWh. ``coverage`` is the share of the meters' time that has readings: below it, what
    is missing at the meters may simply not have been sent.
    """

    feeder = models.ForeignKey(Feeder, models.CASCADE, related_name="balances")
    period = models.CharField(_("month or day"), max_length=10)
    last_day = models.DateField(_("last day"), db_index=True)
    entered_kwh = models.DecimalField(_("went in, kWh"), max_digits=16, decimal_places=3)
    metered_kwh = models.DecimalField(_("counted, kWh"), max_digits=16, decimal_places=3)
    meters = models.PositiveIntegerField(_("meters"))
    coverage = models.FloatField(_("share of readings present"))
    norm = models.ForeignKey(
        LossNorm, models.SET_NULL, null=True, related_name="+", verbose_name=_("loss norm")
    )
    computed_at = models.DateTimeField(_("computed"), db_default=Now())

    objects = BalanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance of a feeder")
        verbose_name_plural = _("balances of feeders")
        ordering = ["-last_day", "feeder"]
        constraints = [
            models.UniqueConstraint(
                fields=["feeder", "period"], name="one_balance_a_feeder_period"
            ),
            models.CheckConstraint(
                condition=Q(coverage__gte=0, coverage__lte=1),
                name="balance_coverage_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(entered_kwh__gte=0, metered_kwh__gte=0), name="a_balance_is_of_energy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feeder_id} {self.period}"
