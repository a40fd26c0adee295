"""Evidence of a case: a file, or a frozen copy of what the portal showed."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import EvidenceKind
from cases.models.files import KeptFile
from cases.querysets import EvidenceQuerySet


@pghistory.track()
class Evidence(KeptFile):
    """``sha256`` is of the original bytes, or of the frozen JSON (sorted keys, UTF-8)."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="evidence", verbose_name=_("case")
    )
    seq = models.PositiveSmallIntegerField(_("number in the case"))
    kind = models.CharField(_("kind"), max_length=6, choices=EvidenceKind.choices)
    title = models.CharField(_("title"), max_length=300)
    frozen = models.JSONField(_("frozen copy"), null=True, blank=True)
    source = models.CharField(_("whom it comes from"), max_length=200, blank=True)
    indicator = models.BooleanField(_("an independent indicator"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("added by"),
    )
    agency = models.ForeignKey(
        "accounts.Agency",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("body"),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="evidence_numbered_in_its_case"),
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_copy",
                condition=(Q(kind=EvidenceKind.FILE, frozen__isnull=True) & ~Q(original=""))
                | Q(kind=EvidenceKind.FROZEN, frozen__isnull=False, original=""),
            ),
            models.CheckConstraint(
                name="evidence_is_hashed", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="indicator_names_its_source",
                condition=Q(indicator=False) | ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} №{self.seq}"
