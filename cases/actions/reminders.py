"""Reminds of terms: before, on and after the day; each reminder is entered into the case."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import audience
from cases.models import Case, OpinionRequest, Task
from cases.selectors.terms import days_left
from cases.wording import frozen
from common import clock
from journal.actions import record
from pages.wording import short_date

# Working days left on which somebody is reminded; after the term, every fifth day.
BEFORE = {3, 1, 0}
AFTER_EVERY = 5


def remind_of_terms() -> int:
    """Sends the reminders of today, from opinions, tasks and cases; how many."""
    sent = 0
    for opinion in OpinionRequest.objects.awaited().select_related("case__owner", "agency"):
        people = audience.workers_of([opinion.agency_id])
        sent += _remind(opinion.case, people, _("an opinion is awaited"), opinion.due_on)
    for task in _tasks():
        people = [task.assignee] if task.assignee else audience.workers_of([task.agency_id])
        sent += _remind(task.case, people, _("a task is to be done"), task.due_on)
    for case in Case.objects.under_way().select_related("owner"):
        sent += _remind(case, [case.owner], _("the term of the case"), case.due_on)
    return sent


def _tasks() -> QuerySet[Task]:
    todo: QuerySet[Task] = Task.objects.to_do().exclude(due_on=None)
    return todo.select_related("case__owner", "assignee")


def _remind(case: Case, people: list[User], what: object, due: date | None) -> int:
    left = days_left(due, clock.today())
    if due is None or left is None or not _is_day_to_remind(left):
        return 0
    words = frozen(str(what))
    tells = [
        audience.of_case(
            user, "case.reminder", case, what=words.get(user.language, ""), due=short_date(due)
        )
        for user in people
    ]
    facts = {"what": words, "due": due.isoformat(), "left": left}
    record("cases.case.remind", case, actor=None, facts=facts, tells=tells)
    return len(tells)


def _is_day_to_remind(left: int) -> bool:
    return left in BEFORE or (left < 0 and left % AFTER_EVERY == 0)
