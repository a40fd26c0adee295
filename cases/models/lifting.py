"""Which decisions on the mark "no restriction applies" a case has asked for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.querysets import OfCaseQuerySet
from common import clock


class Lifting(models.Model):
    """A case refers to a decision on the mark of an operator that it concerns.

    The decision is the registry's and says nothing of the case; who sees only the registry does
    not learn from it that there is one.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="liftings", verbose_name=_("case"))
    decision = models.ForeignKey(
        "registry.ProtectionDecision",
        models.PROTECT,
        related_name="+",
        verbose_name=_("decision on the mark"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on the mark in a case")
        verbose_name_plural = _("decisions on the mark in cases")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "decision"], name="a_case_refers_to_a_mark_decision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.decision_id}"
