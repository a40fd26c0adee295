"""Moments of the demo, counted back from today in days or in working days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from common import clock
from law.working_days import calendar

ONE_DAY = timedelta(days=1)
# The checks ran on the mornings of these working days before today, and this morning.
CHECKED = (14, 3)


@dataclass(frozen=True, slots=True)
class Moments:
    """``now`` is when the demo is loaded; no told moment lies after it."""

    now: datetime

    @property
    def today(self) -> date:
        """The grid day of the load."""
        return clock.day_of(self.now)

    @property
    def last_day(self) -> date:
        """The last complete grid day."""
        return self.today - ONE_DAY

    def workday(self, back: int) -> date:
        """The day that lies ``back`` working days before today."""
        known, day = calendar(), self.today
        while back > 0:
            day -= ONE_DAY
            back -= known.works(day)
        return day

    def at(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """A clock time of a day in the grid's zone, never after now."""
        return min(datetime.combine(day, time(hour, minute), clock.GRID_ZONE), self.now)

    def worked(self, back: int, hour: int = 10, minute: int = 0) -> datetime:
        """A clock time ``back`` working days ago."""
        return self.at(self.workday(back), hour, minute)

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """A clock time ``days`` calendar days ago."""
        return self.at(self.today - days * ONE_DAY, hour, minute)

    def checked_days(self) -> list[date]:
        """The grid days that the checks look at, oldest first; told on the morning after."""
        return [*(self.workday(back) - ONE_DAY for back in CHECKED), self.last_day]
