"""The three clocks of a case: what we owe, what we wait for, the legal term."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.selectors import terms
from common import clock


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with its day; ``days`` are working days left."""

    what: str
    due_on: date | None
    days: int | None
    tab: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """``owe`` and ``wait`` are the nearest of each, or None; ``total`` is the whole term."""

    owe: Due | None
    wait: Due | None
    due_on: date | None
    left: int | None
    total: int

    @property
    def gone(self) -> int:
        """Working days of the term that have passed, never more than it has."""
        return min(self.total, max(0, self.total - (self.left or 0)))


def clocks_of(case: Case, reader: User) -> Clocks:
    """As the reader's body sees them."""
    dues = [*_opinion_dues(case), *_task_dues(case)]
    ours = [due for agency_id, due in dues if agency_id == reader.agency_id]
    theirs = [due for agency_id, due in dues if agency_id != reader.agency_id]
    return Clocks(
        owe=_nearest(ours),
        wait=_nearest(theirs),
        due_on=case.due_on,
        left=terms.days_left(case.due_on),
        total=terms.days_of(terms.CASE, clock.day_of(case.opened_at)),
    )


def _nearest(dues: list[Due]) -> Due | None:
    return min(dues, key=lambda due: due.due_on or date.max) if dues else None


def _opinion_dues(case: Case) -> list[tuple[int, Due]]:
    return [
        (
            opinion.agency_id,
            Due(
                _("%(who)s: an opinion") % {"who": opinion.agency.name},
                opinion.due_on,
                terms.days_left(opinion.due_on),
                "opinions",
            ),
        )
        for opinion in case.opinions.all()
        if not opinion.answer
    ]


def _task_dues(case: Case) -> list[tuple[int, Due]]:
    return [
        (
            task.agency_id,
            Due(
                f"{task.agency.name}: {task.title}",
                task.due_on,
                terms.days_left(task.due_on),
                "tasks",
            ),
        )
        for task in case.tasks.all()
        if task.done_at is None
    ]
