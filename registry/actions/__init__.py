"""The writes of the registry: bring a file in, record a competent body's act, mend an entry."""

from registry.actions.acts import record_act
from registry.actions.entries import save_entry
from registry.actions.imports import apply_batch, check_file, discard_batch, plan_file

__all__ = [
    "apply_batch",
    "check_file",
    "discard_batch",
    "plan_file",
    "record_act",
    "save_entry",
]
