"""The rows of a file as temporary tables of the database: what rules and steps work on.

``staged`` holds the rows whose cells are all good, ``refused`` every problem. Both go with the
transaction.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import psycopg.errors
import pyarrow as pa
import pyarrow.csv
from django.db import connection
from psycopg.types.json import Jsonb

from common.clock import today
from common.errors import RowProblem
from intake.catalogue import Kind, Target
from intake.formats.judging import ROW
from intake.models import ImportBatch

if TYPE_CHECKING:
    from datetime import date

SQL_TYPES = {
    pa.string(): "text",
    pa.date32(): "date",
    pa.float64(): "double precision",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    pa.timestamp("us", tz="UTC"): "timestamp with time zone",
}
TABLES = ("staged", "refused", "planned")


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return str(connection.ops.quote_name(name))


def sql_type(of: pa.DataType) -> str:
    """The database's type for a column's values."""
    if pa.types.is_decimal(of):
        return f"numeric({of.precision},{of.scale})"
    return SQL_TYPES[of]


class Staging:
    """The temporary tables of one file, inside the caller's transaction.

    ``present`` are the columns that the file has. ``listed`` is the day of the list that the
    file reflects: that of its act, else today.
    """

    def __init__(self, kind: Kind, batch: ImportBatch, actor: Any = None) -> None:
        self.kind, self.batch_id, self.actor = kind, batch.pk, actor
        self.day: date = today()
        self.file_name = batch.file_name
        self.act_reference, self.act_date = batch.act_reference, batch.act_date
        self.listed = batch.act_date or self.day
        self.present = frozenset(batch.columns)
        self.hear: Callable[[float], None] = lambda _share: None
        columns = ", ".join(f"{quoted(n)} {sql_type(t)}" for n, t in kind.types.items())
        self.drop()
        self.run(f"CREATE TEMP TABLE staged ({ROW} integer, {columns}) ON COMMIT DROP")
        self.run(
            'CREATE TEMP TABLE refused ("row" integer, "column" text, value text, code text,'
            " params jsonb) ON COMMIT DROP"
        )

    def drop(self) -> None:
        """Forget the tables before the transaction ends."""
        self.run(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")

    def run(self, sql: str, **params: object) -> int:
        """Execute; returns the number of rows."""
        with connection.cursor() as cursor:
            cursor.execute(sql, self._params(params))
            return int(cursor.rowcount)

    def rows(self, sql: str, **params: object) -> list[tuple[Any, ...]]:
        """Execute and fetch."""
        with connection.cursor() as cursor:
            cursor.execute(sql, self._params(params))
            return list(cursor.fetchall())

    def refuse(self, sql: str, **params: object) -> int:
        """Refuse what ``sql`` selects: row, column, value, code, params."""
        return self.run(f"INSERT INTO refused {sql}", **params)

    def _params(self, more: dict[str, object]) -> dict[str, Any]:
        return {
            "batch": self.batch_id,
            "file": self.file_name,
            "day": self.day,
            "act_reference": self.act_reference,
            "act_date": self.act_date,
            "listed": self.listed,
            **more,
        }

    # What comes in

    def take(self, good: pa.RecordBatch) -> None:
        """Add rows whose cells are all good."""
        if not len(good):
            return
        content = pa.BufferOutputStream()
        options = pyarrow.csv.WriteOptions(include_header=False)
        pyarrow.csv.write_csv(good, content, options)
        names = ", ".join(quoted(name) for name in good.schema.names)
        statement = f"COPY staged ({names}) FROM STDIN (FORMAT csv)"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(content.getvalue().to_pybytes())

    def note(self, problems: Iterable[RowProblem]) -> None:
        """Add problems of rows."""
        with connection.cursor() as cursor, cursor.copy("COPY refused FROM STDIN") as copy:
            for p in problems:
                told = Jsonb(dict(p.params))
                copy.write_row((p.row, p.column[:200], p.value, p.code, told))

    # What is asked

    def says(self, column: str) -> bool:
        """Whether the file says anything of a column; what it does not mention stays as it is."""
        of = next((one.of for one in self.kind.computed if one.name == column), (column,))
        return column in self.present or not self.present.isdisjoint(of)

    def joined(self, *targets: Target, table: str = "staged") -> str:
        """The rows as ``s`` with these targets joined by their keys; absent ones are NULL."""
        chain = with_parents(targets)
        return f"{table} s {' '.join(f'LEFT JOIN {on(target)}' for target in chain)}"

    def drop_refused(self) -> None:
        """Leave out the rows that have a problem."""
        self.run("DELETE FROM staged s USING refused r WHERE r.row = s.row")

    def settle(self) -> None:
        """Say the planner what is there."""
        keys = ", ".join(quoted(name) for name in key_columns(self.kind.targets))
        self.run(f"ANALYZE staged ({keys})")

    def lock(self) -> None:
        """Keep every row that the file meets from being changed until the transaction ends."""
        for target in self.kind.targets:
            chain = with_parents([target])
            joins = " ".join(f"JOIN {on(one)}" for one in chain)
            self.run(
                f"SELECT count(*) FROM (SELECT 1 FROM staged s {joins}"
                f" ORDER BY {target.alias}.id FOR UPDATE OF {target.alias}) locked"
            )


def with_parents(targets: Iterable[Target]) -> list[Target]:
    """The targets and all that their keys rest on, each once, parents first."""
    found: list[Target] = []
    for target in targets:
        for one in (*with_parents(target.parents), target):
            if one not in found:
                found.append(one)
    return found


def key_columns(targets: Iterable[Target]) -> list[str]:
    """The columns that tell the rows of the targets apart, each once."""
    found: list[str] = []
    for target in targets:
        for value in target.key.values():
            found += key_columns([value]) if isinstance(value, Target) else [value]
    return list(dict.fromkeys(found))


def on(target: Target) -> str:
    """``table alias ON key = value``, for a join to the staged row ``s`` and the parents."""
    terms = [
        f"{target.alias}.{column_of(target, name)} = "
        + (f"{value.alias}.id" if isinstance(value, Target) else f"s.{quoted(value)}")
        for name, value in target.key.items()
    ]
    return f"{quoted(target.model._meta.db_table)} {target.alias} ON {' AND '.join(terms)}"


def column_of(target: Target, name: str) -> str:
    """The column of a field."""
    return quoted(str(target.model._meta.get_field(name).column))  # type: ignore[union-attr]  # a plain field


NOT_THE_TABLES_FAULT = (psycopg.errors.UniqueViolation, psycopg.errors.ExclusionViolation)
"""What the database says when somebody entered the same thing at the same moment."""
