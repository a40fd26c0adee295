"""Handing out the refused rows of a file; they may hold personal data, so the journal knows."""

from typing import IO, Any

from intake.actions.files import fetched, working_folder
from intake.catalogue import KINDS
from intake.models import ImportBatch
from intake.selectors.error_files import write_errors
from intake.selectors.previews import each_problem
from journal.actions import record


def write_error_file(*, batch: ImportBatch, actor: Any, form: str, target: IO[bytes]) -> None:
    """Write the refused rows with what to mend, as ``csv`` or ``xlsx``; ``target`` is rewound.

    Raises BadFile when the stored file can no longer be read.
    """
    with working_folder() as folder:
        write_errors(
            kind=KINDS.get(batch.kind), name=batch.file_name, path=fetched(batch.file, folder),
            problems=each_problem(batch), form=form, target=target,
        )  # fmt: skip
    record("intake.import.errors", batch, actor=actor)
    target.seek(0)
