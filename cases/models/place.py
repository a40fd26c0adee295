"""Where something is and how much power it may draw: columns that leads, tips and cases share."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Located(models.Model):
    """A place in words, on the map, or both. Degrees WGS 84; ``cell`` is H3 at resolution 7."""

    place = models.CharField(_("place"), max_length=500, blank=True)
    kato = models.CharField(_("KATO code"), max_length=9, blank=True)
    region = models.CharField(_("region"), max_length=2, blank=True, db_index=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    cell = models.CharField(_("cell"), max_length=16, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_point_is_whole",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
            ),
        ]


class Estimated(models.Model):
    """A suspected power in kW; equal bounds are a point estimate, an empty one is unknown."""

    est_kw_low = models.FloatField(_("suspected power from, kW"), null=True, blank=True)
    est_kw_high = models.FloatField(_("suspected power to, kW"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_range_in_order",
                condition=Q(est_kw_low__isnull=True)
                | Q(est_kw_high__isnull=True)
                | Q(est_kw_low__gte=0, est_kw_high__gte=F("est_kw_low")),
            ),
        ]
