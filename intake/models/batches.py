"""Files that were brought in: what was in them, who applied them, who undid that."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from intake.choices import BUSY, ImportState
from intake.querysets import BatchQuerySet


class ImportBatch(models.Model):
    """One uploaded file, checked and then applied whole, or not at all.

    ``new``, ``same``, ``changed``, ``rejected`` count rows; ``judged`` holds the rows whose cells
    are all good, as they were read at the check, and ``columns`` names those of the file;
    ``plan_digest`` tells whether the tables moved since. ``context`` is the history's key of
    everything that applying the file wrote.
    """

    kind = models.CharField(_("kind"), max_length=40)
    file_name = models.CharField(_("file"), max_length=255)
    file = models.FileField(_("content"), upload_to="imports/%Y/", editable=False)
    judged = models.FileField(upload_to="imports/%Y/", editable=False, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.RECEIVED
    )
    columns = models.JSONField(_("columns"), default=list, editable=False)
    rows = models.PositiveIntegerField(_("rows in the file"), default=0)
    new = models.PositiveIntegerField(_("new rows"), default=0)
    same = models.PositiveIntegerField(_("unchanged rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    rejected = models.PositiveIntegerField(_("refused rows"), default=0)
    notices = models.JSONField(_("notices"), default=list)
    plan_digest = models.CharField(max_length=64, editable=False, blank=True)
    partial = models.BooleanField(_("without the refused rows"), default=False)
    act_reference = models.CharField(
        _("act of the competent body"),
        max_length=200,
        blank=True,
        help_text=_(
            "The published list or order that the file reflects; needed to change a status."
        ),
    )
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("uploaded by"),
        related_name="+",
        null=True,
        blank=True,
    )
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now(), editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("applied by"),
        related_name="+",
        null=True,
        blank=True,
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    context = models.UUIDField(null=True, blank=True, editable=False)

    found: Sequence[RowProblem] = ()
    """Problems of a file that was only looked at; of a kept file they have a table."""

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(applied_at__isnull=False),
                name="applied_import_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sha256[:8]})"

    def get_absolute_url(self) -> str:
        return reverse("imports:batch", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.state in BUSY
