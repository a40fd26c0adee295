"""Who mines: companies by BIN, sole entrepreneurs by IIN."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate, Left, Now
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.identifiers import number_for_all
from common.names import search_form
from registry.choices import NumberKind
from registry.models.fields import DerivedField
from registry.models.history import every_change
from registry.querysets import OperatorQuerySet

SEARCH_LENGTH = 2000
# How a name begins, in the order of bytes: an index of it answers a prefix, sorted, at once.
NAME_START = Collate(Left("search", 60), "C")


def _search(operator: "Operator") -> str:
    return search_form(operator.name, operator.name_kk, operator.name_ru, operator.name_en)


@pghistory.track(*every_change(), level=pgtrigger.Statement, exclude=["search", "created_at"])
class Operator(models.Model):
    """A party of the registry. ``bin`` is a BIN or, for a sole entrepreneur, an IIN.

    ``name`` is written as in the official list; the others are its form in each language.
    """

    bin = models.CharField(_("BIN or IIN"), max_length=12, unique=True)
    kind = models.CharField(_("kind of number"), max_length=3, choices=NumberKind)
    name = models.CharField(_("name in the official list"), max_length=300)
    name_kk = models.CharField(_("name in Kazakh"), max_length=300, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    kato = models.CharField(_("KATO code of the place"), max_length=9, blank=True)
    search = DerivedField(max_length=SEARCH_LENGTH, blank=True, reckon=_search)
    created_at = models.DateTimeField(_("entered"), db_default=Now(), editable=False)

    objects = OperatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operators")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bin__regex=r"^[0-9]{12}$"), name="operator_number_has_12_digits"
            ),
            # The fifth digit tells a company from a person, see common.identifiers.
            models.CheckConstraint(
                condition=Q(kind="bin", bin__regex=r"^[0-9]{4}[4-9]")
                | Q(kind="iin", bin__regex=r"^[0-9]{4}[0-3]"),
                name="operator_number_is_of_its_kind",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="operator_has_a_name"),
            models.CheckConstraint(
                condition=Q(kato="") | Q(kato__regex=r"^[0-9]{9}$"),
                name="operator_kato_has_9_digits",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="operator_search"),
            models.Index(NAME_START, name="operator_name_start"),
            models.Index(fields=["name"], name="operator_by_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("registry:operator", args=[self.pk])

    @property
    def display_name(self) -> str:
        """The name in the reader's language, or as in the official list."""
        return getattr(self, f"name_{get_language() or 'ru'}", "") or self.name

    @property
    def is_person(self) -> bool:
        """Whether number and name are personal data."""
        return self.kind == NumberKind.IIN

    @property
    def masked_number(self) -> str:
        """The number as those see it who may not see a person's IIN."""
        return number_for_all(self.bin)
