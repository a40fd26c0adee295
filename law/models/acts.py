"""Bodies and what each is competent for; acts, their norms, and what was merely said."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from law.choices import ActKind, ActStatus, Instrument, Matter, Precision
from law.models.terms import DatedRow
from law.querysets import ActQuerySet, DatedQuerySet


class InThreeLanguages(models.Model):
    """A text in Kazakh, Russian and English; the reader sees the one of the page."""

    title_kk = models.CharField(_("in Kazakh"), max_length=500)
    title_ru = models.CharField(_("in Russian"), max_length=500)
    title_en = models.CharField(_("in English"), max_length=500)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """In the reader's language."""
        return str(getattr(self, f"title_{get_language() or 'ru'}", "") or self.title_ru)


@pghistory.track(level=pgtrigger.Statement)
class Body(InThreeLanguages):
    """Who adopts acts or speaks in public: parliament, a ministry, a bank, an official's office."""

    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


@pghistory.track(level=pgtrigger.Statement)
class Competence(DatedRow):
    """A body could settle a matter by its own act, from a day on."""

    body = models.ForeignKey(
        Body, models.PROTECT, verbose_name=_("body"), related_name="competences"
    )
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["body", "matter", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "matter", "valid_from"], name="one_competence_a_beginning"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="competence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_matter_display()}"


@pghistory.track(level=pgtrigger.Statement)
class Act(InThreeLanguages):
    """A paper of a body. Adopted and in force on a day, of a competent body, it can found.

    ``confirmed_by``: how many independent sources said so when the row was entered.
    """

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ActKind)
    number = models.CharField(_("number"), max_length=60, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="acts")
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)
    status = models.CharField(_("status"), max_length=8, choices=ActStatus)
    dated = models.DateField(_("dated"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.TextField(_("source"))
    confirmed_by = models.PositiveSmallIntegerField(_("independent sources"), default=1)
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-in_force_from", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="act_has_a_source"),
            models.CheckConstraint(
                condition=~Q(status=ActStatus.ADOPTED) | Q(in_force_from__isnull=False),
                name="adopted_act_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActStatus.DRAFT) | Q(in_force_from__isnull=True),
                name="a_draft_is_not_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="act_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("law:act", args=[self.code])


@pghistory.track(level=pgtrigger.Statement)
class Norm(InThreeLanguages):
    """One rule of an act, as it is cited: "Art. 8(4)"; without days of its own it has the act's."""

    act = models.ForeignKey(Act, models.PROTECT, verbose_name=_("act"), related_name="norms")
    code = models.SlugField(_("code"), unique=True)
    label = models.CharField(_("place in the act"), max_length=60)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.TextField(_("source"))
    confirmed_by = models.PositiveSmallIntegerField(_("independent sources"), default=1)
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["act", "label"]
        constraints = [
            models.UniqueConstraint(fields=["act", "label"], name="one_norm_a_place"),
            models.CheckConstraint(condition=~Q(source=""), name="norm_has_a_source"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="norm_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.act}"

    def get_absolute_url(self) -> str:
        return reverse("law:norm", args=[self.code])


@pghistory.track(level=pgtrigger.Statement)
class Position(InThreeLanguages):
    """What somebody said in public, when and in which form; no statement founds a decision.

    ``outcome``: what became of it, in three languages, empty while that is unknown.
    """

    code = models.SlugField(_("code"), unique=True)
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="positions")
    speaker = models.CharField(_("who spoke"), max_length=200, blank=True)
    said_on = models.DateField(_("said on"))
    precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    instrument = models.CharField(_("form"), max_length=12, choices=Instrument)
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)
    outcome_kk = models.CharField(_("what became of it, in Kazakh"), max_length=500, blank=True)
    outcome_ru = models.CharField(_("what became of it, in Russian"), max_length=500, blank=True)
    outcome_en = models.CharField(_("what became of it, in English"), max_length=500, blank=True)
    source = models.TextField(_("source"))
    confirmed_by = models.PositiveSmallIntegerField(_("independent sources"), default=1)
    verified = models.BooleanField(_("verified by a lawyer"), default=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("public position")
        verbose_name_plural = _("public positions")
        ordering = ["said_on", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="position_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("law:position", args=[self.code])

    @property
    def outcome(self) -> str:
        """What became of it, in the reader's language."""
        return str(getattr(self, f"outcome_{get_language() or 'ru'}", "") or self.outcome_ru)
