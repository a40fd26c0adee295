"""Undoes an import: what it added goes, what it changed or removed is as it was before.

The history knows both: every row that a file writes leaves an event under the file's context.
"""

from typing import Any

import pghistory
from django.db import IntegrityError, connection, transaction

from common import clock
from intake.actions.asking import open_task
from intake.actions.claims import Claim
from intake.actions.staging import Staging, quoted
from intake.actions.stops import Stopped
from intake.actions.writing import reckon_again
from intake.catalogue import KINDS
from intake.choices import Stage, Task
from intake.models import ImportBatch, ImportRun
from intake.selectors.touched import (
    Model,
    ask,
    before,
    changed_since,
    touch,
    touched_of,
    tracked_columns,
)
from intake.workflow import IMPORTS


@transaction.atomic
def ask_to_undo(*, batch: ImportBatch, actor: Any, reason: str) -> ImportRun:
    """Decide that an import is undone; returns the task, for a worker or the caller to do.

    Raises Refused without a reason, NotAllowed, WrongState.
    """
    IMPORTS.make("undo", batch, actor=actor, reason=reason)
    return open_task(batch=batch, task=Task.UNDO, actor=actor, reason=reason.strip())


def undo(batch: ImportBatch, claim: Claim, actor: Any, reason: str) -> None:
    """Restore what was before, in one transaction.

    Raises Stopped when a row that the file wrote was changed since, or is needed by another.
    """
    kind = KINDS.get(batch.kind)
    written = list(reversed(kind.written))
    try:
        with transaction.atomic(), pghistory.context(undone=batch.pk):
            staging = Staging(kind, batch, actor)
            for model in written:
                touch(model, batch)
            if named := changed_since(written, batch):
                raise Stopped("changed_since", rows=", ".join(named))
            if kind.before_undo:
                kind.before_undo(staging)
            total = batch.new + batch.changed
            for place, model in enumerate(written, start=1):
                claim.tell(Stage.RESTORING, total * (place - 1) // len(written), total)
                _remove(model)
            for model in reversed(written):
                _restore(model)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for model in written:
                staging.run(f"DROP TABLE {touched_of(model)}")
            staging.drop()
            claim.hold()
            changes = {"undone_at": clock.now()}
            IMPORTS.make("restore", batch, actor=actor, reason=reason, changes=changes)
    except IntegrityError as error:
        raise Stopped("needed", rows=_detail(error)) from error


def _detail(error: IntegrityError) -> str:
    """Which row still is referred to, in the database's words."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "message_detail", "") or error)


def _remove(model: Model) -> None:
    """Delete what the file added."""
    ask(
        f"DELETE FROM {quoted(model._meta.db_table)} m USING {touched_of(model)} t"
        " WHERE t.id = m.id AND t.fresh"
    )


def _restore(model: Model) -> None:
    """Bring back what the file changed or removed, from the last event before the file."""
    columns = list(tracked_columns(model))
    table, listed = quoted(model._meta.db_table), ", ".join(columns)
    old = before(model, columns)
    back = ask(
        f"INSERT INTO {table} (id, {listed}) SELECT b.id, {', '.join(f'b.{c}' for c in columns)}"
        f" FROM ({old}) b WHERE b.gone RETURNING id"
    )
    sets = ", ".join(f"{c} = b.{c}" for c in columns)
    changed = ask(
        f"UPDATE {table} m SET {sets} FROM ({old}) b WHERE b.id = m.id AND NOT b.gone"
        " RETURNING m.id"
    )
    reckon_again(model, [pk for (pk,) in (*back, *changed)])
