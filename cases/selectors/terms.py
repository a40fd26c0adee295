"""Terms of this app in working days, from the law's dated rows."""

from datetime import date

from common import clock
from law import working_days
from law.selectors import term
from law.working_days import NoCalendar

TRIAGE = "lead.triage"
CASE = "case.work"
OPINION = "opinion.answer"
ACCEPT = "handover.accept"


def due_after(code: str, start: date | None = None) -> date:
    """The last day of a term that begins on ``start`` (today)."""
    begin = start or clock.today()
    return working_days.add(begin, term(code, begin).days)


def days_left(due: date | None, on: date | None = None) -> int | None:
    """Working days left, negative when overdue; None without a date or a calendar for it."""
    if due is None:
        return None
    try:
        return working_days.between(on or clock.today(), due)
    except NoCalendar:
        return None


def days_of(code: str, on: date) -> int:
    """How many working days a term has."""
    return int(term(code, on).days)
