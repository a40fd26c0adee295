"""Where an operator's electricity comes from, by contract."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.choices import SupplyKind
from registry.models.operators import Operator
from registry.models.sites import Site
from registry.querysets import DatedQuerySet


@pghistory.track(level=pgtrigger.Statement)
class SupplyContract(models.Model):
    """A contract for power: kW that may be drawn, kWh of the whole period, KZT a kWh.

    ``site`` is empty for a contract that serves all of the operator's sites. What a contract
    leaves open stays empty: unknown is not nothing.
    """

    operator = models.ForeignKey(
        Operator, models.PROTECT, verbose_name=_("operator"), related_name="contracts"
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        verbose_name=_("site"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    number = models.CharField(_("number"), max_length=60)
    kind = models.CharField(_("way of supply"), max_length=10, choices=SupplyKind)
    supplier_name = models.CharField(_("supplier"), max_length=300, blank=True)
    supplier_bin = models.CharField(_("BIN of the supplier"), max_length=12, blank=True)
    kw = models.DecimalField(_("power, kW"), max_digits=12, decimal_places=3, null=True, blank=True)
    kwh = models.DecimalField(
        _("energy of the period, kWh"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    kzt_per_kwh = models.DecimalField(
        _("price, KZT a kWh"), max_digits=9, decimal_places=4, null=True, blank=True
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("supply contract")
        verbose_name_plural = _("supply contracts")
        ordering = ["-valid_from", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "number"], name="one_contract_number_of_an_operator"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="contract_has_a_number"),
            models.CheckConstraint(
                condition=(Q(kw__isnull=True) | Q(kw__gt=0))
                & (Q(kwh__isnull=True) | Q(kwh__gte=0))
                & (Q(kzt_per_kwh__isnull=True) | Q(kzt_per_kwh__gte=0)),
                name="contract_figures_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(supplier_bin="") | Q(supplier_bin__regex=r"^[0-9]{12}$"),
                name="contract_supplier_number_has_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="contract_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.number
