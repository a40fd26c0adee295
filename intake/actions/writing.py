"""Writes the planned rows: the plain way for every target, in slices, each one statement."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, models

from common.clock import now
from intake.actions.staging import Staging, column_of, on, quoted, with_parents
from intake.catalogue import Sql, Target

SLICE = 25_000  # rows of a file to one statement: the bar moves, and history stays in memory
CHUNK = 5_000
Hear = Callable[[float], None]


def write(staging: Staging, hear: Hear) -> None:
    """Carry the plan out, inside the caller's transaction; ``hear`` is told the share done."""
    kind = staging.kind
    steps = list(kind.steps) or [
        step
        for target in kind.targets
        if target.is_written
        for step in (inserting(target), *([updating(target)] if target.fields else []))
    ]
    for place, step in enumerate(steps):
        staging.hear = partial(_told, hear, place, len(steps))
        step(staging)
        hear((place + 1) / len(steps))


def _told(hear: Hear, place: int, steps: int, share: float) -> None:
    hear((place + share) / steps)


def inserting(target: Target) -> Callable[[Staging], None]:
    """A step that adds the target's new rows."""

    def insert(staging: Staging) -> None:
        for first, last, share in slices(staging):
            staging.run(insertion(target), first=first, last=last, **_defaults(target))
            staging.hear(share)

    return insert


def updating(target: Target) -> Callable[[Staging], None]:
    """A step that brings the target's changed rows up to date."""

    def update(staging: Staging) -> None:
        fields = {name: c for name, c in target.fields.items() if staging.says(c)}
        if fields:
            ids = [pk for (pk,) in staging.rows(update_of(target, fields))]
            reckon_again(target.model, ids)

    return update


def slices(staging: Staging) -> Iterator[tuple[int, int, float]]:
    """Bounds of row numbers that hold some rows to be written each, and the share done then."""
    bounds = [
        row
        for (row,) in staging.rows(
            "SELECT max(row) FROM (SELECT row, (row_number() OVER (ORDER BY row) - 1) / %(slice)s"
            " AS place FROM planned WHERE verdict <> 'same') r GROUP BY place ORDER BY place",
            slice=SLICE,
        )
    ]
    first = 0
    for place, last in enumerate(bounds, start=1):
        yield first + 1, last, place / len(bounds)
        first = last


def insertion(target: Target) -> str:
    """One statement that adds the target's absent rows between two row numbers."""
    given = _given(target)
    values = {column_of(target, name): _expression(value) for name, value in given.items()}
    for field in _defaulted(target):
        values[quoted(str(field.column))] = f"%(default_{field.name})s"
    sure = with_parents(target.parents)
    others = [v for v in given.values() if isinstance(v, Target)]
    joins = " ".join(
        f"{'JOIN' if one in sure else 'LEFT JOIN'} {on(one)}"
        for one in with_parents([*target.parents, *others])
    )
    keys = ", ".join(_expression(value) for value in target.key.values())
    return (
        f"INSERT INTO {quoted(target.model._meta.db_table)} ({', '.join(values)})"
        f" SELECT DISTINCT ON ({keys}) {', '.join(values.values())}"
        f" FROM planned s {joins} LEFT JOIN {on(target)}"
        f" WHERE s.row BETWEEN %(first)s AND %(last)s AND s.verdict <> 'same'"
        f" AND {target.alias}.id IS NULL ORDER BY {keys}, s.row"
    )


def _given(target: Target) -> dict[str, str | Target | Sql]:
    """Every field that a file gives to a new row of the target."""
    return {**target.key, **target.fields, **target.compared, **target.fresh, **target.along}


def update_of(target: Target, changing: Mapping[str, str]) -> str:
    """One statement that changes what differs and returns the changed rows' keys.

    ``changing`` are those of the target's fields of which the file says something.
    """
    table = quoted(target.model._meta.db_table)
    fields = {column_of(target, name): quoted(c) for name, c in changing.items()}
    differs = " OR ".join(f"t.{name} IS DISTINCT FROM x.{c}" for name, c in fields.items())
    sets = [f"{name} = x.{c}" for name, c in fields.items()]
    sets += [f"{column_of(target, name)} = x.along_{name}" for name in target.along]
    told = "".join(f", {_expression(v)} AS along_{name}" for name, v in target.along.items())
    sure = with_parents([target])
    others = [v for v in target.along.values() if isinstance(v, Target)]
    joins = " ".join(
        f"{'JOIN' if one in sure else 'LEFT JOIN'} {on(one)}"
        for one in with_parents([*sure, *others])
    )
    return (
        f"UPDATE {table} t SET {', '.join(sets)}"
        f" FROM (SELECT DISTINCT ON ({target.alias}.id) {target.alias}.id AS found, s.*{told}"
        f" FROM planned s {joins} WHERE s.verdict <> 'same' ORDER BY {target.alias}.id, s.row) x"
        f" WHERE x.found = t.id AND ({differs}) RETURNING t.id"
    )


def _expression(value: str | Target | Sql) -> str:
    if isinstance(value, Sql):
        return value.text
    return f"{value.alias}.id" if isinstance(value, Target) else f"s.{quoted(value)}"


def _defaulted(target: Target) -> "list[models.Field[Any, Any]]":
    """Fields that the file says nothing about and that neither may be NULL nor fill themselves."""
    given = _given(target)
    return [
        field
        for field in target.model._meta.concrete_fields
        if not field.primary_key and field.name not in given and not field.has_db_default()
    ]


def _defaults(target: Target) -> dict[str, object]:
    return {f"default_{field.name}": _default(field) for field in _defaulted(target)}


def _default(field: "models.Field[Any, Any]") -> object:
    dated = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    value = now() if dated else field.get_default()
    return field.get_db_prep_save(value, connection)


def reckon_again(model: type[models.Model], ids: list[int]) -> None:
    """Reckon the columns that follow from others of their row anew; SQL passes ``save`` by."""
    derived = [f for f in model._meta.concrete_fields if getattr(f, "reckon", None)]
    rest = iter(ids)
    while derived and (chunk := list(islice(rest, CHUNK))):
        rows = list(model._base_manager.filter(pk__in=chunk))
        keys = [row.pk for row in rows]
        for field in derived:
            texts = [field.pre_save(row, add=False) for row in rows]
            _set_column(model, str(field.column), keys, texts)


def _set_column(model: type[models.Model], column: str, keys: list[int], texts: list[str]) -> None:
    table, name = quoted(model._meta.db_table), quoted(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {name} = v.text FROM unnest(%s::bigint[], %s::text[])"
            f" AS v (id, text) WHERE v.id = t.id AND t.{name} <> v.text",
            [keys, texts],
        )
