"""The writes of the grid."""

from grid.actions.balancing import balance_feeders, write_norm
from grid.actions.compacting import sweep_lake, tidy_lake
from grid.actions.exempting import (
    Paper,
    propose_exemption,
    take_document,
    tell_of_ending_exemptions,
    write_exemption,
)
from grid.actions.folder import take_from_folder
from grid.actions.following import hold_against_calendar, write_event
from grid.actions.looking import forget_looked_at, keep_looked_at, looked_at
from grid.actions.profiling import profile_meters, profile_new_days
from grid.actions.reading import head_of_file
from grid.actions.receiving import receive_batch, register_supplier
from grid.actions.removing import take_out_old_months, write_rule
from grid.actions.storing import (
    check_file,
    recover_batches,
    retry_batch,
    store_batch,
)
from grid.actions.supplying import write_profile

__all__ = [
    "Paper",
    "balance_feeders",
    "check_file",
    "forget_looked_at",
    "head_of_file",
    "hold_against_calendar",
    "keep_looked_at",
    "looked_at",
    "profile_meters",
    "profile_new_days",
    "propose_exemption",
    "receive_batch",
    "recover_batches",
    "register_supplier",
    "retry_batch",
    "store_batch",
    "sweep_lake",
    "take_document",
    "take_from_folder",
    "take_out_old_months",
    "tell_of_ending_exemptions",
    "tidy_lake",
    "write_event",
    "write_exemption",
    "write_norm",
    "write_profile",
    "write_rule",
]  # fmt: skip
