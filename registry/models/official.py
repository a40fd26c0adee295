"""The competent body's published lists, kept as they stood on their day."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.identifiers import number_for_all
from registry.choices import Kind
from registry.querysets import VisibleQuerySet


@pghistory.track(level=pgtrigger.Statement)
class OfficialList(models.Model):
    """One published list on one day; who published it, and where."""

    kind = models.CharField(_("list of"), max_length=12, choices=Kind)
    day = models.DateField(_("as of"))
    body = models.CharField(_("competent body"), max_length=200)
    reference = models.CharField(_("publication"), max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("official list")
        verbose_name_plural = _("official lists")
        ordering = ["-day", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "day"], name="one_list_of_a_kind_a_day"),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(reference=""), name="official_list_says_whose_it_is"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("registry:official", args=[self.pk])


@pghistory.track(level=pgtrigger.Statement)
class ListedEntry(models.Model):
    """A line of an official list, in its own words; nothing in it changes the registry."""

    official_list = models.ForeignKey(
        OfficialList, models.PROTECT, verbose_name=_("list"), related_name="entries"
    )
    number = models.CharField(_("number"), max_length=60)
    operator_bin = models.CharField(_("BIN or IIN"), max_length=12, blank=True, db_index=True)
    operator_name = models.CharField(_("name"), max_length=300)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an official list")
        verbose_name_plural = _("lines of official lists")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["official_list", "number"], name="one_line_a_number_of_a_list"
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(operator_name=""), name="listed_entry_says_who"
            ),
            models.CheckConstraint(
                condition=Q(operator_bin="") | Q(operator_bin__regex=r"^[0-9]{12}$"),
                name="listed_number_has_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="listed_entry_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="listed_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_number(self) -> str:
        """The number as those see it who may not see a person's IIN."""
        return number_for_all(self.operator_bin)
