"""Returns of the fee for digital mining, as the tax body passes them on."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.operators import Operator
from registry.querysets import VisibleQuerySet


@pghistory.track(level=pgtrigger.Statement)
class FeeReturn(models.Model):
    """What an operator declared for a quarter: kWh used in mining, KZT a kWh, KZT due and paid.

    ``version`` 1 is the first return, a corrected one has the next number; the last counts.
    ``paid_kzt`` is empty while no payment was reported, 0 when it was reported as nothing.
    """

    operator = models.ForeignKey(
        Operator, models.PROTECT, verbose_name=_("operator"), related_name="fee_returns"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    kwh = models.DecimalField(_("energy, kWh"), max_digits=16, decimal_places=3)
    rate_kzt = models.DecimalField(_("rate, KZT a kWh"), max_digits=9, decimal_places=4)
    due_kzt = models.DecimalField(_("due, KZT"), max_digits=16, decimal_places=2)
    paid_kzt = models.DecimalField(
        _("paid, KZT"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    filed_on = models.DateField(_("filed"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee return")
        verbose_name_plural = _("fee returns")
        ordering = ["-year", "-quarter", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "year", "quarter", "version"], name="one_return_a_version"
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="a_year_has_four_quarters"
            ),
            # The fee is in force since 1 January 2022 (Law 53-VII).
            models.CheckConstraint(
                condition=Q(year__gte=2022, year__lte=2100), name="fee_return_is_of_a_fee_year"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(kwh__gte=0, rate_kzt__gte=0, due_kzt__gte=0)
                & (Q(paid_kzt__isnull=True) | Q(paid_kzt__gte=0)),
                name="fee_return_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator_id}: {self.quarter}/{self.year}"
