"""The first schedule: rows that `ensure_schedule` creates where they are missing.

Edited in the admin from then on; a restart keeps the edits.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One periodic task: every ``seconds``, or daily at ``at`` ("06:10", the grid's time)."""

    name: str
    task: str
    seconds: int = 0
    at: str = ""


ROWS = [
    Row("journal: deliver news", "journal.tasks.deliver_news", seconds=60),
    Row("intake: sweep stalled imports", "intake.tasks.sweep_runs", seconds=30),
    Row("grid: take files from the watched folder", "grid.tasks.take_from_folder", seconds=60),
    Row("grid: profile new days", "grid.tasks.profile_new_days", seconds=120),
    Row("grid: balance new totals of feeders", "grid.tasks.balance_new_totals", seconds=600),
    Row("grid: balance all feeders", "grid.tasks.balance_all_feeders", at="02:30"),
    Row("grid: sweep the lake", "grid.tasks.sweep_lake", at="03:20"),
    Row("grid: hold loads against the calendar", "grid.tasks.hold_against_calendar", at="02:50"),
    Row("grid: tell of ending exemptions", "grid.tasks.tell_of_ending_exemptions", at="06:30"),
    Row("registry: count the words of names", "registry.tasks.count_name_words", seconds=300),
    Row("registry: search for pairs", "registry.tasks.search_pairs", seconds=600),
    Row("crosschecks: run due checks", "crosschecks.tasks.run_due_checks", seconds=120),
    Row("crosschecks: remove old readings", "crosschecks.tasks.remove_old_readings", at="02:10"),
    Row("crosschecks: sweep stalled runs", "crosschecks.tasks.sweep_stalled_runs", seconds=30),
    Row("cases: wake deferred leads", "cases.tasks.wake_deferred_leads", at="06:00"),
    Row("cases: end expired hand-overs", "cases.tasks.end_expired_handovers", at="06:10"),
    Row("cases: remind of terms", "cases.tasks.remind_of_terms", at="07:00"),
    Row("cases: pass on the work of leavers", "cases.tasks.pass_on_work", seconds=300),
    Row("cases: sweep unsent files", "cases.tasks.sweep_unsent_files", at="03:00"),
    Row("council: remind of votes", "council.tasks.remind_of_votes", at="07:10"),
    Row("outlook: take the picture", "outlook.tasks.take_picture", seconds=600),
]
