"""The writes of the cross-checks, one verb each."""

from crosschecks.actions.queueing import next_run, queue_due_runs, queue_run
from crosschecks.actions.recovery import close_runs, sweep_runs
from crosschecks.actions.retention import remove_old_readings
from crosschecks.actions.running import run_now, work_off
from crosschecks.actions.setup import (
    pause_check,
    resume_check,
    seed_thresholds,
    set_threshold,
    write_threshold,
)
from crosschecks.actions.suppression import suppress_finding, unsuppress_finding

__all__ = [
    "close_runs",
    "next_run",
    "pause_check",
    "queue_due_runs",
    "queue_run",
    "remove_old_readings",
    "resume_check",
    "run_now",
    "seed_thresholds",
    "set_threshold",
    "suppress_finding",
    "sweep_runs",
    "unsuppress_finding",
    "work_off",
    "write_threshold",
]
