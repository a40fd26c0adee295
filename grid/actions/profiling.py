"""Profiles of all meters for a day, from the lake."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from common import clock
from common.clock import GRID_ZONE, grid_days
from grid.actions.following import hold_against_calendar
from grid.choices import RunState
from grid.lake.engine import Span, profile_lake
from grid.lake.profiling import told
from grid.models import Meter, MeterProfile, ProfileRun
from grid.profiles.profile import WINDOW_DAYS, Profile
from grid.selectors.feeds import due_days
from grid.selectors.lake import live_files, the_lake
from grid.selectors.windows import forget_windows, tell_windows
from journal.actions import record

HISTORY_DAYS = 84  # what came before the window tells when a load was added
CHUNK = 500
SILENT_AFTER = timedelta(minutes=5)
FIGURES = (
    "days", "score", "pattern", "est_kw", "coverage", "mean_kw", "peak_kw", "load_factor",
    "reasons", "computed_at",
)  # fmt: skip

Progress = Callable[[int, int], None]


def profile_meters(*, until: date, progress: Progress | None = None) -> int:
    """Compute every meter's profile of the 28 grid days that end with ``until``.

    Idempotent: the same day again replaces its profiles. Returns how many were computed; 0 if
    another worker is at it.
    """
    run = _take_up(until)
    if run is None:
        return 0
    since = until - timedelta(days=WINDOW_DAYS - 1)
    meters = Meter.objects.filter(last_day__gte=since, first_day__lte=until)
    ids = dict(meters.values_list("code", "pk"))
    done = 0
    for rows in _chunks(_profiles(ids, until), CHUNK):
        _keep(rows)
        done += len(rows)
        _tell(run, done, len(ids))
        if progress:
            progress(done, len(ids))
    hold_against_calendar(until=until, alive=lambda: _tell(run, done, len(ids)))
    _finish(run, done, len(ids))
    return done


def profile_new_days(*, progress: Progress | None = None) -> list[date]:
    """Profile every day that is due, oldest first; returns the days done.

    Meanwhile ``selectors.profiles.windows_under_way`` tells how far it is.
    """
    days, done = due_days(), []
    try:
        for at, day in enumerate(days):
            tell_windows(at, len(days))
            if profile_meters(until=day, progress=progress):
                done.append(day)
    finally:
        forget_windows()
    return done


@transaction.atomic
def _take_up(until: date) -> ProfileRun | None:
    """The run of a day, locked against a second worker that is alive."""
    ProfileRun.objects.get_or_create(until=until)
    run = ProfileRun.objects.select_for_update().get(until=until)
    alive = Q(heartbeat_at__gt=clock.now() - SILENT_AFTER)
    if run.state == RunState.RUNNING and ProfileRun.objects.filter(alive, pk=run.pk).exists():
        return None
    run.state, run.done, run.heartbeat_at = RunState.RUNNING, 0, clock.now()
    run.save()
    return run


def _profiles(ids: dict[str, int], until: date) -> Iterator[MeterProfile]:
    first = until - timedelta(days=HISTORY_DAYS - 1)
    start, end = grid_days(first, until)
    span = Span(tuple(live_files(None, first, until)), start, end, GRID_ZONE, latest=True)
    for table in profile_lake(the_lake(), span, by=settings.GRID_ENGINE):
        for code, found in told(table, latest=True):
            if code in ids:
                yield _row(ids[code], until, found)


def _row(meter_id: int, until: date, found: Profile) -> MeterProfile:
    return MeterProfile(
        meter_id=meter_id, until=until, days=WINDOW_DAYS, score=found.score, pattern=found.pattern,
        est_kw=round(found.est_kw, 3), coverage=found.coverage,
        mean_kw=found.shape.mean_kw, peak_kw=found.shape.peak_kw,
        load_factor=found.shape.load_factor,
        reasons=[
            {"code": r.code, "params": r.params, "weight": round(r.weight, 3)}
            for r in found.reasons
        ],
        computed_at=clock.now(),
    )  # fmt: skip


def _keep(rows: list[MeterProfile]) -> None:
    MeterProfile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meter", "until"], update_fields=FIGURES
    )


def _tell(run: ProfileRun, done: int, total: int) -> None:
    ProfileRun.objects.filter(pk=run.pk).update(done=done, total=total, heartbeat_at=clock.now())


@transaction.atomic
def _finish(run: ProfileRun, done: int, total: int) -> None:
    """Close the run, unless new readings made the day due again meanwhile."""
    ProfileRun.objects.filter(pk=run.pk).update(done=done, total=total, computed_at=clock.now())
    ProfileRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.DONE)
    facts = {"until": run.until.isoformat(), "meters": done}
    record("grid.profiles.compute", run, actor=None, facts=facts)


def _chunks(rows: Iterable[MeterProfile], size: int) -> Iterator[list[MeterProfile]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
