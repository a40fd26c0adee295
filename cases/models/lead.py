"""A lead: something that does not fit, whatever its source, waiting for a person to decide."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import LeadSource, LeadState
from cases.models.place import Estimated, Located
from cases.querysets import LeadQuerySet
from cases.wording import LEAD_BADGES, spoken
from pages.badges import Badge

IN_A_CASE = (LeadState.PROMOTED, LeadState.ATTACHED)


@pghistory.track()
class Lead(Located, Estimated):
    """Texts are frozen in three languages, so that a lead stands alone when its source changes."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    key = models.CharField(_("key"), max_length=200, unique=True)
    source = models.CharField(_("source"), max_length=10, choices=LeadSource.choices)
    state = models.CharField(
        _("state"), max_length=16, choices=LeadState.choices, default=LeadState.NEW
    )
    title = models.JSONField(_("title"))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    meter = models.CharField(_("meter"), max_length=64, blank=True, db_index=True)
    party_name = models.CharField(_("party"), max_length=300, blank=True)
    party_folded = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    party_bin = models.CharField(_("BIN or IIN"), max_length=12, blank=True, db_index=True)
    search = models.TextField(blank=True, editable=False)
    raised_at = models.DateTimeField(_("raised at"), db_index=True)
    due_on = models.DateField(_("due"), null=True, blank=True, db_index=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("taken by"),
    )
    deferred_until = models.DateField(_("deferred until"), null=True, blank=True)
    contradiction = models.TextField(_("contradiction with the registry"), blank=True)
    stated = models.ForeignKey(
        "cases.Contradiction",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("contradiction between two sources"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("proposed by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    case = models.ForeignKey(
        "cases.Case",
        models.PROTECT,
        related_name="leads",
        null=True,
        blank=True,
        verbose_name=_("case"),
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="lead_by_state"),
            GinIndex(fields=["search"], name="lead_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            *Located.Meta.constraints,
            *Estimated.Meta.constraints,
            models.CheckConstraint(
                name="lead_confidence_is_a_share",
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="lead_in_a_case_names_it",
                condition=Q(state__in=IN_A_CASE, case__isnull=False)
                | (~Q(state__in=IN_A_CASE) & Q(case__isnull=True)),
            ),
            models.CheckConstraint(
                name="deferred_lead_has_a_date",
                condition=~Q(state=LeadState.DEFERRED) | Q(deferred_until__isnull=False),
            ),
            models.CheckConstraint(
                name="dismissed_lead_has_a_reason",
                condition=~Q(state=LeadState.DISMISSED)
                | (~Q(reason="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="second_person_knows_why",
                condition=~Q(state=LeadState.AWAITING_SECOND)
                | (~Q(contradiction="") & Q(proposed_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.number])

    @property
    def words(self) -> str:
        """The title in the reader's language."""
        return spoken(self.title)

    @property
    def badge(self) -> Badge:
        return LEAD_BADGES[LeadState(self.state)]

    @property
    def why(self) -> str:
        """The reasons in the reader's language, in one line."""
        return "; ".join(spoken(reason.get("text")) for reason in self.reasons)

    @property
    def kw(self) -> float | None:
        """The middle of the estimate in kW; the known bound when only one is known."""
        bounds = [b for b in (self.est_kw_low, self.est_kw_high) if b is not None]
        return sum(bounds) / len(bounds) if bounds else None

    @property
    def from_anonymous_tip(self) -> bool:
        return self.source == LeadSource.TIP and bool(self.facts.get("anonymous"))
