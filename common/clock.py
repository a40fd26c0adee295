"""Days of the grid: a day is an interval in a place, not a date in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Since 1 March 2024 the whole country keeps UTC+5; the zone's own history has the
# earlier offset, so a day in February 2024 begins six hours before UTC's.
GRID_ZONE = ZoneInfo("Asia/Almaty")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def told(moment: datetime) -> Iterator[None]:
    """Inside, ``now()`` answers this aware moment: for a history that is told afterwards.

    When something was recorded stays the database's to say.
    """
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The calendar day that the grid is in now."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The grid's calendar day in which an aware moment falls."""
    return moment.astimezone(GRID_ZONE).date()


def grid_day(day: date) -> tuple[datetime, datetime]:
    """The half-open interval [start, end) of a grid day, both ends in UTC.

    29 February 2024 lasts 25 hours in Almaty: the clocks went back at its end.
    """
    return _midnight(day), _midnight(day + timedelta(days=1))


def grid_days(first: date, last: date) -> tuple[datetime, datetime]:
    """The half-open UTC interval that covers the grid days ``first`` to ``last`` inclusive."""
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, GRID_ZONE).astimezone(UTC)
