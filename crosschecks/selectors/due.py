"""Which complete days has a check not looked at yet?"""

from collections.abc import Iterable
from datetime import date, timedelta

from grid.selectors import complete_days, late_feeds

from crosschecks.catalogue import Check
from crosschecks.choices import RunState
from crosschecks.models import CheckRun, CheckSetting

# Feeds come days late; an incomplete day is looked at again when they have come.
LOOK_BACK = timedelta(days=14)
SUNDAY = 6


def paused_checks() -> dict[str, CheckSetting]:
    return {row.check_slug: row for row in CheckSetting.objects.filter(enabled=False)}


def due_days(check: Check) -> list[date]:
    """Days to be checked now, oldest first.

    A check that never ran starts with the newest complete day: its window reaches back far
    enough. A day whose run failed waits for another version of the check, or for a person.
    """
    runs = list(CheckRun.objects.filter(check_slug=check.slug).order_by("pk"))
    counted = {run.day: run for run in runs if run.state in (RunState.DONE, RunState.INCOMPLETE)}
    shut = {run.day for run in runs if run.is_active or _failed_alike(run, check)}
    if not counted:
        newest = _on_schedule(check, complete_days(None))[-1:]
        return [day for day in newest if day not in shut]
    start = max(min(counted) - timedelta(days=1), max(counted) - LOOK_BACK)
    days = _on_schedule(check, complete_days(start))
    return [day for day in days if day not in shut and _open(day, counted)]


def _failed_alike(run: CheckRun, check: Check) -> bool:
    return run.state == RunState.FAILED and run.version in ("", check.version)


def _open(day: date, counted: dict[date, CheckRun]) -> bool:
    run = counted.get(day)
    if run is None:
        return True
    return run.state == RunState.INCOMPLETE and set(late_feeds(day)) < set(run.late_feeds)


def _on_schedule(check: Check, days: Iterable[date]) -> list[date]:
    wanted = {
        "day": lambda day: True,
        "week": lambda day: day.weekday() == SUNDAY,
        "month": lambda day: (day + timedelta(days=1)).day == 1,
    }[check.every]
    return sorted(day for day in days if wanted(day))
