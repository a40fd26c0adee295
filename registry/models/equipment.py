"""Mining devices: the catalogue of models with their rated power, and what stands at a site."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.choices import Cooling
from registry.models.sites import Site
from registry.querysets import DatedQuerySet, VisibleQuerySet


@pghistory.track(level=pgtrigger.Statement)
class EquipmentModel(models.Model):
    """A model as its maker rates it: watts at the wall, TH/s, and how far both may be off.

    ``key``: letters and digits of the name only, so that ``S19JPRO`` and ``S19j Pro`` are one.
    """

    key = models.CharField(_("key"), max_length=60, unique=True)
    manufacturer = models.CharField(_("maker"), max_length=60)
    name = models.CharField(_("model"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    hashrate_ths = models.DecimalField(
        _("hash rate, TH/s"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    power_w = models.PositiveIntegerField(_("rated power, W"))
    tolerance = models.DecimalField(
        _("tolerance of the power, %"), max_digits=4, decimal_places=1, default=5
    )
    cooling = models.CharField(_("cooling"), max_length=10, choices=Cooling, default=Cooling.AIR)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("equipment model")
        verbose_name_plural = _("equipment models")
        ordering = ["manufacturer", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[0-9A-Z]+$"), name="equipment_key_is_plain"
            ),
            models.CheckConstraint(condition=Q(power_w__gt=0), name="equipment_takes_power"),
            models.CheckConstraint(
                condition=Q(tolerance__gte=0, tolerance__lte=50),
                name="equipment_tolerance_is_small",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="equipment_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.name}"


@pghistory.track(level=pgtrigger.Statement)
class Equipment(models.Model):
    """So many devices of a model at a site, as declared; one lot of one customs declaration.

    ``model`` is empty for a device that the catalogue does not know; ``described`` keeps what
    the paper says, ``rated_w`` the watts that it states for one device.
    """

    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("site"), related_name="equipment")
    lot = models.CharField(_("lot"), max_length=60, help_text=_("The operator's own number."))
    model = models.ForeignKey(
        EquipmentModel, models.PROTECT, verbose_name=_("model"), related_name="lots",
        null=True, blank=True,
    )  # fmt: skip
    described = models.CharField(_("as described"), max_length=200)
    rated_w = models.PositiveIntegerField(_("stated power of one, W"), null=True, blank=True)
    count = models.PositiveIntegerField(_("devices"))
    serials = models.TextField(_("serial numbers"), blank=True)
    customs_declaration = models.CharField(_("customs declaration"), max_length=60, blank=True)
    customs_date = models.DateField(_("date of the declaration"), null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["lot"]
        constraints = [
            models.UniqueConstraint(fields=["site", "lot"], name="one_lot_of_a_site"),
            models.CheckConstraint(condition=Q(count__gt=0), name="equipment_is_counted"),
            models.CheckConstraint(condition=~Q(described=""), name="equipment_is_described"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="equipment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.described}"

    @property
    def rated_kw(self) -> float | None:
        """Rated power of the lot in kW without overhead; None when nothing states it."""
        watts = self.rated_w or (self.model.power_w if self.model else None)
        return None if watts is None else self.count * watts / 1000
