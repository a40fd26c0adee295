"""Which complete days has a check not looked at yet?"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from crosschecks.catalogue import Check
from crosschecks.choices import COUNTED_STATES, RunState
from crosschecks.models import CheckRun, CheckSetting
from grid.models import ProfileRun
from grid.selectors import complete_days, late_feeds

SUNDAY = 6
WANTED: dict[str, Callable[[date], bool]] = {
    "day": lambda day: True,
    "week": lambda day: day.weekday() == SUNDAY,
    "month": lambda day: (day + timedelta(days=1)).day == 1,
}


def paused_checks() -> dict[str, CheckSetting]:
    return {row.check_slug: row for row in CheckSetting.objects.filter(enabled=False)}


def due_days(check: Check) -> list[date]:
    """Days to be checked now, oldest first.

    A check that never ran starts with the newest complete day, which people wait for; the older
    ones follow. A day is due again when its profiles were computed anew or a late feed has come.
    A day whose run failed waits for another version of the check, or for a person.
    """
    runs = list(CheckRun.objects.filter(check_slug=check.slug).order_by("pk"))
    counted = {run.day: run for run in runs if run.state in COUNTED_STATES}
    shut = {run.day for run in runs if run.is_active or _failed_alike(run, check)}
    days = _on_schedule(check, complete_days(None))
    computed = profiled_at()
    due = [d for d in days if d not in shut and _open(counted.get(d), computed.get(d))]
    return due if counted else due[-1:]


def is_profiled(day: date) -> bool:
    """Whether the day's profiles stand and nothing newer has come since."""
    return day in complete_days(day - timedelta(days=1))[:1]


def profiled_at() -> dict[date, datetime | None]:
    """When the profiles of each day were computed last."""
    return dict(ProfileRun.objects.values_list("until", "computed_at"))


def _failed_alike(run: CheckRun, check: Check) -> bool:
    return run.state == RunState.FAILED and run.version in ("", check.version)


def _open(run: CheckRun | None, computed: datetime | None) -> bool:
    if run is None:
        return True
    if computed is not None and run.finished_at is not None and computed > run.finished_at:
        return True
    return run.state == RunState.INCOMPLETE and set(late_feeds(run.day)) < set(run.late_feeds)


def _on_schedule(check: Check, days: Iterable[date]) -> list[date]:
    return sorted(day for day in days if WANTED[check.every](day))
