"""Where a meter's register did not go on from the reading before it."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from grid.choices import ChangeKind
from grid.models.metering import Meter, ReadingBatch
from grid.querysets import ChangeQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeterChange(models.Model):
    """A reset or an exchange: what the registers showed before and after, in kWh.

    Registers are as shown, without the transformers' ratio; ``moment`` is that of the first
    reading after. The interval between them has no energy.
    """

    meter = models.ForeignKey(
        Meter, models.CASCADE, related_name="changes", verbose_name=_("meter")
    )
    moment = models.DateTimeField(_("first reading after"))
    kind = models.CharField(_("what happened"), max_length=8, choices=ChangeKind)
    before_kwh = models.FloatField(_("register before, kWh"))
    after_kwh = models.FloatField(_("register after, kWh"))
    serial = models.CharField(_("serial number of the new meter"), max_length=64, blank=True)
    batch = models.ForeignKey(
        ReadingBatch, models.PROTECT, related_name="changes", verbose_name=_("batch"), null=True,
        blank=True,
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a meter")
        verbose_name_plural = _("changes of meters")
        ordering = ["meter", "-moment"]
        constraints = [
            models.UniqueConstraint(fields=["meter", "moment"], name="one_change_at_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.moment:%Y-%m-%d %H:%M} {self.kind}"
