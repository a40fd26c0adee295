"""What does not fit, when it was seen, and what people said about it."""

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crosschecks.choices import LIVE_STATES, Decision, FindingState, Seen, Severity
from crosschecks.models.runs import CheckRun
from crosschecks.querysets import FindingQuerySet, SuppressionQuerySet


class Finding(models.Model):
    """One subject that one check found; powers in kW. Never deleted, only gone and back.

    ``decision`` is a copy of what a person decided on its lead: no run overturns it.
    ``episode`` counts how often a person put the finding aside for a term that then ended; a
    later lead of the same finding has its own key.
    """

    check_slug = models.CharField(_("check"), max_length=80)
    fingerprint = models.CharField(_("fingerprint"), max_length=32)
    subject = models.CharField(_("subject"), max_length=200)
    label = models.CharField(_("what was found"), max_length=300, blank=True)
    severity = models.CharField(_("weight"), max_length=8, choices=Severity)
    state = models.CharField(
        _("state"), max_length=8, choices=FindingState, default=FindingState.OPEN, db_index=True
    )
    facts = models.JSONField(_("facts"), default=dict)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    indicators = models.JSONField(_("indicators"), default=list, blank=True)
    meters = models.JSONField(_("meters"), default=list, blank=True)
    feeds = models.JSONField(_("feeds"), default=list, blank=True)
    registration = models.CharField(_("registration"), max_length=60, blank=True)
    party_name = models.CharField(_("party"), max_length=300, blank=True)
    party_bin = models.CharField(_("BIN"), max_length=12, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    kato = models.CharField(_("KATO"), max_length=9, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    declared_kw = models.FloatField(_("declared power, kW"), null=True, blank=True)
    est_kw_low = models.FloatField(_("estimate from, kW"), null=True, blank=True)
    est_kw_high = models.FloatField(_("estimate to, kW"), null=True, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    first_run = models.ForeignKey(
        CheckRun, verbose_name=_("first run"), on_delete=models.PROTECT, related_name="+"
    )
    last_run = models.ForeignKey(
        CheckRun, verbose_name=_("last run"), on_delete=models.PROTECT, related_name="+"
    )
    first_seen = models.DateField(_("first seen"))
    last_seen = models.DateField(_("last seen"))
    episode = models.PositiveSmallIntegerField(_("episode"), default=1)
    lead_key = models.CharField(_("key of the lead"), max_length=140, blank=True, db_index=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-last_seen", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_slug", "fingerprint"], name="one_finding_per_subject"
            ),
            models.UniqueConstraint(
                fields=["lead_key"], condition=~Q(lead_key=""), name="one_finding_per_lead"
            ),
            models.CheckConstraint(
                condition=Q(first_seen__lte=F("last_seen")), name="finding_seen_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FindingState.values), name="finding_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="finding_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(est_kw_low__isnull=True)
                | Q(est_kw_high__isnull=True)
                | Q(est_kw_low__lte=F("est_kw_high")),
                name="finding_estimate_in_order",
            ),
        ]
        indexes = [models.Index(fields=["check_slug", "state"], name="finding_by_check_and_state")]

    def __str__(self) -> str:
        return f"{self.check_slug}: {self.label or self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("crosschecks:finding", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES


class Sighting(models.Model):
    """What one run saw of one finding: the ledger that makes the counts true after a crash."""

    finding = models.ForeignKey(
        Finding, verbose_name=_("finding"), on_delete=models.PROTECT, related_name="sightings"
    )
    run = models.ForeignKey(
        CheckRun, verbose_name=_("run"), on_delete=models.PROTECT, related_name="sightings"
    )
    seen = models.CharField(_("seen as"), max_length=8, choices=Seen)
    raised_lead = models.BooleanField(_("raised a lead"), default=False)
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["-run__day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "finding"], name="one_sighting_per_run"),
            models.CheckConstraint(condition=Q(seen__in=Seen.values), name="sighting_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.finding} · {self.seen}"


@pghistory.track()
class Suppression(models.Model):
    """A person says "explained until this day"; afterwards the finding counts again."""

    finding = models.ForeignKey(
        Finding, verbose_name=_("finding"), on_delete=models.PROTECT, related_name="suppressions"
    )
    reason = models.TextField(_("reason"))
    until = models.DateField(_("until"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    since = models.DateField(_("since"))
    decision_then = models.CharField(
        _("decision at that time"), max_length=10, choices=Decision, blank=True
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("put-aside finding")
        verbose_name_plural = _("put-aside findings")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(ended_at__isnull=True),
                name="one_open_suppression_per_finding",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="suppression_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suppression_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.finding} → {self.until:%Y-%m-%d}"

    def covers(self, day: date) -> bool:
        return self.ended_at is None and self.until >= day
