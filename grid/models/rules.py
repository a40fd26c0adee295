"""Dated rules of the grid: how long readings are kept, which tariff groups are households."""

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from law.models.terms import DatedRow
from law.querysets import DatedQuerySet

LEAST_MONTHS = 14
"""Balances are computed anew for 400 days, so readings must stay as long."""


@pghistory.track(level=pgtrigger.Statement)
class RetentionTerm(DatedRow):
    """How many months readings stay in the lake; months, as the lake is parted by them.

    Without a row in force nothing is taken out.
    """

    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(LEAST_MONTHS)]
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention term of readings")
        verbose_name_plural = _("retention terms of readings")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="one_retention_term_a_day"),
            models.CheckConstraint(
                condition=Q(months__gte=LEAST_MONTHS), name="readings_outlast_the_balances"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="retention_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.months}"


@pghistory.track(level=pgtrigger.Statement)
class HouseholdTariff(DatedRow):
    """A tariff group that begins like this is one of households, which no check reports."""

    beginning = models.CharField(
        _("the tariff group begins with"), max_length=100,
        help_text=_("Small letters; capitals and small ones are the same."),
    )  # fmt: skip

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff group of households")
        verbose_name_plural = _("tariff groups of households")
        ordering = ["beginning", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["beginning", "valid_from"], name="one_household_beginning_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(beginning="") & Q(beginning__regex=r"^\S(.*\S)?$"),
                name="a_household_beginning_is_said",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="household_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.beginning
