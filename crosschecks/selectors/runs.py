"""Reads about runs: the newest complete day, and why a run ended."""

from datetime import date

from grid.selectors import complete_days

from crosschecks.models import CheckRun
from crosschecks.wording import FAILURES


def newest_complete_day() -> date | None:
    """The last day with readings enough to be compared; None before the first readings."""
    return max(complete_days(None), default=None)


def why_ended(run: CheckRun) -> str:
    """The reason in words; an error of the check as it was raised."""
    words = FAILURES.get(run.error)
    return str(words) % {"attempts": run.attempts} if words else run.error
