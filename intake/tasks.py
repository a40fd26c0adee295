"""Celery doors of the imports."""

from celery import shared_task

from intake import actions
from intake.actions.claims import Busy


@shared_task(acks_late=True, ignore_result=True)
def work_off_run(run_id: int) -> None:
    """Does one task of a file; a busy one is left alone."""
    try:
        actions.work_off(run_id=run_id)
    except Busy:
        return


@shared_task
def sweep_runs() -> int:
    """Sends the tasks of workers that fell silent again."""
    waiting = actions.sweep_runs()
    for run_id in waiting:
        work_off_run.delay(run_id)
    return len(waiting)
