"""Many new rows at once by COPY: several times faster than INSERT, triggers included."""

from collections.abc import Collection
from typing import Any

from django.db import connection, models


def copy_new(model: type[models.Model], rows: Collection[Any]) -> None:
    """Write new rows and give them their keys; columns with a database default are left to it.

    Related rows must be written before, so that their keys are known.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        _give_keys(cursor, model, rows)
        fields = [f for f in model._meta.concrete_fields if not f.has_db_default()]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [f.get_db_prep_save(f.pre_save(row, add=True), connection) for f in fields]
                )


def _give_keys(cursor: Any, model: type[models.Model], rows: Collection[Any]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, len(rows)],
    )
    for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
        row.pk = key
        row._state.adding = False
        row._state.db = connection.alias
