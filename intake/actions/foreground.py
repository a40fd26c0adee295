"""The tasks of a file done here and now, for the command line and for small steps of others."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import File

from intake.actions.applying import ask_to_apply
from intake.actions.checking import look
from intake.actions.claims import Progress, unheard
from intake.actions.receiving import receive_file
from intake.actions.running import work_off
from intake.actions.stops import Stopped
from intake.actions.undoing import ask_to_undo
from intake.catalogue import KINDS
from intake.models import ImportBatch, ImportRun


def check_file(  # noqa: PLR0913 - what a sender says, each by name
    *,
    kind: str,
    name: str,
    content: bytes | Path,
    actor: Any,
    act_reference: str = "",
    act_date: date | None = None,
    listener: Progress = unheard,
) -> ImportBatch:
    """Receive a file and check it. An unreadable one is kept with its reason."""
    with content.open("rb") if isinstance(content, Path) else BytesIO(content) as file:
        run = receive_file(
            kind=kind,
            name=name,
            content=File(file),
            actor=actor,
            act_reference=act_reference,
            act_date=act_date,
        )
    return _done(work_off(run_id=run.pk, listener=listener))


def apply_batch(
    *, batch: ImportBatch, actor: Any, partial: bool = False, listener: Progress = unheard
) -> ImportBatch:
    """Apply a checked file. Raises Refused, NotAllowed, WrongState; nothing is written then."""
    run = ask_to_apply(batch=batch, actor=actor, partial=partial)
    return _done(work_off(run_id=run.pk, listener=listener))


def undo_batch(
    *, batch: ImportBatch, actor: Any, reason: str, listener: Progress = unheard
) -> ImportBatch:
    """Undo an applied file. Raises Refused, NotAllowed, WrongState; all stays then."""
    run = ask_to_undo(batch=batch, actor=actor, reason=reason)
    return _done(work_off(run_id=run.pk, listener=listener))


def look_at_file(
    *, kind: str, name: str, content: Path, act_reference: str = "", act_date: date | None = None,
    listener: Progress = unheard,
) -> ImportBatch:  # fmt: skip
    """What a file would do, on a batch that is not kept. Raises BadFile."""
    batch = ImportBatch(
        kind=kind, file_name=name, act_reference=act_reference.strip(), act_date=act_date
    )
    look(KINDS.get(kind), name, content, batch=batch, hear=listener)
    return batch


def _done(run: ImportRun) -> ImportBatch:
    if run.error:
        raise Stopped(run.error, **run.facts)
    batch: ImportBatch = run.batch
    return batch
