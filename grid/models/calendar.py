"""Curtailment orders and outages: hours in which a load may be expected to fall."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.regions import REGIONS
from grid.choices import WHOLE_COUNTRY, EventKind
from grid.models.feeders import Feeder
from grid.querysets import EventQuerySet


def check_regions(text: str) -> None:
    """Raises ValidationError unless the text names known regions: 71,39 or 00 for all."""
    if unknown := [one for one in text.split(",") if one not in {WHOLE_COUNTRY, *REGIONS}]:
        told = _("Not a region: %(code)s. Two digits of KATO each, such as 71,39; 00 is all.")
        raise ValidationError(told % {"code": ", ".join(unknown)})


@pghistory.track(level=pgtrigger.Statement)
class GridEvent(models.Model):
    """An order or outage from one moment to another, in regions or on one feeder.

    ``code`` is the number of the order or notice; what a file brings in waits to be verified.
    """

    code = models.CharField(_("number of the order or notice"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    regions = models.CharField(
        _("regions"), max_length=80, blank=True, validators=[check_regions],
        help_text=_("Two digits of KATO each: 71,39; 00 for the whole country. Or a feeder."),
    )  # fmt: skip
    feeder = models.ForeignKey(
        Feeder, models.PROTECT, related_name="events_of_the_calendar", verbose_name=_("feeder"),
        null=True, blank=True,
    )  # fmt: skip
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("order or outage")
        verbose_name_plural = _("orders and outages")
        ordering = ["-begins_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="an_event_lasts",
                violation_error_message=_("It ends after it begins."),
            ),
            models.CheckConstraint(
                condition=(Q(feeder__isnull=True) & ~Q(regions=""))
                | Q(feeder__isnull=False, regions=""),
                name="an_event_has_a_place",
                violation_error_message=_("Name regions or a feeder, not both."),
            ),
            models.CheckConstraint(
                condition=Q(regions="") | Q(regions__regex=r"^\d{2}(,\d{2})*$"),
                name="regions_are_two_digits_each",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="an_event_has_a_source"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["begins_at", "ends_at"], name="events_by_time")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return f"{reverse('grid:calendar')}?q={self.code}"

    @property
    def kind_word(self) -> str:
        """What it is, in the reader's language."""
        return str(self.get_kind_display())

    @property
    def place(self) -> str:
        """Its feeder, or its regions by name."""
        if self.feeder is not None:
            return self.feeder.code
        language = get_language() or "ru"
        named = [REGIONS[one] for one in self.regions.split(",") if one in REGIONS]
        whole = WHOLE_COUNTRY in self.regions.split(",")
        if whole:
            return str(_("the whole country"))
        return ", ".join(one.short_name(language) for one in named)
