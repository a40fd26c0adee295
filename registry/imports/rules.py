"""Rules about rows of the registrations file: against each other, and against the registry."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.names import fold, strip_legal_form
from law.choices import Matter
from registry.choices import KEEPERS
from registry.workflow import REGISTRATIONS

WORDS = {
    "too_much": _("More than %(most)s kW at one place: the column is in kW."),
    "not_positive": _("The power must be more than 0 kW."),
    "beginning_missing": _("A registration that was granted needs the day of its beginning."),
    "meter_too_long": _("Meter code %(meter)s is longer than %(longest)s characters."),
    "meter_separator": _("Separate meter codes by | (here: %(meter)s)."),
    "contradicts_row": _("Row %(other)s says otherwise about the same registration."),
    "repeated_row": _("Row %(other)s names the same registration and site."),
    "other_name": _("Row %(other)s gives the same BIN another name."),
    "meter_of_row": _("Row %(other)s declares this meter for the same time."),
    "other_operator": _("Registration %(number)s belongs to another operator."),
    "no_such_move": _("A registration does not go from “%(before)s” to “%(after)s”."),
    "status_needs_act": _(
        "From “%(before)s” to “%(after)s”: name the competent body's act and its date."
    ),
    "nobody_competent": _("No body was competent for registrations on %(day)s, the act's date."),
    "meter_taken": _("Registration %(number)s declares this meter for the same time."),
}
# Who issues an imported list: the body that kept the registrations on the act's (or list's) day.
ISSUER = f"""(SELECT c.body_id FROM law_competence c JOIN law_body b ON b.id = c.body_id
    WHERE c.matter = '{Matter.MINING}' AND b.code IN ({", ".join(f"'{code}'" for code in KEEPERS)})
    AND c.valid_from <= coalesce(%(act_date)s::date, %(listed)s::date)
    AND (c.valid_to IS NULL OR c.valid_to >= coalesce(%(act_date)s::date, %(listed)s::date))
    ORDER BY b.code DESC LIMIT 1)"""
# Two rows of one group: the first, and each other one; both are told.
BOTH = (
    "CROSS JOIN LATERAL (VALUES (f.row, c.one, s.row), (s.row, c.two, f.row))"
    " told (row, value, other)"
)
CODES = (
    "SELECT s.row, s.number, s.site_name, s.valid_from, s.valid_to,"
    " unnest(string_to_array(s.meter_codes, '|')) AS code FROM staged s"
)


def one_registration(work: Any) -> None:
    """Rows of one number agree about everything that is the registration's."""
    work.refuse(
        f"""SELECT told.row, c.name, coalesce(told.value, ''), 'contradicts_row',
        jsonb_build_object('other', told.other)
        FROM (SELECT number, min(row) AS row FROM staged GROUP BY number HAVING count(*) > 1) n
        JOIN staged f ON f.row = n.row JOIN staged s ON s.number = n.number AND s.row <> n.row
        CROSS JOIN LATERAL (VALUES ('kind', f.kind, s.kind),
            ('operator_bin', f.operator_bin, s.operator_bin),
            ('valid_from', f.valid_from::text, s.valid_from::text),
            ('valid_to', f.valid_to::text, s.valid_to::text),
            ('status', f.status, s.status)) c (name, one, two)
        {BOTH} WHERE c.one IS DISTINCT FROM c.two"""
    )


def one_row_per_site(work: Any) -> None:
    """A registration names a site once."""
    work.refuse(
        f"""SELECT told.row, 'number', told.value, 'repeated_row',
        jsonb_build_object('other', told.other)
        FROM (SELECT number, site_name, min(row) AS row FROM staged
            GROUP BY number, site_name HAVING count(*) > 1) n
        JOIN staged f ON f.row = n.row JOIN staged s
            ON s.number = n.number AND s.site_name = n.site_name AND s.row <> n.row
        CROSS JOIN LATERAL (VALUES (f.number, s.number)) c (one, two) {BOTH}"""
    )


