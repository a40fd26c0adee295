"""One run of one check over one day."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common import clock
from crosschecks.choices import ACTIVE_STATES, RunState
from crosschecks.querysets import RunQuerySet


class CheckRun(models.Model):
    """Counts are true only after the last step; ``claim`` tells which worker may write.

    A worker that was given up for dead and wakes again finds another claim on the row and stops.
    """

    check_slug = models.CharField(_("check"), max_length=80)
    day = models.DateField(_("day"))
    state = models.CharField(
        _("state"), max_length=12, choices=RunState, default=RunState.QUEUED, db_index=True
    )
    total = models.PositiveIntegerField(_("subjects"), default=0)
    done = models.PositiveIntegerField(_("looked at"), default=0)
    hits = models.PositiveIntegerField(_("hits"), default=0)
    new = models.PositiveIntegerField(pgettext_lazy("counts of a run", "new"), default=0)
    same = models.PositiveIntegerField(pgettext_lazy("counts of a run", "same"), default=0)
    gone = models.PositiveIntegerField(pgettext_lazy("counts of a run", "gone"), default=0)
    back = models.PositiveIntegerField(pgettext_lazy("counts of a run", "back again"), default=0)
    held = models.PositiveIntegerField(_("held back"), default=0)
    left_out = models.PositiveIntegerField(_("left out as exempt"), default=0)
    leads = models.PositiveIntegerField(_("leads raised"), default=0)
    created_at = models.DateTimeField(_("asked for at"), default=clock.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(_("claimed by"), null=True, blank=True, editable=False)
    error = models.TextField(_("why it ended"), blank=True)
    thresholds = models.JSONField(_("thresholds used"), default=dict, blank=True)
    late_feeds = models.JSONField(_("late feeds"), default=dict, blank=True)
    version = models.CharField(_("version of the check"), max_length=12, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a check")
        verbose_name_plural = _("runs of checks")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_slug", "day"],
                condition=Q(state__in=[str(s) for s in ACTIVE_STATES]),
                name="one_active_run_per_check_and_day",
            ),
            # The bookkeeping "gone / back" compares days, so days of one check go one at a time.
            models.UniqueConstraint(
                fields=["check_slug"],
                condition=Q(state=str(RunState.RUNNING)),
                name="one_running_run_per_check",
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="run_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="run_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=str(RunState.RUNNING))
                | Q(claim__isnull=False, heartbeat_at__isnull=False),
                name="running_run_has_a_heartbeat",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(s) for s in ACTIVE_STATES])
                | Q(finished_at__isnull=False),
                name="ended_run_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["check_slug", "-day"], name="run_by_check_and_day")]

    def __str__(self) -> str:
        return f"{self.check_slug} {self.day:%Y-%m-%d} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("crosschecks:run", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def share(self) -> float:
        """Share looked at, 0 to 100; 0 while the total is unknown."""
        return 100 * self.done / self.total if self.total else 0.0

    @property
    def took(self) -> timedelta | None:
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at
