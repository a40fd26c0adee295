"""Months and days as files name them: "2026-10" is a month, "2026-10-05" a day."""

from calendar import monthrange
from datetime import date

PERIOD = r"\d{4}-\d{2}(-\d{2})?"
MONTH = len("2026-10")


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a month or a day. Raises ValueError for what is neither."""
    if len(period) != MONTH:
        day = date.fromisoformat(period)
        return day, day
    first = date.fromisoformat(f"{period}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])
