"""Reads about runs: the newest complete day, and why a run ended."""

from datetime import date

from crosschecks.catalogue import CHECKS
from crosschecks.models import CheckRun
from crosschecks.wording import FAILURES
from grid.selectors import FeedStatus, complete_days, due_days, feeds


def newest_complete_day() -> date | None:
    """The last day with readings enough to be compared; None before the first readings.

    Its profiles may still be waiting: a run computes them first.
    """
    return max([*complete_days(None), *due_days()], default=None)


def why_ended(run: CheckRun) -> str:
    """The reason in words; an error of the check as it was raised."""
    words = FAILURES.get(run.error)
    return str(words) % {"attempts": run.attempts} if words else run.error


def late_feeds_now() -> list[FeedStatus]:
    """Suppliers whose last complete day is behind that of the others."""
    known = feeds()
    newest = max((feed.last_complete_day for feed in known if feed.last_complete_day), default=None)
    return [feed for feed in known if newest and feed.last_complete_day != newest]


def title_of(slug: str) -> str:
    """The check's title; the bare slug of a check that is no longer in the catalogue."""
    return str(CHECKS.get(slug).title) if slug in CHECKS else slug
