"""What workers do with a file: who has it, how far they are, when they were last heard of."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from intake.choices import Stage, Task
from intake.models.batches import ImportBatch
from intake.querysets import ImportRunQuerySet


class ImportRun(models.Model):
    """One task of a worker. It has a row of its own, so that its progress can be told while the
    transaction of the task itself is still open.

    ``claim`` is the right of one worker to finish it; ``done`` and ``total`` count rows.
    ``error`` is a code of ``wording.STOPS``, filled by ``facts``.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="runs")
    task = models.CharField(_("task"), max_length=5, choices=Task)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.WAITING)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows in all"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    error = models.CharField(_("why it stopped"), max_length=40, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("asked for by"),
        related_name="+",
        null=True,
        blank=True,
    )
    asked_at = models.DateTimeField(_("asked for"), db_default=Now(), editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of an import")
        verbose_name_plural = _("tasks of imports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_task_per_import",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.task}"
