"""Runs one check over one day: profile, look, keep the book, count."""

import logging
from collections.abc import Callable
from datetime import date
from time import sleep

from django.db import transaction
from django.db.models import Count, Q

from common import clock
from crosschecks.actions.claims import Busy, Claim, Lost, claim_run
from crosschecks.actions.decisions import end_expired_suppressions, take_over_decisions
from crosschecks.actions.noting import note_gone, note_hit
from crosschecks.actions.recovery import close_run, sweep_runs, tells
from crosschecks.actions.setup import seed_thresholds
from crosschecks.catalogue import CHECKS, Check, counting_left_out, listening
from crosschecks.choices import RunState, Seen
from crosschecks.models import CheckRun, Sighting
from crosschecks.selectors.due import is_profiled
from crosschecks.selectors.thresholds import values_in_force
from grid.actions import profile_meters
from grid.selectors import late_feeds
from journal.actions import record

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
WAIT_SECONDS = 1.0


def work_off(*, run_id: int, progress: Progress | None = None) -> CheckRun:
    """Do a queued run to its end, whatever the end is; returns it with true counts.

    Raises Busy when another worker has it. An error of the check closes the run as failed and
    goes to the log; a stop (Ctrl-C, SystemExit) closes it as interrupted and goes on upwards.
    """
    claim = claim_run(run_id)
    run = CheckRun.objects.get(pk=run_id)
    try:
        _look(claim, CHECKS.get(run.check_slug), run, progress)
        _finish(claim, run)
    except Lost:
        logger.warning("run %s was taken over by another worker", run_id)
    except Exception as error:
        logger.exception("run %s failed", run_id)
        close_run(run_id=run_id, state=RunState.FAILED, why=_explain(error), claim=claim.token)
    except BaseException:
        close_run(run_id=run_id, state=RunState.INTERRUPTED, why="stopped", claim=claim.token)
        raise
    run.refresh_from_db()
    return run


def run_now(*, run_id: int, progress: Progress | None = None) -> CheckRun:
    """``work_off`` in the foreground: waits for a worker that is at it, and gives its result."""
    while True:
        try:
            return work_off(run_id=run_id, progress=progress)
        except Busy:
            run = CheckRun.objects.get(pk=run_id)
            if not run.is_active:
                return run
        if progress is not None:
            progress(run.done, run.total)
        sleep(WAIT_SECONDS)
        sweep_runs()


def _look(claim: Claim, check: Check, run: CheckRun, progress: Progress | None) -> None:
    def hear(done: int, total: int) -> None:
        claim.beat(done, total)
        if progress is not None:
            progress(done, total)

    seed_thresholds(check=check)
    values = values_in_force(check, run.day)
    _profile(run.day, hear)
    run.late_feeds, run.thresholds, run.version = late_feeds(run.day), values, check.version
    run.save(update_fields=["late_feeds", "thresholds", "version"])
    take_over_decisions(check_slug=check.slug)
    end_expired_suppressions(check_slug=check.slug)
    run.held, claim.heard = 0, (0, 0)
    with listening(hear), counting_left_out() as left:
        for hit in check.find(run.day, **values):
            if set(hit.feeds) & set(run.late_feeds):
                run.held += 1
            else:
                note_hit(claim, check, run, hit)
    run.left_out = left.count
    note_gone(claim, run)


def _profile(day: date, hear: Progress) -> None:
    """Have the day profiled, once for all checks; wait for a worker that is at it."""
    while not is_profiled(day):
        if not profile_meters(until=day, progress=hear):
            hear(0, 0)
            sleep(WAIT_SECONDS if not is_profiled(day) else 0)


@transaction.atomic
def _finish(claim: Claim, run: CheckRun) -> None:
    """Close the run with counts taken from the ledger, so that a resumed run counts once."""
    claim.hold()
    counts = Sighting.objects.filter(run=run).aggregate(
        **{word: Count("pk", filter=Q(seen=word)) for word in Seen.values},
        leads=Count("pk", filter=Q(raised_lead=True)),
    )
    counts["hits"] = counts["new"] + counts["same"] + counts["back"]
    for name, value in counts.items():
        setattr(run, name, value)
    run.state = RunState.INCOMPLETE if run.late_feeds else RunState.DONE
    run.done = run.total = max(claim.heard)
    run.finished_at = run.heartbeat_at = clock.now()
    run.claim = None
    run.save()
    facts = {**counts, "held": run.held, "left_out": run.left_out, "state": str(run.state)}
    record("crosschecks.run.finish", run, actor=None, facts=facts, tells=tells(run, "finished"))


def _explain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
