"""The writes of the imports: receive, check, apply, undo; by a worker or here and now."""

from intake.actions.applying import ask_to_apply, discard_batch
from intake.actions.asking import ask_to_check
from intake.actions.claims import Busy
from intake.actions.foreground import apply_batch, check_file, look_at_file, undo_batch
from intake.actions.handing_out import write_error_file
from intake.actions.receiving import receive_file
from intake.actions.recovery import stop_runs, sweep_runs
from intake.actions.running import work_off
from intake.actions.undoing import ask_to_undo

__all__ = [
    "Busy",
    "apply_batch",
    "ask_to_apply",
    "ask_to_check",
    "ask_to_undo",
    "check_file",
    "discard_batch",
    "look_at_file",
    "receive_file",
    "stop_runs",
    "sweep_runs",
    "undo_batch",
    "work_off",
    "write_error_file",
]
