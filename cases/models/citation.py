"""Which rules of the law a case rests on."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import CitationQuerySet
from common import clock


@pghistory.track()
class Citation(models.Model):
    """A norm or an act that was in force on the day of an event; what founds a decision.

    A citation is withdrawn, never deleted: a decision may have rested on it.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="citations", verbose_name=_("case")
    )
    act = models.ForeignKey(
        "law.Act", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("act")
    )
    norm = models.ForeignKey(
        "law.Norm", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("norm")
    )
    event_on = models.DateField(_("day of the event"))
    why = models.CharField(_("what it is cited for"), max_length=500)
    cited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("cited by")
    )
    cited_at = models.DateTimeField(_("cited at"), default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal ground")
        verbose_name_plural = _("legal grounds")
        ordering = ["cited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_citation_names_an_act_or_a_norm",
                condition=Q(act__isnull=False, norm__isnull=True)
                | Q(act__isnull=True, norm__isnull=False),
            ),
            models.CheckConstraint(name="a_citation_says_what_for", condition=~Q(why="")),
            models.UniqueConstraint(
                fields=["case", "act", "norm", "event_on"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_citation_a_rule_and_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.norm or self.act)

    @property
    def cited(self) -> models.Model:
        """The norm, or the act as a whole."""
        found = self.norm or self.act
        if found is None:
            raise ValueError("a citation names an act or a norm")
        return found
