"""The picture of a day: suspected and registered power by region, and the path of leads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """What the portal knew on one day; the present day's is taken anew until the day ends."""

    day = models.DateField(_("day"), unique=True)
    taken_at = models.DateTimeField(_("taken"))
    regions = models.JSONField(_("by region"))
    operators = models.PositiveIntegerField(_("operators with a site in force"), default=0)
    path = models.JSONField(_("path of leads over twelve months"))

    class Meta:
        verbose_name = _("picture of a day")
        verbose_name_plural = _("pictures of days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()
