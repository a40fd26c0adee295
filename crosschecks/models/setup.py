"""How the checks are set: dated thresholds, and the pause with its reason."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from crosschecks.querysets import ThresholdQuerySet


@pghistory.track()
class Threshold(models.Model):
    """One value from one day on; code only seeds the first row, ``verified`` false."""

    check_slug = models.CharField(_("check"), max_length=80)
    name = models.CharField(_("threshold"), max_length=60)
    value = models.FloatField(_("value"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["check_slug", "name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_slug", "name", "valid_from"], name="one_threshold_value_per_day"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="threshold_is_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="threshold_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.check_slug} {self.name} = {self.value:g} ({self.valid_from:%Y-%m-%d})"


@pghistory.track()
class CheckSetting(models.Model):
    """Whether a check runs by itself; a row appears when somebody pauses it first."""

    check_slug = models.CharField(_("check"), max_length=80, unique=True)
    enabled = models.BooleanField(_("runs by itself"), default=True)
    reason = models.TextField(_("reason of the pause"), blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("setting of a check")
        verbose_name_plural = _("settings of checks")
        ordering = ["check_slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enabled=True) | ~Q(reason=""), name="paused_check_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.check_slug
