"""What becomes of a task whose worker died or was stopped: taken up again, or given up."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from common import clock
from intake.choices import ImportState, Stage, Task
from intake.models import ImportRun
from intake.wording import stop_words
from intake.workflow import IMPORTS

STALL_AFTER = timedelta(seconds=60)  # a living worker beats every second
MOST_ATTEMPTS = 3
BACK = {Task.CHECK: "fail", Task.APPLY: "return", Task.UNDO: "keep"}


@transaction.atomic
def sweep_runs(*, stall_after: timedelta = STALL_AFTER) -> list[int]:
    """Free the tasks of silent workers, or give them up after the third attempt.

    Returns the tasks that wait for a worker: those freed, and those asked for so long ago that
    the broker may have lost their message.
    """
    line = clock.now() - stall_after
    for run in ImportRun.objects.select_for_update(skip_locked=True).silent_since(line):
        if run.attempts >= MOST_ATTEMPTS:
            close_run(run_id=run.pk, code="silent", facts={"attempts": run.attempts})
        else:
            release_run(run_id=run.pk)
    waiting = ImportRun.objects.unfinished().filter(claim__isnull=True)
    return [run.pk for run in waiting if run.attempts or run.asked_at < line]


@transaction.atomic
def release_run(*, run_id: int, claim: UUID | None = None) -> None:
    """Give a task back; its transaction is rolled back already, so nothing of it is written.

    With ``claim`` only if that worker still has it.
    """
    runs = ImportRun.objects.select_for_update().unfinished().filter(pk=run_id)
    run = (runs.filter(claim=claim) if claim else runs).first()
    if run is None:
        return
    run.claim, run.stage = None, Stage.WAITING
    run.save(update_fields=["claim", "stage"])
    if run.task == Task.CHECK and run.batch.state == ImportState.CHECKING:
        IMPORTS.make("recheck", run.batch, actor=None)


@transaction.atomic
def close_run(
    *, run_id: int, code: str, facts: Mapping[str, object], claim: UUID | None = None
) -> None:
    """End a task without its effect: the file goes back to where it was, or has failed."""
    runs = ImportRun.objects.select_for_update().unfinished().filter(pk=run_id)
    run = (runs.filter(claim=claim) if claim else runs).first()
    if run is None:
        return
    run.ended_at, run.claim, run.error, run.facts = clock.now(), None, code, dict(facts)
    run.save(update_fields=["ended_at", "claim", "error", "facts"])
    verb = BACK[Task(run.task)]
    if IMPORTS.moves[verb].starts_from(run.batch.state):
        IMPORTS.make(verb, run.batch, actor=None, reason=str(stop_words(code, facts)), facts=facts)


@transaction.atomic
def stop_runs() -> int:
    """Give back every task in hand, when the portal stops; returns how many."""
    held = list(
        ImportRun.objects.unfinished().filter(claim__isnull=False).values_list("pk", flat=True)
    )
    for run_id in held:
        release_run(run_id=run_id)
    return len(held)
