"""What contradicts the registry: two different sources, side by side."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import FigureUnit, SourceKind
from cases.models.lead import Lead
from common import clock
from pages.wording import MISSING, with_unit


class Contradiction(models.Model):
    """What one official stated to propose a case against operators that carry the mark.

    ``against`` are their numbers: the second person confirms the case against these and nobody
    else. A declined statement stays; the next proposal makes another.
    """

    lead = models.ForeignKey(
        Lead, models.PROTECT, related_name="contradictions", verbose_name=_("lead")
    )
    words = models.TextField(_("contradiction with the registry"))
    against = ArrayField(
        models.CharField(max_length=12), verbose_name=_("numbers of the operators concerned")
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("stated by")
    )
    stated_at = models.DateTimeField(_("stated at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("contradiction between two sources")
        verbose_name_plural = _("contradictions between two sources")
        ordering = ["-stated_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="contradiction_is_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="contradiction_concerns_somebody", condition=Q(against__len__gt=0)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="contradictions_stay", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class ContradictingSource(models.Model):
    """One of the two sources: which file or paper, of what day, and what it says.

    ``file_key`` tells its file from others (``common.references``): two items of one file are
    one source, and the database refuses the second.
    """

    contradiction = models.ForeignKey(
        Contradiction,
        models.PROTECT,
        related_name="sources",
        verbose_name=_("contradiction between two sources"),
    )
    seq = models.PositiveSmallIntegerField(_("first or second"))
    kind = models.CharField(_("kind of source"), max_length=16, choices=SourceKind)
    reference = models.CharField(_("file, entry or paper"), max_length=300)
    item = models.CharField(_("place in it"), max_length=200, blank=True)
    file_key = models.CharField(max_length=300, editable=False)
    dated_on = models.DateField(_("date of the source"))
    says = models.CharField(_("what it says"), max_length=1000)
    figure = models.DecimalField(
        _("figure"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=8, choices=FigureUnit, blank=True)

    class Meta:
        verbose_name = _("source of a contradiction")
        verbose_name_plural = _("sources of contradictions")
        ordering = ["contradiction", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["contradiction", "seq"], name="one_source_a_side"),
            models.UniqueConstraint(
                fields=["contradiction", "file_key"], name="items_of_one_file_count_once"
            ),
            models.CheckConstraint(name="two_sides", condition=Q(seq__in=(1, 2))),
            models.CheckConstraint(
                name="source_is_named",
                condition=~Q(reference="") & ~Q(says="") & ~Q(file_key=""),
            ),
            models.CheckConstraint(
                name="figure_has_a_unit",
                condition=Q(figure__isnull=True, unit="") | (Q(figure__isnull=False) & ~Q(unit="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sources_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reference}"

    @property
    def told(self) -> str:
        """The figure with its unit in the reader's words."""
        if self.figure is None:
            return MISSING
        digits = -int(self.figure.normalize().as_tuple().exponent)
        return with_unit(self.figure, self.get_unit_display(), max(digits, 0))
