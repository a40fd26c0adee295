"""A case: the work of the three bodies on one suspected site, from opening to decision."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import CaseState, Confidentiality, Outcome, ParticipationRole
from cases.models.place import Estimated, Located
from cases.querysets import CaseQuerySet, ParticipationQuerySet
from cases.wording import CASE_BADGES
from pages.badges import Badge


@pghistory.track()
class Case(Located, Estimated):
    number = models.CharField(_("number"), max_length=16, unique=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    lead_agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("lead body")
    )
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.ORDINARY,
    )
    meter = models.CharField(_("meter"), max_length=64, blank=True, db_index=True)
    party_name = models.CharField(_("party"), max_length=300, blank=True)
    party_folded = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    party_bin = models.CharField(_("BIN or IIN"), max_length=12, blank=True, db_index=True)
    search = models.TextField(blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), db_index=True)
    due_on = models.DateField(_("due"), null=True, blank=True, db_index=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    handover_to = models.ForeignKey(
        "accounts.Agency",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("offered to"),
    )
    handover_until = models.DateField(_("offer stands until"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="case_by_state"),
            GinIndex(fields=["search"], name="case_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            *Located.Meta.constraints,
            *Estimated.Meta.constraints,
            models.CheckConstraint(
                name="closed_case_has_an_outcome",
                condition=(Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state=CaseState.CLOSED) & Q(outcome="", closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="handover_has_a_term",
                condition=Q(handover_to__isnull=True, handover_until__isnull=True)
                | Q(handover_to__isnull=False, handover_until__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_goes_to_another_body",
                condition=Q(handover_to__isnull=True) | ~Q(handover_to=F("lead_agency")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def by_two_persons(self) -> bool:
        """Whether a lead of the case was proposed by one official and confirmed by another."""
        return bool(self.leads.by_two_persons().exists())

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.number])

    @property
    def badge(self) -> Badge:
        """The state, or how a closed case ended."""
        return CASE_BADGES[Outcome(self.outcome) if self.outcome else CaseState(self.state)]

    @property
    def current(self) -> "list[Participation]":
        """The participations in force; free of queries after ``with_participants()``."""
        return [p for p in self.participations.all() if p.until is None]

    def has_participant(self, agency_id: int | None) -> bool:
        return any(p.agency_id == agency_id for p in self.current)


@pghistory.track()
class Participation(models.Model):
    """Which body sees a case, in what role, from when to when: access as dated rows."""

    case = models.ForeignKey(
        Case, models.CASCADE, related_name="participations", verbose_name=_("case")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    role = models.CharField(_("role"), max_length=10, choices=ParticipationRole.choices)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("granted by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"],
                condition=Q(until__isnull=True),
                name="one_current_role_a_body",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(until__isnull=True, role=ParticipationRole.LEAD),
                name="one_lead_body",
            ),
            models.CheckConstraint(
                name="participation_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.agency_id} {self.role}"
