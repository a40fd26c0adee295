"""What the staged rows would do: rules, then one comparison with the tables, all in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from intake.actions.staging import Staging, column_of, key_columns, quoted
from intake.catalogue import Target
from intake.choices import Verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """The effect of a whole file, in rows; the same digest means the same effect."""

    new: int
    same: int
    changed: int
    rejected: int
    digest: str


def plan(staging: Staging) -> Plan:
    """Sort the staged rows into new, same, changed (table ``planned``) and refused."""
    staging.settle()
    kind = staging.kind
    _one_row_each(staging)
    for rule in kind.within:
        rule(staging)
    staging.drop_refused()
    for target in kind.targets:
        _must_exist(staging, target)
    for rule in kind.against:
        rule(staging)
    staging.drop_refused()
    _compare(staging)
    _keep_fixed(staging)
    return _counted(staging)


def _one_row_each(staging: Staging) -> None:
    """Two rows about one thing are both refused: which is right only a person knows.

    A kind whose rows share what they are about says so by rules of its own.
    """
    if staging.kind.within:
        return
    columns = key_columns([staging.kind.own])
    listed = ", ".join(f"s.{quoted(name)}" for name in columns)
    same = " AND ".join(f"t.{quoted(name)} = s.{quoted(name)}" for name in columns)
    staging.refuse(
        f"""SELECT s.row, %(column)s, s.{quoted(columns[0])}::text, 'repeated_row',
        jsonb_build_object('other', (SELECT min(t.row) FROM staged t
        WHERE {same} AND t.row <> s.row))
        FROM (SELECT s.*, count(*) OVER (PARTITION BY {listed}) AS n FROM staged s) s
        WHERE s.n > 1""",
        column=columns[0],
    )


def _must_exist(staging: Staging, target: Target) -> None:
    if not target.missing:
        return
    at = target.at or key_columns([target])[0]
    asked = f" AND s.{quoted(at)}::text <> ''" if target.optional else ""
    staging.refuse(
        f"SELECT s.row, %(at)s, s.{quoted(at)}::text, %(code)s, '{{}}'::jsonb"
        f" FROM {staging.joined(target)} WHERE {target.alias}.id IS NULL{asked}",
        at=at,
        code=target.missing,
    )


def _compare(staging: Staging) -> None:
    kind = staging.kind
    pairs = [
        (column, f"{t.alias}.{column_of(t, name)}", f"s.{quoted(column)}")
        for t in kind.targets
        if t.is_written
        for name, column in compared(t).items()
        if staging.says(column)
    ]
    differences = [d for d in kind.differences if staging.says(d.column)]
    told = [
        f"'{column}', CASE WHEN {before} IS DISTINCT FROM {after} THEN"
        f" jsonb_build_array(coalesce({before}::text, ''), coalesce({after}::text, '')) END"
        for column, before, after in pairs
    ]
    told += [
        f"'{d.column}', CASE WHEN {d.differs} THEN jsonb_build_array({d.before}, {d.after}) END"
        for d in differences
    ]
    differs = " OR ".join(
        [f"{before} IS DISTINCT FROM {after}" for _column, before, after in pairs]
        + [f"({d.differs})" for d in differences]
    )
    own = kind.own.alias
    staging.run(
        f"""CREATE TEMP TABLE planned ON COMMIT DROP AS SELECT s.*,
        CASE WHEN {own}.id IS NULL THEN 'new' WHEN {differs or "false"} THEN 'changed'
        ELSE 'same' END AS verdict,
        CASE WHEN {own}.id IS NOT NULL AND ({differs or "false"})
        THEN jsonb_strip_nulls(jsonb_build_object({", ".join(told)})) ELSE '{{}}' END AS difference
        FROM {staging.joined(*kind.targets)} {kind.joins}"""
    )
    staging.run("CREATE INDEX ON planned (row)")
    staging.run("ANALYZE planned (row)")


def compared(target: Target) -> Mapping[str, str]:
    """The fields of a target that are held against the file, and their columns."""
    return {**target.fields, **target.compared}


def _keep_fixed(staging: Staging) -> None:
    own = staging.kind.own
    if not own.fixed:
        return
    staging.refuse(
        "SELECT p.row, d.key, d.value ->> 1, %(code)s,"
        " jsonb_build_object('before', d.value ->> 0)"
        " FROM planned p CROSS JOIN LATERAL jsonb_each(p.difference) d"
        " WHERE p.verdict = 'changed'",
        code=own.fixed,
    )
    staging.run("DELETE FROM planned WHERE verdict = 'changed'")


def _counted(staging: Staging) -> Plan:
    counts: dict[str, int] = {}
    digest = sha256()
    for verdict, n, mixed in staging.rows(
        "SELECT verdict, count(*), bit_xor(hashtextextended(row || difference::text, 0))"
        " FROM planned GROUP BY verdict ORDER BY verdict"
    ):
        counts[verdict] = n
        digest.update(f"{verdict} {n} {mixed};".encode())
    ((rejected, mixed),) = staging.rows(
        'SELECT count(DISTINCT "row") FILTER (WHERE "row" > 1),'
        ' bit_xor(hashtextextended("row" || "column" || code, 0)) FROM refused'
    )
    digest.update(f"refused {rejected} {mixed}".encode())
    return Plan(
        counts.get(Verdict.NEW, 0),
        counts.get(Verdict.SAME, 0),
        counts.get(Verdict.CHANGED, 0),
        rejected,
        digest.hexdigest(),
    )
