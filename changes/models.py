"""A change that one person proposed and another decides."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from changes.choices import ChangeState
from changes.querysets import ChangeQuerySet


class Change(models.Model):
    """New values for named fields of one row, with the values that they were proposed against.

    ``model`` is its label ("law.term"); ``row`` its key, empty for a row that is to be made.
    ``base`` and ``values`` map field names to what the database holds, as JSON.
    """

    model = models.CharField(_("kind of row"), max_length=100)
    row = models.CharField(_("row"), max_length=64, blank=True)
    label = models.CharField(_("subject"), max_length=300)
    base = models.JSONField(_("values before"), default=dict, encoder=DjangoJSONEncoder)
    values = models.JSONField(_("proposed values"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState, default=ChangeState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("proposed by"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPROVED) | ~Q(decided_by=F("proposed_by")),
                name="a_change_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.PROPOSED) | Q(decided_at__isnull=False),
                name="a_decided_change_says_when",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_change_has_a_reason"),
            models.UniqueConstraint(
                fields=["model", "row"], condition=Q(state=ChangeState.PROPOSED) & ~Q(row=""),
                name="one_waiting_change_a_row",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "model"], name="changes_waiting")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("changes:detail", args=[self.pk])
