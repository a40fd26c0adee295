"""What a check found: the cells that are refused, and rows worth showing before applying."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.choices import Verdict
from intake.models.batches import ImportBatch
from intake.querysets import RowQuerySet


class RefusedCell(models.Model):
    """One problem of one row; ``code`` and ``params`` are worded for people by the kind."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="refused")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    code = models.CharField(_("code"), max_length=60)
    params = models.JSONField(default=dict)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused cell")
        verbose_name_plural = _("refused cells")
        ordering = ["row", "column", "pk"]
        indexes = [models.Index(fields=["batch", "row"], name="refused_cells_of_a_file")]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.code}"


class PlannedRow(models.Model):
    """What one good row would do; ``difference`` maps a column to its before and after.

    All changed rows are kept, of the new and the same ones the first thousand.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="planned")
    row = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("effect"), max_length=8, choices=Verdict)
    label = models.CharField(_("entry"), max_length=300)
    difference = models.JSONField(_("difference"), default=dict)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "verdict", "row"], name="one_plan_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.verdict} {self.label}"
