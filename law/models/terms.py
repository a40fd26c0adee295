"""Legal terms, figures in force on a date, and the days on which offices work."""

import pghistory
import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from law.wording import TERM_WORDS

CODE = RegexValidator(
    r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", _("Small letters, digits and dots: case.work")
)


class DatedRow(models.Model):
    """A row with a legal or engineering meaning: dated, with its source, verified or not."""

    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    class Meta:
        abstract = True


@pghistory.track(level=pgtrigger.Statement)
class Term(DatedRow):
    """How long something may take: the code names it, the number counts working days."""

    code = models.CharField(_("code"), max_length=50, validators=[CODE], db_index=True)
    name = models.CharField(_("what it is for"), max_length=200)
    working_days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_term_per_day"),
            models.CheckConstraint(condition=Q(working_days__gt=0), name="term_is_positive"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.working_days}"

    @property
    def words(self) -> str:
        """What the term is for, in the reader's language where the portal knows the code."""
        return str(TERM_WORDS.get(self.code, self.name))


@pghistory.track(level=pgtrigger.Statement)
class CalendarYear(models.Model):
    """A year whose public holidays are known; a year without a row cannot be counted in."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


@pghistory.track(level=pgtrigger.Statement)
class MovedDay(models.Model):
    """A day that the government moved: a working Saturday, or a day off in exchange."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("offices work"))
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    class Meta:
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()
