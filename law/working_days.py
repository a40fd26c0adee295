"""Working days: Kazakhstan's holidays, plus the days that the government moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic

import holidays

from common.errors import PortalError
from law.models import CalendarYear, MovedDay

SATURDAY = 5
KEPT_SECONDS = 60.0  # an edit in the admin is seen everywhere within a minute
ONE_DAY = timedelta(days=1)


class NoCalendar(PortalError):
    """The year has no table of holidays, and a term in it is not guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The known years and the moved days, as of one moment."""

    years: frozenset[int]
    moved: Mapping[date, bool]

    def works(self, day: date) -> bool:
        """Whether offices work on this day; NoCalendar if the year is not known."""
        if day.year not in self.years:
            raise NoCalendar(day.year)
        if day in self.moved:
            return self.moved[day]
        return day.weekday() < SATURDAY and day not in _holidays(day.year)


def _holidays(year: int) -> holidays.HolidayBase:
    if year not in _known:
        _known[year] = holidays.country_holidays("KZ", years=year)
    return _known[year]


_known: dict[int, holidays.HolidayBase] = {}
_kept: list[tuple[float, Calendar]] = []


def calendar() -> Calendar:
    """The calendar, read from the database at most once a minute."""
    if _kept and monotonic() - _kept[0][0] < KEPT_SECONDS:
        return _kept[0][1]
    fresh = Calendar(
        frozenset(CalendarYear.objects.values_list("year", flat=True)),
        dict(MovedDay.objects.values_list("day", "is_working")),
    )
    _kept[:] = [(monotonic(), fresh)]
    return fresh


def forget() -> None:
    """Reads the calendar anew at the next question."""
    _kept.clear()


def add(day: date, count: int) -> date:
    """The working day that is ``count`` working days after ``day`` (which itself never counts)."""
    known = calendar()
    while count > 0:
        day += ONE_DAY
        count -= known.works(day)
    return day


def between(first: date, last: date) -> int:
    """Working days from ``first`` to ``last``: 0 on the day itself, negative when it is past."""
    if last < first:
        return -between(last, first)
    known, count = calendar(), 0
    while first < last:
        first += ONE_DAY
        count += known.works(first)
    return count
