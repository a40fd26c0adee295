"""Does one task of a file to its end, in a worker or in the foreground."""

import logging
from typing import Any

from django.db import transaction

from common import clock
from intake.actions.applying import apply
from intake.actions.checking import check
from intake.actions.claims import Claim, Lost, Progress, claim_run, unheard
from intake.actions.recovery import close_run, release_run
from intake.actions.stops import Stopped
from intake.actions.undoing import undo
from intake.choices import Task
from intake.models import ImportRun

logger = logging.getLogger(__name__)


def work_off(*, run_id: int, listener: Progress = unheard) -> ImportRun:
    """Do a waiting task to its end; returns it. Raises Busy when another worker has it.

    What a rule stops is told by the task's ``error``; any other error closes the task and goes
    on upwards. A worker that is stopped gives the task back, so that it is taken up again.
    """
    claim = claim_run(run_id, listener)
    run: ImportRun = ImportRun.objects.select_related(
        "batch", "asked_by", "batch__uploaded_by"
    ).get(pk=run_id)
    try:
        with claim.beating():
            _do(run, claim, run.asked_by)
        _end(claim)
    except Lost:
        logger.warning("import task %s was taken over by another worker", run_id)
    except Stopped as stop:
        close_run(run_id=run_id, code=stop.code, facts=stop.facts, claim=claim.token)
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"[:1000]}
        close_run(run_id=run_id, code="failed", facts=told, claim=claim.token)
        raise
    except BaseException:
        release_run(run_id=run_id, claim=claim.token)
        raise
    run.refresh_from_db()
    run.batch.refresh_from_db()
    return run


def _do(run: ImportRun, claim: Claim, actor: Any) -> None:
    if run.task == Task.CHECK:
        check(run.batch, claim)
    elif run.task == Task.APPLY:
        apply(run.batch, claim, actor)
    else:
        undo(run.batch, claim, actor, run.reason)


@transaction.atomic
def _end(claim: Claim) -> None:
    claim.hold()
    ImportRun.objects.filter(pk=claim.run_id).update(ended_at=clock.now(), claim=None)
