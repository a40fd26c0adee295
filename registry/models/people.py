"""Who stands behind an operator and how it is reached: dated, and mostly personal data."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.choices import ContactKind, Part
from registry.models.operators import Operator
from registry.querysets import DatedQuerySet


class DatedOfOperator(models.Model):
    """A fact about an operator that holds for a time; an open end is endless."""

    operator = models.ForeignKey(Operator, models.PROTECT, verbose_name=_("operator"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


@pghistory.track(level=pgtrigger.Statement)
class Contact(DatedOfOperator):
    """A telephone number, an e-mail address or another way to reach an operator."""

    kind = models.CharField(_("kind"), max_length=8, choices=ContactKind)
    value = models.CharField(_("contact"), max_length=200)
    is_personal = models.BooleanField(
        _("of a person"), default=True, help_text=_("A named person's, not the company's own.")
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["kind", "value"]
        default_related_name = "contacts"
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "kind", "value", "valid_from"],
                name="one_contact_a_beginning",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(value=""), name="contact_says_something"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="contact_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.value


@pghistory.track(level=pgtrigger.Statement)
class Principal(DatedOfOperator):
    """A manager or an owner. ``number``: BIN or IIN where it is known; ``share`` in percent."""

    part = models.CharField(_("part"), max_length=8, choices=Part)
    name = models.CharField(_("name"), max_length=300)
    number = models.CharField(_("BIN or IIN"), max_length=12, blank=True)
    share = models.DecimalField(
        _("share, %"), max_digits=6, decimal_places=3, null=True, blank=True
    )

    class Meta:
        verbose_name = _("manager or owner")
        verbose_name_plural = _("managers and owners")
        ordering = ["part", "name"]
        default_related_name = "principals"
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "part", "name", "valid_from"],
                name="one_principal_a_beginning",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(name=""), name="principal_has_a_name"),
            models.CheckConstraint(
                condition=Q(number="") | Q(number__regex=r"^[0-9]{12}$"),
                name="principal_number_has_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100, part=Part.OWNER),
                name="an_owner_holds_a_share",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="principal_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        """Whether this is personal data: anyone whose number is not a company's."""
        return not (self.number and self.number[4] >= "4")
