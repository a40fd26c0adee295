"""Undoes an import: what it added goes, what it changed or removed is as it was before.

The history knows both: every row that a file writes leaves an event under the file's context.
"""

from typing import Any

import pghistory
from django.db import IntegrityError, connection, models, transaction

from common import clock
from intake.actions.claims import Claim
from intake.actions.staging import Staging, quoted
from intake.actions.stops import Stopped
from intake.actions.writing import reckon_again
from intake.catalogue import KINDS
from intake.choices import Stage, Task
from intake.models import ImportBatch, ImportRun
from intake.workflow import IMPORTS

NAMED = 10  # rows that are named when something stands in the way
Model = type[models.Model]


@transaction.atomic
def ask_to_undo(*, batch: ImportBatch, actor: Any, reason: str) -> ImportRun:
    """Decide that an import is undone; returns the task, for a worker or the caller to do.

    Raises Refused without a reason, NotAllowed, WrongState.
    """
    IMPORTS.make("undo", batch, actor=actor, reason=reason)
    return ImportRun.objects.create(
        batch=batch, task=Task.UNDO, asked_by=actor, reason=reason.strip()
    )


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
                _touch(model, batch)
            _refuse_if_changed_since(written, batch)
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
                staging.run(f"DROP TABLE {_touched(model)}")
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


def _events(model: Model) -> str:
    """The history's table of a model."""
    return str(model.pgh_event_model._meta.db_table)  # type: ignore[attr-defined]  # by pghistory


def _touched(model: Model) -> str:
    return f"touched_{model._meta.model_name}"


def _run(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def _touch(model: Model, batch: ImportBatch) -> None:
    """Which rows the file wrote: the first and last event of each, and what those were."""
    table = _touched(model)
    _run(f"DROP TABLE IF EXISTS {table}")
    _run(
        f"CREATE TEMP TABLE {table} ON COMMIT DROP AS SELECT pgh_obj_id AS id,"
        " min(pgh_id) AS first, max(pgh_id) AS last,"
        " (array_agg(pgh_label ORDER BY pgh_id))[1] = 'insert' AS fresh,"
        " (array_agg(pgh_label ORDER BY pgh_id DESC))[1] = 'delete' AS gone"
        f" FROM {_events(model)} WHERE pgh_context_id = %(context)s GROUP BY pgh_obj_id",
        context=batch.context,
    )
    _run(f"ANALYZE {table}")


def _refuse_if_changed_since(written: list[Model], batch: ImportBatch) -> None:
    """Name the first rows that somebody changed after the file had written them."""
    named: list[str] = []
    for model in written:
        ids = _run(
            f"SELECT DISTINCT t.id FROM {_touched(model)} t JOIN {_events(model)} e"
            " ON e.pgh_obj_id = t.id AND e.pgh_id > t.last"
            " WHERE e.pgh_context_id IS DISTINCT FROM %(context)s ORDER BY t.id LIMIT %(most)s",
            context=batch.context,
            most=NAMED,
        )
        word = model._meta.verbose_name
        rows = model._base_manager.filter(pk__in=[pk for (pk,) in ids])
        known = {row.pk: str(row) for row in rows}
        named += [f"{word} {known.get(pk, pk)}" for (pk,) in ids]
    if named:
        raise Stopped("changed_since", rows=", ".join(named[:NAMED]))


def _remove(model: Model) -> None:
    """Delete what the file added."""
    _run(
        f"DELETE FROM {quoted(model._meta.db_table)} m USING {_touched(model)} t"
        " WHERE t.id = m.id AND t.fresh"
    )


def _restore(model: Model) -> None:
    """Bring back what the file changed or removed, from the last event before the file."""
    tracked = {f.name for f in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]  # by pghistory
    columns = [
        quoted(str(f.column))
        for f in model._meta.concrete_fields
        if f.name in tracked and not f.primary_key
    ]
    table, listed = quoted(model._meta.db_table), ", ".join(columns)
    before = (
        "SELECT DISTINCT ON (t.id) t.id, t.gone, "
        f"{', '.join(f'e.{c}' for c in columns)} FROM {_touched(model)} t"
        f" JOIN {_events(model)} e ON e.pgh_obj_id = t.id AND e.pgh_id < t.first"
        " WHERE NOT t.fresh ORDER BY t.id, e.pgh_id DESC"
    )
    back = _run(
        f"INSERT INTO {table} (id, {listed}) SELECT b.id, {', '.join(f'b.{c}' for c in columns)}"
        f" FROM ({before}) b WHERE b.gone RETURNING id"
    )
    sets = ", ".join(f"{c} = b.{c}" for c in columns)
    changed = _run(
        f"UPDATE {table} m SET {sets} FROM ({before}) b WHERE b.id = m.id AND NOT b.gone"
        " RETURNING m.id"
    )
    reckon_again(model, [pk for (pk,) in (*back, *changed)])
