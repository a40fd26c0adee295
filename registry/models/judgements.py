"""Which parties are one: what the matcher proposes, and what people have judged."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.choices import PartySource, SameOrNot
from registry.models.operators import Operator
from registry.querysets import JudgementQuerySet, VisibleQuerySet


class KnownParty(models.Model):
    """A party that pairs speak of: an operator, or a name as another source writes it.

    ``key`` tells an outside party from others of its source: its bare name and its number. So
    what was judged of a name in one list holds for the same name in the next.
    """

    operator = models.OneToOneField(
        Operator,
        models.PROTECT,
        verbose_name=_("operator"),
        related_name="+",
        null=True,
        blank=True,
    )
    source = models.CharField(_("source"), max_length=20, choices=PartySource)
    key = models.CharField(_("key in its source"), max_length=400)
    name = models.CharField(_("name"), max_length=300)
    bin = models.CharField(_("BIN or IIN"), max_length=12, blank=True)
    where_found = models.CharField(_("where it is written"), max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of a pair")
        verbose_name_plural = _("parties of pairs")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_party_a_key"),
            models.CheckConstraint(
                condition=Q(source="registry", operator__isnull=False)
                | ~Q(source="registry") & Q(operator__isnull=True),
                name="party_of_the_registry_is_an_operator",
            ),
        ]

    def __str__(self) -> str:
        return self.operator.display_name if self.operator else self.name


class _Pair(models.Model):
    """Two parties, the one known longer first, so that a pair stands once."""

    first = models.ForeignKey(
        KnownParty, models.PROTECT, verbose_name=_("first party"), related_name="+"
    )
    second = models.ForeignKey(
        KnownParty, models.PROTECT, verbose_name=_("second party"), related_name="+"
    )

    class Meta:
        abstract = True


class ProposedPair(_Pair):
    """A pair that the matcher found worth a look; written by runs, never a judgement.

    ``score`` is 0 to 1; ``reasons`` are the matcher's codes with their parameters.
    """

    score = models.FloatField(_("score"))
    verdict = models.CharField(_("the matcher's verdict"), max_length=10)
    reasons = models.JSONField(_("reasons"), default=list)
    found_at = models.DateTimeField(_("last found"), db_default=Now())
    settled = models.BooleanField(_("judged"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed pair")
        verbose_name_plural = _("proposed pairs")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_proposal_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="proposal_in_order"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="proposal_score_0_to_1"),
        ]
        indexes = [
            models.Index(
                fields=["-score", "id"], condition=Q(settled=False), name="pairs_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"


class Judgement(_Pair):
    """What a person decided about a pair, and why. A row is never changed, only withdrawn."""

    verdict = models.CharField(_("judgement"), max_length=10, choices=SameOrNot)
    reason = models.CharField(_("reason"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("judged by"), related_name="+"
    )
    made_at = models.DateTimeField(_("judged"), db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("withdrawn by"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement of a pair")
        verbose_name_plural = _("judgements of pairs")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_judgement_in_force_a_pair",
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="judgement_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="judgement_says_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="judgement_withdrawn_by_someone",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_judgements", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="judgements_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "withdrawn_by"]),
            ),
            pgtrigger.Protect(
                name="withdrawn_stays_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.first_id}, {self.second_id}"


class PairSearch(models.Model):
    """One run of the matcher over the registry; taken up where its worker died.

    ``through`` is the last operator that was asked about, ``beat_at`` the sign of life.
    """

    begun_at = models.DateTimeField(_("begun"), db_default=Now(), editable=False)
    beat_at = models.DateTimeField(_("last sign of life"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    through = models.BigIntegerField(_("operators up to"), default=0)
    asked = models.PositiveIntegerField(_("parties asked about"), default=0)
    proposed = models.PositiveIntegerField(_("pairs proposed"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for pairs")
        verbose_name_plural = _("searches for pairs")
        ordering = ["-pk"]
        constraints = [
            # Two at once would do the same work twice.
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at__isnull=True), name="one_search_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"
