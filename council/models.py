"""Proposals, what is said to them, and the votes of the three bodies."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from council.choices import DECIDED, Choice, ProposalKind, ProposalState
from council.querysets import BallotQuerySet, ProposalQuerySet, RuleQuerySet
from council.wording import BADGES, CHOICE_BADGES
from law.models.terms import DatedRow
from pages.badges import Badge


@pghistory.track(level=pgtrigger.Statement)
class VotingRule(DatedRow):
    """How the three bodies decide: dated, with its source, by two persons.

    ``quorum``: how many bodies must have voted, whatever they said. A proposal is adopted when
    more bodies are for it than against it and at least ``votes_for`` are for it.
    """

    quorum = models.PositiveSmallIntegerField(_("quorum, bodies"))
    votes_for = models.PositiveSmallIntegerField(_("votes for, at least"))

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("voting rule")
        verbose_name_plural = _("voting rules")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="one_voting_rule_a_day"),
            models.CheckConstraint(
                condition=Q(quorum__gte=1, quorum__lte=3, votes_for__gte=1)
                & Q(votes_for__lte=F("quorum")),
                name="a_voting_rule_can_be_met",
            ),
        ]

    def __str__(self) -> str:
        return str(
            _("quorum %(quorum)s, at least %(votes)s for")
            % {"quorum": self.quorum, "votes": self.votes_for}
        )


@pghistory.track(level=pgtrigger.Statement)
class Proposal(models.Model):
    """What a body proposes to the group. Adopted, it is the group's opinion: it binds nobody."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    problem = models.TextField(_("what is wrong today"), max_length=5000)
    text = models.TextField(_("what is proposed"), max_length=20_000)
    measure = models.TextField(_("how its success shows"), max_length=5000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.DRAFT
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    discuss_until = models.DateField(_("discussed until"), null=True, blank=True)
    vote_until = models.DateField(_("vote until"), null=True, blank=True)
    rule = models.ForeignKey(
        VotingRule, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("voting rule"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN))
                | Q(submitted_at__isnull=False, discuss_until__isnull=False),
                name="a_submitted_proposal_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.VOTING)
                | Q(vote_until__isnull=False, rule__isnull=False),
                name="a_vote_has_a_term_and_a_rule",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | (Q(decided_at__isnull=False) & ~Q(result={})),
                name="a_decided_proposal_keeps_its_result",
            ),
        ]
        indexes = [models.Index(fields=["state", "vote_until"], name="council_votes")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("council:detail", args=[self.number])

    @property
    def badge(self) -> Badge:
        """The state as a word with its icon."""
        return BADGES[ProposalState(self.state)]


class Remark(models.Model):
    """What a body's person said to a proposal; nothing said is taken back."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    text = models.TextField(_("remark"), max_length=5000)
    written_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="what_is_said_stays", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Ballot(models.Model):
    """The vote of one body, cast by a named person; a later one replaces it and it stays."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ballots")
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("cast by")
    )
    choice = models.CharField(_("vote"), max_length=7, choices=Choice)
    remark = models.TextField(_("remark"), max_length=5000, blank=True)
    cast_at = models.DateTimeField(_("cast"), default=clock.now, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["cast_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "agency"], condition=Q(replaced_at__isnull=True),
                name="one_standing_vote_a_body",
            ),
            models.CheckConstraint(
                condition=~Q(choice=Choice.AGAINST) | ~Q(remark=""),
                name="a_vote_against_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.choice}"

    @property
    def badge(self) -> Badge:
        """The vote as a word with its icon."""
        return CHOICE_BADGES[Choice(self.choice)]
