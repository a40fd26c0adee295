"""Celery doors of the cross-checks."""

from celery import shared_task

from crosschecks import actions
from crosschecks.actions.claims import Busy


@shared_task
def run_due_checks() -> int:
    """Which complete days have I not checked? Queues them and sends one run of each check."""
    runs = actions.queue_due_runs()
    for run in runs:
        run_check_day.delay(run.pk)
    return len(runs)


@shared_task(acks_late=True, ignore_result=True)
def run_check_day(run_id: int) -> None:
    """Works off one queued run, then sends the next of its check; a busy one is left alone."""
    try:
        run = actions.work_off(run_id=run_id)
    except Busy:
        return
    if waiting := actions.next_run(check_slug=run.check_slug):
        run_check_day.delay(waiting.pk)


@shared_task
def remove_old_readings() -> int:
    """Takes months of readings beyond their term out of the lake; the sweep deletes the files."""
    return actions.remove_old_readings()


@shared_task
def sweep_stalled_runs() -> int:
    """Takes up or closes the runs of workers that fell silent."""
    runs = actions.sweep_runs()
    for run in runs:
        run_check_day.delay(run.pk)
    return len(runs)
