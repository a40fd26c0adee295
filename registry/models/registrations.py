"""Under what right an operator mines, and every status that a recorded act gave it."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.models import ImportBatch
from law.models import Body
from registry.choices import ASKED_FOR, Kind, Status
from registry.models.history import every_change
from registry.models.operators import Operator
from registry.querysets import RegistrationQuerySet, VisibleQuerySet


@pghistory.track(*every_change(), level=pgtrigger.Statement, exclude=["created_at"])
class Registration(models.Model):
    """One entry of the registry. Its status is moved by the workflow only.

    ``act_reference``, ``act_body`` and ``act_date`` name the competent body's act behind the
    present status, ``status_from`` the day since which it counts. The term includes both its
    days.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    operator = models.ForeignKey(
        Operator, models.PROTECT, verbose_name=_("operator"), related_name="registrations"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.APPLIED)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    act_reference = models.CharField(_("act of the competent body"), max_length=200, blank=True)
    act_body = models.ForeignKey(
        Body, models.PROTECT, verbose_name=_("issued by"), related_name="+", null=True, blank=True
    )
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    status_from = models.DateField(_("status since"), null=True, blank=True)
    source = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        verbose_name=_("entered from"),
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("entered"), db_default=Now(), editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="registration_has_a_number"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="registration_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ASKED_FOR) | Q(valid_from__isnull=False),
                name="registration_in_force_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="registration_status_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_to"], name="registration_standing"),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="registration_number"),
            models.Index(
                OpClass(Upper("number"), name="text_pattern_ops"), name="registration_number_start"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("registry:detail", args=[self.number])


class StatusRecord(models.Model):
    """A status and the day since which it counts; the rows of one registration are its past."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, verbose_name=_("registration"), related_name="status_records"
    )
    status = models.CharField(_("status"), max_length=11, choices=Status)
    effective_from = models.DateField(_("in effect from"))
    act_reference = models.CharField(_("act of the competent body"), max_length=200, blank=True)
    act_body = models.ForeignKey(
        Body, models.PROTECT, verbose_name=_("issued by"), related_name="+", null=True, blank=True
    )
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    source = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        verbose_name=_("entered from"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a registration")
        verbose_name_plural = _("statuses of registrations")
        ordering = ["effective_from", "pk"]
        indexes = [
            models.Index(fields=["registration", "-effective_from", "-id"], name="status_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.get_status_display()}"
