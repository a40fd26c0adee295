"""Decisions that lift an operator's mark "no restriction applies", and give it back.

They change no registration: its status moves by a competent body's act alone.
"""

from datetime import date, timedelta
from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from pages.badges import Badge
from registry.choices import IN_PREPARATION, ONCE_DECIDED, Attendance, Deed, ProtectionState
from registry.models.operators import Operator
from registry.querysets import ProtectionQuerySet, VisibleQuerySet
from registry.wording import PROTECTION_BADGES

# What no later act touches once the mark was lifted.
STANDS = (
    "operator", "lead_agency", "act", "norm", "event_on", "reason", "invited", "notice_sent_on",
    "hearing_on", "attendance", "minutes", "minutes_reference", "proposed_by", "proposed_at",
    "decided_by", "decided_at", "valid_from", "valid_until",
)  # fmt: skip
HEARD = (ProtectionState.HEARD, ProtectionState.PROPOSED, *ONCE_DECIDED)


@pghistory.track()
class ProtectionDecision(models.Model):
    """From the draft through the hearing of the party to the decision of named persons.

    The mark is lifted from ``valid_from`` to ``valid_until`` (both included, open without an
    end), and carried again from ``reversed_on`` on. ``event_on`` is the day of the event for
    which the rule is cited, ``lead_agency`` the body that prepares the decision.
    """

    operator = models.ForeignKey(
        Operator, models.PROTECT, related_name="protection_decisions", verbose_name=_("operator")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ProtectionState, default=ProtectionState.DRAFTED
    )
    lead_agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("lead body")
    )
    act = models.ForeignKey(
        "law.Act", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("act")
    )
    norm = models.ForeignKey(
        "law.Norm", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("norm")
    )
    event_on = models.DateField(_("day of the event"))
    reason = models.TextField(_("reason"), max_length=4000)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted"), default=clock.now, editable=False)

    invited = models.CharField(_("who was invited"), max_length=300, blank=True)
    notice_sent_on = models.DateField(_("notice sent on"), null=True, blank=True)
    notice_reference = models.CharField(_("number of the notice"), max_length=200, blank=True)
    hearing_on = models.DateField(_("day of the hearing"), null=True, blank=True)
    attendance = models.CharField(_("who came"), max_length=11, choices=Attendance, blank=True)
    minutes = models.TextField(_("minutes"), max_length=8000, blank=True)
    minutes_reference = models.CharField(_("file with the minutes"), max_length=300, blank=True)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("proposed by"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    valid_from = models.DateField(_("lifted from"), null=True, blank=True)
    valid_until = models.DateField(_("lifted until"), null=True, blank=True)

    restoring_reason = models.TextField(_("why the mark returns"), max_length=4000, blank=True)
    restoring_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("return proposed by"),
    )  # fmt: skip
    restoring_at = models.DateTimeField(_("return proposed"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("given back by"),
    )  # fmt: skip
    reversed_on = models.DateField(_("carried again from"), null=True, blank=True)

    objects = ProtectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on the mark")
        verbose_name_plural = _("decisions on the mark")
        ordering = ["-drafted_at", "-pk"]
        indexes = [models.Index(fields=["operator", "valid_from"], name="mark_lifted")]
        constraints = [
            models.UniqueConstraint(
                fields=["operator"],
                condition=Q(state__in=IN_PREPARATION),
                name="one_decision_in_preparation",
            ),
            models.CheckConstraint(
                name="mark_decision_names_one_rule",
                condition=Q(act__isnull=False, norm__isnull=True)
                | Q(act__isnull=True, norm__isnull=False),
            ),
            models.CheckConstraint(name="mark_decision_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="party_was_heard_with_notice",
                condition=~Q(state__in=HEARD)
                | Q(notice_sent_on__isnull=False, hearing_on__gt=F("notice_sent_on"))
                & ~Q(invited="")
                & ~Q(attendance="")
                & ~Q(minutes="", minutes_reference=""),
            ),
            models.CheckConstraint(
                name="mark_lifted_by_another_than_the_proposer",
                condition=~Q(state__in=ONCE_DECIDED)
                | Q(
                    valid_from__isnull=False, decided_at__isnull=False,
                    proposed_by__isnull=False, decided_by__isnull=False,
                )
                & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="mark_lifted_until_after_from",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="mark_given_back_by_another_than_the_proposer",
                condition=~Q(state=ProtectionState.REVERSED)
                | Q(
                    reversed_on__isnull=False, reversed_by__isnull=False,
                    restoring_by__isnull=False,
                )
                & ~Q(reversed_by=F("restoring_by"))
                & ~Q(restoring_reason=""),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="mark_decisions_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_was_decided_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=[str(one) for one in ONCE_DECIDED])
                & reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
                               for name in STANDS)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(_("Decision No. %(number)d on the mark of %(who)s")) % {
            "number": self.pk or 0,
            "who": self.operator.display_name,
        }

    def get_absolute_url(self) -> str:
        return reverse("registry:protection", args=[self.pk])

    def lifts(self, on: date) -> bool:
        """Whether the mark is lifted by it on the day; the same as ``objects.lifting(on)``."""
        if self.state not in ONCE_DECIDED or self.valid_from is None:
            return False
        ends = self.valid_until or on
        return self.valid_from <= on <= ends and (self.reversed_on is None or self.reversed_on > on)

    @property
    def badge(self) -> Badge:
        return PROTECTION_BADGES[ProtectionState(self.state)]

    @property
    def last_day(self) -> date | None:
        """The last day on which the mark is lifted, None while no end is known."""
        given_back = self.reversed_on - timedelta(days=1) if self.reversed_on else None
        return min((day for day in (self.valid_until, given_back) if day), default=None)

    @property
    def rule(self) -> models.Model:
        """The norm, or the act as a whole, on which it rests."""
        found = self.norm or self.act
        if found is None:
            raise ValueError("a decision on the mark names an act or a norm")
        return found

    def signers(self, deed: str) -> "list[DecidingPerson]":
        """Who signed the proposal that stands now; free of queries after a prefetch."""
        since = self.proposed_at if deed == Deed.LIFTING else self.restoring_at
        return [
            one for one in self.persons.all()
            if one.deed == deed and since is not None and one.signed_at >= since
        ]  # fmt: skip

    def signed(self, user: object, deed: str) -> bool:
        """Whether the person signed it."""
        return any(one.person_id == getattr(user, "pk", None) for one in self.signers(deed))


class DecidingPerson(models.Model):
    """Who decided with the own name, and whether as the head of a body."""

    decision = models.ForeignKey(
        ProtectionDecision, models.PROTECT, related_name="persons",
        verbose_name=_("decision on the mark"),
    )  # fmt: skip
    deed = models.CharField(_("what was signed"), max_length=9, choices=Deed)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    as_head = models.BooleanField(_("as head of the body"))
    signed_at = models.DateTimeField(_("signed"), default=clock.now, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("deciding person")
        verbose_name_plural = _("deciding persons")
        ordering = ["signed_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="signatures_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.person)
