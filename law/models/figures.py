"""Figures of the law, each for its days: fee rates, the sale quota, the monthly index."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from law.choices import Need, PowerSource
from law.models.acts import Act, InThreeLanguages
from law.models.terms import DatedRow
from law.querysets import DatedQuerySet


@pghistory.track(level=pgtrigger.Statement)
class FeeRate(DatedRow):
    """The fee for digital mining in KZT a kWh, by where the power comes from and its price.

    ``price_from`` (included) and ``price_to`` (not) in KZT a kWh bound a bracket. ``rate`` is
    empty where the law has one that no source told: unknown is not nothing.
    """

    condition = models.CharField(_("electricity"), max_length=10, choices=PowerSource)
    price_from = models.DecimalField(
        _("price from, KZT a kWh"), max_digits=9, decimal_places=4, null=True, blank=True
    )
    price_to = models.DecimalField(
        _("price below, KZT a kWh"), max_digits=9, decimal_places=4, null=True, blank=True
    )
    rate = models.DecimalField(
        _("rate, KZT a kWh"), max_digits=9, decimal_places=4, null=True, blank=True
    )
    declared_by = models.CharField(_("return due"), max_length=200, blank=True)
    paid_by = models.CharField(_("payment due"), max_length=200, blank=True)
    act = models.ForeignKey(
        Act, models.PROTECT, verbose_name=_("act"), related_name="fee_rates", null=True, blank=True
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee rate")
        verbose_name_plural = _("fee rates")
        ordering = ["valid_from", "condition", "price_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from", "condition", "price_from"],
                name="one_rate_a_bracket", nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__gte=0), name="fee_rate_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(price_to__isnull=True) | Q(price_to__gt=F("price_from")),
                name="price_bracket_has_an_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="fee_rate_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_condition_display()}, {self.valid_from.isoformat()}"


@pghistory.track(level=pgtrigger.Statement)
class SaleQuota(DatedRow):
    """Share of what was mined that must be sold on licensed exchanges, in percent."""

    percent = models.DecimalField(_("share, %"), max_digits=5, decimal_places=2)
    base = models.CharField(_("share of what"), max_length=200)
    act = models.ForeignKey(
        Act,
        models.PROTECT,
        verbose_name=_("act"),
        related_name="sale_quotas",
        null=True,
        blank=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("sale quota")
        verbose_name_plural = _("sale quotas")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="one_quota_a_beginning"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="quota_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="quota_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %, {self.valid_from.isoformat()}"


@pghistory.track(level=pgtrigger.Statement)
class MonthlyIndex(DatedRow):
    """The monthly calculation index (MCI) in KZT, in which fees and fines are expressed."""

    kzt = models.DecimalField(_("MCI, KZT"), max_digits=9, decimal_places=2)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly calculation index")
        verbose_name_plural = _("monthly calculation indices")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="one_index_a_beginning"),
            models.CheckConstraint(condition=Q(kzt__gt=0), name="index_is_positive"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="index_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kzt} KZT, {self.valid_from.isoformat()}"


@pghistory.track(level=pgtrigger.Statement)
class Regime(InThreeLanguages, DatedRow):
    """What an operator needed in order to mine, from a day on; two may overlap for a while."""

    need = models.CharField(_("what was needed"), max_length=12, choices=Need)
    act = models.ForeignKey(
        Act, models.PROTECT, verbose_name=_("act"), related_name="regimes", null=True, blank=True
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("regime")
        verbose_name_plural = _("regimes")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from", "need"], name="one_regime_a_beginning"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="regime_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title
