"""What an applied file wrote, by the history: for undoing it, and for showing that beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction

from intake.catalogue import KINDS
from intake.models import ImportBatch

NAMED = 10  # rows that are named when something stands in the way
SHOWN = 100  # cells of each table that are shown before an undoing
Model = type[models.Model]


def ask(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    """Execute, and fetch if there is anything to fetch."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def events_of(model: Model) -> str:
    """The history's table of a model."""
    return str(model.pgh_event_model._meta.db_table)  # type: ignore[attr-defined]  # by pghistory


def touched_of(model: Model) -> str:
    """The temporary table of a model's rows that a file wrote."""
    return f"touched_{model._meta.model_name}"


def touch(model: Model, batch: ImportBatch) -> None:
    """Which rows the file wrote: the first and last event of each, and what those were."""
    table = touched_of(model)
    ask(f"DROP TABLE IF EXISTS {table}")
    ask(
        f"CREATE TEMP TABLE {table} ON COMMIT DROP AS SELECT pgh_obj_id AS id,"
        " min(pgh_id) AS first, max(pgh_id) AS last,"
        " (array_agg(pgh_label ORDER BY pgh_id))[1] = 'insert' AS fresh,"
        " (array_agg(pgh_label ORDER BY pgh_id DESC))[1] = 'delete' AS gone"
        f" FROM {events_of(model)} WHERE pgh_context_id = %(context)s GROUP BY pgh_obj_id",
        context=batch.context,
    )
    ask(f"ANALYZE {table}")


def changed_since(written: Iterable[Model], batch: ImportBatch) -> list[str]:
    """The first rows that somebody changed after the file had written them, in words."""
    named: list[str] = []
    for model in written:
        ids = ask(
            f"SELECT DISTINCT t.id FROM {touched_of(model)} t JOIN {events_of(model)} e"
            " ON e.pgh_obj_id = t.id AND e.pgh_id > t.last"
            " WHERE e.pgh_context_id IS DISTINCT FROM %(context)s ORDER BY t.id LIMIT %(most)s",
            context=batch.context,
            most=NAMED,
        )
        word = model._meta.verbose_name
        rows = model._base_manager.filter(pk__in=[pk for (pk,) in ids])
        known = {row.pk: str(row) for row in rows}
        named += [f"{word} {known.get(pk, pk)}" for (pk,) in ids]
    return named[:NAMED]


def before(model: Model, columns: Iterable[str]) -> str:
    """SQL of the rows that were there already, as they were before the file."""
    listed = ", ".join(f"e.{column}" for column in columns)
    return (
        f"SELECT DISTINCT ON (t.id) t.id, t.gone, {listed} FROM {touched_of(model)} t"
        f" JOIN {events_of(model)} e ON e.pgh_obj_id = t.id AND e.pgh_id < t.first"
        " WHERE NOT t.fresh ORDER BY t.id, e.pgh_id DESC"
    )


def tracked_columns(model: Model) -> dict[str, str]:
    """The columns that the history keeps, quoted, and their words."""
    tracked = {f.name for f in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]  # by pghistory
    quote = connection.ops.quote_name
    return {
        quote(str(f.column)): str(f.verbose_name)
        for f in model._meta.concrete_fields
        if f.name in tracked and not f.primary_key
    }


@dataclass(frozen=True, slots=True)
class BackCell:
    """One cell that an undoing would put back."""

    entry: str
    column: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class TableUndone:
    """What an undoing would do to one table, in rows; of the cells the first hundred."""

    table: str
    removed: int
    restored: int
    returned: int
    cells: list[BackCell] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        """Whether more cells may change than are shown."""
        return len(self.cells) >= SHOWN


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undoing would do; ``in_the_way`` names what somebody changed since."""

    tables: list[TableUndone]
    in_the_way: list[str]

    @property
    def possible(self) -> bool:
        """Whether nobody has changed what the file wrote."""
        return not self.in_the_way


@transaction.atomic
def undo_plan(batch: ImportBatch) -> UndoPlan:
    """What undoing an applied file would do as things stand now; writes nothing that stays."""
    if batch.context is None or batch.kind not in KINDS:
        return UndoPlan([], [])
    written = list(KINDS.get(batch.kind).written)
    for model in written:
        touch(model, batch)
    tables = [_table(model) for model in written]
    in_the_way = changed_since(written, batch)
    for model in written:
        ask(f"DROP TABLE {touched_of(model)}")
    told = [one for one in tables if one.removed or one.restored or one.returned]
    return UndoPlan(told, in_the_way)


def _table(model: Model) -> TableUndone:
    ((removed, restored, returned),) = ask(
        "SELECT count(*) FILTER (WHERE fresh AND NOT gone),"
        " count(*) FILTER (WHERE NOT fresh AND NOT gone),"
        f" count(*) FILTER (WHERE NOT fresh AND gone) FROM {touched_of(model)}"
    )
    word = str(model._meta.verbose_name_plural)
    return TableUndone(word, removed, restored, returned, list(_cells(model)) if restored else [])


def _cells(model: Model) -> Iterator[BackCell]:
    """The first cells that would change back, row by row."""
    columns = tracked_columns(model)
    table = connection.ops.quote_name(model._meta.db_table)
    sides = ", ".join(f"m.{c}::text, b.{c}::text" for c in columns)
    differs = " OR ".join(f"m.{c} IS DISTINCT FROM b.{c}" for c in columns)
    rows = ask(
        f"SELECT m.id, {sides} FROM ({before(model, columns)}) b JOIN {table} m ON m.id = b.id"
        f" WHERE NOT b.gone AND ({differs}) ORDER BY m.id LIMIT %(most)s",
        most=SHOWN,
    )
    known = model._base_manager.in_bulk([row[0] for row in rows])
    left = SHOWN
    for pk, *values in rows:
        for place, words in enumerate(columns.values()):
            now, then = values[2 * place], values[2 * place + 1]
            if now != then and left:
                left -= 1
                yield BackCell(str(known.get(pk, pk)), words, now or "", then or "")