def one_operator(work: Any) -> None:
    """One BIN, one name; two spellings of one name count as the first of them."""
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, row, name in work.rows(
        """SELECT s.operator_bin, s.row, s.operator_name FROM staged s WHERE s.operator_bin IN
        (SELECT operator_bin FROM staged GROUP BY operator_bin
        HAVING count(DISTINCT operator_name || '|' || legal_form) > 1) ORDER BY s.row"""
    ):
        rows[number].append((row, name))
    refused: list[tuple[int, str, int]] = []
    for (first, name), *others in rows.values():
        for row, other in others:
            if fold(strip_legal_form(name)) != fold(strip_legal_form(other)):
                refused += [(first, name, row), (row, other, first)]
    if refused:
        one, two, three = (list(column) for column in zip(*refused, strict=True))
        work.refuse(
            """SELECT r.row, 'operator_name', r.name, 'other_name',
            jsonb_build_object('other', r.other)
            FROM unnest(%(rows)s::int[], %(names)s::text[], %(others)s::int[])
            AS r (row, name, other)""",
            rows=one,
            names=two,
            others=three,
        )
    work.run(
        """UPDATE staged s SET operator_name = f.operator_name, legal_form = f.legal_form,
        search = f.search FROM staged f JOIN unnest(%(firsts)s::int[]) AS n (row) ON n.row = f.row
        WHERE f.operator_bin = s.operator_bin
        AND (f.operator_name, f.legal_form) <> (s.operator_name, s.legal_form)""",
        firsts=[group[0][0] for group in rows.values()],
    )


def one_site_per_meter(work: Any) -> None:
    """Two rows do not declare one meter for overlapping terms."""
    work.refuse(
        f"""WITH codes AS MATERIALIZED ({CODES}), shared AS (SELECT c.* FROM codes c JOIN
            (SELECT code FROM codes GROUP BY code HAVING count(*) > 1) n USING (code))
        SELECT one.row, 'meter_codes', one.code, 'meter_of_row',
            jsonb_build_object('other', two.row)
        FROM shared one JOIN shared two ON two.code = one.code AND two.row <> one.row
        WHERE daterange(one.valid_from, one.valid_to, '[]')
            && daterange(two.valid_from, two.valid_to, '[]')"""
    )


def same_operator(work: Any) -> None:
    """A registration does not pass to another operator."""
    work.refuse(
        """SELECT s.row, 'operator_bin', s.operator_bin, 'other_operator',
        jsonb_build_object('number', s.number)
        FROM staged s JOIN registry_registration r ON r.number = s.number
        JOIN registry_operator o ON o.id = r.operator_id WHERE o.bin <> s.operator_bin"""
    )


def moves_by_act(work: Any) -> None:
    """A status changes by a move that exists, and only on the competent body's act."""
    pairs = [
        (source, move.target) for move in REGISTRATIONS.moves.values() for source in move.sources
    ]
    work.refuse(
        """SELECT s.row, 'status', s.status,
        CASE WHEN m.source IS NULL THEN 'no_such_move' ELSE 'status_needs_act' END,
        jsonb_build_object('before', r.status, 'after', s.status)
        FROM staged s JOIN registry_registration r ON r.number = s.number
        LEFT JOIN unnest(%(sources)s::text[], %(targets)s::text[]) AS m (source, target)
            ON m.source = r.status AND m.target = s.status
        WHERE r.status <> s.status AND (m.source IS NULL OR %(act_reference)s = '')""",
        sources=[source for source, _target in pairs],
        targets=[target for _source, target in pairs],
    )


def somebody_was_competent(work: Any) -> None:
    """An act of a day on which no body kept registrations moves nothing."""
    work.refuse(
        f"""SELECT s.row, 'status', s.status, 'nobody_competent',
        jsonb_build_object('day', to_char(%(act_date)s::date, 'DD.MM.YYYY'))
        FROM staged s WHERE %(act_date)s::date IS NOT NULL AND {ISSUER} IS NULL"""
    )


def meters_free(work: Any) -> None:
    """No other site declares the meter for the same time."""
    work.refuse(
        f"""WITH codes AS MATERIALIZED ({CODES})
        SELECT c.row, 'meter_codes', c.code, 'meter_taken',
            jsonb_build_object('number', r.number)
        FROM codes c JOIN registry_sitemeter m ON m.code = c.code
        JOIN registry_site site ON site.id = m.site_id
        JOIN registry_registration r ON r.id = site.registration_id
        WHERE NOT (r.number = c.number AND site.name = c.site_name)
            AND daterange(m.valid_from, m.valid_to, '[]')
            && daterange(c.valid_from, c.valid_to, '[]')"""
    )
