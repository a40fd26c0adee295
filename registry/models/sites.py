"""Where an operator mines, with how much power, behind which meters."""

from uuid import uuid4

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from common.geo import cell
from registry.models.fields import DerivedField
from registry.models.history import every_change
from registry.models.registrations import Registration
from registry.querysets import SiteMeterQuerySet, SiteQuerySet

# A box around the country (degrees): enough to notice that latitude and longitude were swapped.
LATITUDES, LONGITUDES = (40.0, 56.0), (46.0, 88.0)


def _cell(site: "Site") -> str:
    return "" if site.lat is None or site.lon is None else cell(site.lat, site.lon)


@pghistory.track(*every_change(), level=pgtrigger.Statement, exclude=["cell"])
class Site(models.Model):
    """A place with its own identity (``key``), declared by a registration.

    A company may change hands or name; the place and its connection stay.
    """

    key = models.UUIDField(_("site key"), default=uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, models.PROTECT, verbose_name=_("registration"), related_name="sites"
    )
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=500, blank=True)
    kato = models.CharField(_("KATO code of the place"), max_length=9)
    lat = models.FloatField(_("latitude, °"), null=True, blank=True)
    lon = models.FloatField(_("longitude, °"), null=True, blank=True)
    cell = DerivedField(max_length=15, blank=True, db_index=True, reckon=_cell)
    connection_point = models.CharField(
        _("connection point"), max_length=200, blank=True,
        help_text=_("Substation and cell, as in the technical conditions."),
    )  # fmt: skip
    feeder = models.CharField(_("feeder"), max_length=64, blank=True)
    declared_kw = models.DecimalField(_("declared power, kW"), max_digits=12, decimal_places=3)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "name"], name="one_site_per_name"),
            models.CheckConstraint(condition=Q(declared_kw__gt=0), name="site_declares_power"),
            models.CheckConstraint(
                condition=Q(kato__regex=r"^[0-9]{9}$"), name="site_kato_has_9_digits"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                # Said outright: a check on NULL is neither true nor false, and passes.
                | Q(lat__isnull=False, lon__isnull=False)
                & Q(lat__range=LATITUDES, lon__range=LONGITUDES),
                name="site_lies_in_the_country",
            ),
        ]
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="site_name_search"),
            GinIndex(OpClass(Upper("address"), name="gin_trgm_ops"), name="site_address_search"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*every_change(), level=pgtrigger.Statement)
class SiteMeter(models.Model):
    """A meter code that a site declares for a period; a code, no link to the grid's meters."""

    site = models.ForeignKey(Site, models.CASCADE, verbose_name=_("site"), related_name="meters")
    code = models.CharField(_("meter code"), max_length=64, db_index=True)
    valid_from = models.DateField(_("declared from"), null=True, blank=True)
    valid_to = models.DateField(_("declared to"), null=True, blank=True)

    objects = SiteMeterQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared meter")
        verbose_name_plural = _("declared meters")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="declared_meter_has_a_code"),
            # Two sites behind one meter on one day would make every comparison ambiguous.
            ExclusionConstraint(
                name="one_site_per_meter_and_day",
                expressions=[
                    # The code's 64-bit hash: an index of texts takes six times as long to fill.
                    # Should two codes ever share one, a row is refused that might have stood.
                    (
                        Func(
                            F("code"),
                            Value(0),
                            function="hashtextextended",
                            output_field=models.BigIntegerField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code
