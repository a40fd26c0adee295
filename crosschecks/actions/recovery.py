"""What becomes of a run whose worker died: taken up again, or closed with its reason."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from common import clock
from crosschecks.choices import RunState
from crosschecks.models import CheckRun
from journal.actions import record
from journal.telling import Tell

# A living worker beats every second; profiling reports between its batches of meters.
STALL_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3
VERB = {RunState.FAILED: "crosschecks.run.fail", RunState.INTERRUPTED: "crosschecks.run.interrupt"}


@transaction.atomic
def sweep_runs(*, stall_after: timedelta = STALL_AFTER) -> list[CheckRun]:
    """Queue silent runs again, or fail them after the third attempt; returns those queued.

    Also returned are runs that were queued long ago: the broker may have lost their message.
    """
    line = clock.now() - stall_after
    silent = CheckRun.objects.select_for_update(skip_locked=True).silent_since(line)
    for run in silent:
        _give_up(run) if run.attempts >= MOST_ATTEMPTS else _requeue(run)
    waiting = CheckRun.objects.filter(state=RunState.QUEUED).order_by("check_slug", "day", "pk")
    lost = waiting.distinct("check_slug")
    return [run for run in lost if run.attempts or run.created_at < line]


def close_runs(*, why: str = "stopped") -> int:
    """Close every running run as interrupted, when the portal stops; returns how many."""
    running = CheckRun.objects.filter(state=RunState.RUNNING).values_list("pk", flat=True)
    return sum(close_run(run_id=pk, state=RunState.INTERRUPTED, why=why) for pk in running)


@transaction.atomic
def close_run(*, run_id: int, state: RunState, why: str, claim: UUID | None = None) -> bool:
    """End a running run without counts; with ``claim`` only if that worker still has it.

    ``why`` is a code of ``wording.FAILURES`` or the error's own text.
    """
    runs = CheckRun.objects.select_for_update().filter(pk=run_id, state=RunState.RUNNING)
    run = (runs.filter(claim=claim) if claim else runs).first()
    if run is None:
        return False
    run.state, run.error, run.claim = state, why, None
    run.finished_at = clock.now()
    run.save(update_fields=["state", "error", "claim", "finished_at"])
    record(VERB[state], run, actor=None, reason=why, tells=tells(run, "stopped"))
    return True


def tells(run: CheckRun, end: str) -> list[Tell]:
    """News for the person who asked for the run: ``finished`` or ``stopped``."""
    if run.asked_by is None:
        return []
    params = {"day": f"{run.day:%d.%m.%Y}", "new": run.new}
    kind = f"crosschecks.run.{end}"
    return [Tell(to=run.asked_by, kind=kind, url=run.get_absolute_url(), params=params)]


def _requeue(run: CheckRun) -> None:
    run.state, run.claim = RunState.QUEUED, None
    run.save(update_fields=["state", "claim"])
    record("crosschecks.run.resume", run, actor=None, facts={"attempts": run.attempts})


def _give_up(run: CheckRun) -> None:
    close_run(run_id=run.pk, state=RunState.FAILED, why="silent")
