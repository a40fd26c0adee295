"""Documented look-alikes: loads that are like mining and, by a paper, are something else."""

from datetime import date, timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.regions import region_of
from grid.choices import LookAlike
from grid.models.metering import Meter
from grid.querysets import DocumentQuerySet, ExemptionQuerySet
from pages.kept import KeptFile
from pages.wording import short_date

LONGEST_TERM = timedelta(days=731)
"""Two years; then the document is looked at anew."""


@pghistory.track(level=pgtrigger.Statement)
class ExemptionDocument(KeptFile):
    """The paper that shows what a load is: a PDF or photo, kept sealed with its SHA-256."""

    title = models.CharField(_("title of the document"), max_length=300)
    number = models.CharField(_("number of the document"), max_length=100)
    dated = models.DateField(_("date of the document"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an exemption")
        verbose_name_plural = _("documents of exemptions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(original="") & Q(sha256__regex="^[0-9a-f]{64}$"),
                name="a_document_is_kept",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(number=""), name="a_document_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, № {self.number}, {short_date(self.dated)}"

    def get_absolute_url(self) -> str:
        return reverse("grid:exemption-document", args=[self.pk])


@pghistory.track(level=pgtrigger.Statement)
class Exemption(models.Model):
    """One meter, or a whole peer group, is left out of the search for mining, until a day.

    A peer group is named by all three: tariff group, activity code, region (two digits of KATO).
    Made by two persons; nobody approves what they proposed.
    """

    meter = models.ForeignKey(
        Meter, models.PROTECT, related_name="exemptions", verbose_name=_("meter"),
        null=True, blank=True,
    )  # fmt: skip
    tariff_group = models.CharField(_("tariff group"), max_length=500, blank=True)
    activity = models.CharField(_("activity code"), max_length=10, blank=True)
    region = models.CharField(
        _("region"), max_length=2, blank=True,
        validators=[RegexValidator(r"^\d{2}$", _("Two digits of KATO."))],
    )  # fmt: skip
    category = models.CharField(_("what it is"), max_length=20, choices=LookAlike)
    category_words = models.CharField(_("what it is, in words"), max_length=300, blank=True)
    document = models.ForeignKey(
        ExemptionDocument, models.PROTECT, related_name="exemptions", verbose_name=_("document")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("last day"))
    reason = models.TextField(_("reason"), max_length=2000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("approved by"),
        null=True, blank=True, editable=False,
    )  # fmt: skip
    told_of_end = models.DateField(null=True, blank=True, editable=False)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["-valid_to", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meter__isnull=False, tariff_group="", activity="", region="")
                | (Q(meter__isnull=True) & ~Q(tariff_group="") & ~Q(activity="") & ~Q(region="")),
                name="exempts_a_meter_or_a_group",
                violation_error_message=_(
                    "Name one meter, or a peer group by all three: tariff group, activity, region."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from"))
                & Q(valid_to__lte=F("valid_from") + LONGEST_TERM),
                name="exempt_for_two_years_at_most",
                violation_error_message=_("The term ends after it begins, within two years."),
            ),
            models.CheckConstraint(
                condition=~Q(category=LookAlike.OTHER) | ~Q(category_words=""),
                name="another_look_alike_says_what",
                violation_error_message=_("Say in words what it is."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_exemption_has_a_reason"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="an_exemption_takes_two_persons",
            ),
        ]
        indexes = [
            models.Index(fields=["valid_to"], name="exemptions_by_end"),
            models.Index(fields=["tariff_group", "activity", "region"], name="exempt_groups"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.category_told}, {short_date(self.valid_to)}"

    def get_absolute_url(self) -> str:
        return reverse("grid:exemption", args=[self.pk])

    @property
    def subject(self) -> str:
        """The meter's code, or the three parts of the group."""
        if self.meter is not None:
            return self.meter.code
        region = region_of(self.region)
        place = region.short_name(get_language() or "ru") if region else self.region
        return f"{self.tariff_group}, {self.activity}, {place}"

    @property
    def category_told(self) -> str:
        """What the load is, in the reader's language; of another kind, in the proposer's words."""
        return self.category_words or str(self.get_category_display())

    def is_in_force(self, day: date) -> bool:
        """Whether the day lies inside the term."""
        return self.valid_from <= day <= self.valid_to
