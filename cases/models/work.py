"""What is done on a case: tasks, comments, opinions and the decision."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Answer, Audience, Outcome
from cases.querysets import CommentQuerySet, OpinionQuerySet, TaskQuerySet
from common import clock


@pghistory.track()
class Task(models.Model):
    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="tasks", verbose_name=_("case")
    )
    title = models.CharField(_("title"), max_length=200)
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("assignee"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True, db_index=True)
    mandatory = models.BooleanField(_("mandatory"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("added at"), default=clock.now, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.TextField(_("result"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["done_at", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="done_task_says_who_and_what",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Comment(models.Model):
    """A note on a case; with ``happened_on`` an event that took place outside the portal."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="comments", verbose_name=_("case")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    audience = models.CharField(
        _("who sees it"), max_length=12, choices=Audience.choices, default=Audience.OWN
    )
    text = models.TextField(_("text"))
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    written_at = models.DateTimeField(_("written at"), default=clock.now, editable=False)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]


@pghistory.track()
class OpinionRequest(models.Model):
    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="opinions", verbose_name=_("case")
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name=_("body")
    )
    question = models.TextField(_("question"))
    due_on = models.DateField(_("due"), db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    text = models.TextField(_("grounds"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=Q(answer=""), name="one_open_question_a_body"
            ),
            models.CheckConstraint(
                name="answer_says_who_and_when",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.agency_id}"


@pghistory.track()
class Decision(models.Model):
    """How a case ended. A reopened case keeps its earlier decisions."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="decisions", verbose_name=_("case")
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    rules = models.JSONField(_("rules cited"), default=list, blank=True)
    addressee = models.CharField(_("recommended to"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
