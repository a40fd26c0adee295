"""What applying a registrations file does beyond plain rows: statuses and meters."""

from collections.abc import Callable, Sequence
from typing import Any

from intake.actions.writing import inserting, slices, updating
from intake.catalogue import Target
from registry.actions.acts import Act, record_acts
from registry.choices import ASKED_FOR, ENDED, Status
from registry.imports.rules import ISSUER
from registry.models import Registration
from registry.selectors.issuers import issuer_on
from registry.workflow import move_between

Step = Callable[[Any], None]
ENDED_WORDS = ", ".join(f"'{status}'" for status in ENDED)
ASKED_WORDS = ", ".join(f"'{status}'" for status in ASKED_FOR)
# Since when an imported status counts: exact for a term that ran out, else the list's day.
STATUS_FROM = (
    f"CASE WHEN s.status = '{Status.EXPIRED}' AND s.valid_to < %(listed)s::date"
    f" THEN s.valid_to + 1 WHEN s.status = '{Status.ACTIVE}' AND s.valid_from IS NOT NULL"
    " THEN s.valid_from ELSE greatest(%(listed)s::date, s.valid_from) END"
)
# A meter declared with its site counts from the term's beginning, a later one from the list; it
# ends with the term, or with the registration if that ended before.
METER_FROM = (
    "CASE WHEN s.verdict = 'new' THEN s.valid_from"
    " ELSE greatest(%(listed)s::date, s.valid_from) END"
)
METER_TO = (
    f"CASE WHEN s.status IN ({ENDED_WORDS}) THEN least({STATUS_FROM}, s.valid_to)"
    " ELSE s.valid_to END"
)
SITES = (
    "planned s JOIN registry_registration r ON r.number = s.number"
    " JOIN registry_site site ON site.registration_id = r.id AND site.name = s.site_name"
)


def steps_for(operator: Target, registration: Target, site: Target) -> Sequence[Step]:
    """The steps in their order; the first ones of each target are the plain ones."""
    return (
        inserting(operator),
        updating(operator),
        inserting(registration),
        keep_past,
        carry_meters_along,
        updating(registration),
        move_statuses,
        inserting(site),
        updating(site),
        withdraw_meters,
        declare_meters,
    )


def keep_past(work: Any) -> None:
    """The status from the file, and before a suspension or an end the time in force."""
    new = "FROM registry_registration r WHERE r.source_id = %(batch)s"
    columns = (
        "registration_id, status, effective_from, act_reference, act_date, act_body_id, source_id"
    )
    act = f"%(act_reference)s, %(act_date)s::date, {ISSUER}, %(batch)s"
    work.run(
        f"INSERT INTO registry_statusrecord ({columns})"
        f" SELECT r.id, '{Status.ACTIVE}', r.valid_from, {act} {new}"
        f" AND r.valid_from < r.status_from AND r.status NOT IN ({ASKED_WORDS})"
    )
    work.run(
        f"INSERT INTO registry_statusrecord ({columns})"
        f" SELECT r.id, r.status, r.status_from, {act} {new}"
    )


def carry_meters_along(work: Any) -> None:
    """Meters declared to the end of the term go on, or stop, with the term."""
    work.run(
        """UPDATE registry_sitemeter m SET valid_to = x.valid_to
        FROM (SELECT DISTINCT r.id, r.valid_to AS before, s.valid_to FROM planned s
            JOIN registry_registration r ON r.number = s.number
            WHERE s.verdict <> 'same' AND r.valid_to IS DISTINCT FROM s.valid_to) x
        JOIN registry_site site ON site.registration_id = x.id
        WHERE m.site_id = site.id AND m.valid_to = x.before"""
    )


def move_statuses(work: Any) -> None:
    """Each other status is a move that the competent body's act made."""
    wanted = dict(
        work.rows(
            """SELECT DISTINCT r.id, s.status FROM planned s
            JOIN registry_registration r ON r.number = s.number
            WHERE s.verdict <> 'same' AND r.status <> s.status"""
        )
    )
    if not wanted:
        return
    rows = Registration.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    by_verb: dict[str, list[Registration]] = {}
    for registration in rows:
        verb = move_between(registration.status, wanted[registration.pk])
        by_verb.setdefault(verb, []).append(registration)
    issuer = issuer_on(work.act_date or work.listed)
    act = Act(work.act_reference, work.act_date, work.listed, issuer)
    for verb, registrations in by_verb.items():
        record_acts(
            registrations=registrations, verb=verb, act=act, actor=work.actor,
            source_id=work.batch_id,
        )  # fmt: skip


def withdraw_meters(work: Any) -> None:
    """What a site no longer declares ends on the day before the list, or never began."""
    gone = (
        f"FROM {SITES} JOIN registry_sitemeter m ON m.site_id = site.id"
        " WHERE s.verdict = 'changed' AND s.difference ? 'meter_codes'"
        " AND m.code <> ALL (string_to_array(s.meter_codes, '|'))"
        " AND m.code = ANY (string_to_array(s.difference -> 'meter_codes' ->> 0, '|'))"
        f" AND (m.valid_to IS NULL OR m.valid_to >= %(day)s OR r.status IN ({ENDED_WORDS})"
        " OR m.valid_to = r.valid_to)"
    )
    work.run(
        f"DELETE FROM registry_sitemeter WHERE id IN (SELECT m.id {gone}"
        " AND m.valid_from >= %(listed)s)"
    )
    work.run(
        "UPDATE registry_sitemeter SET valid_to = %(listed)s::date - 1"
        f" WHERE id IN (SELECT m.id {gone})"
    )


def declare_meters(work: Any) -> None:
    """Meters that a site declares and did not before."""
    for first, last, share in slices(work):
        work.run(
            f"""INSERT INTO registry_sitemeter (site_id, code, valid_from, valid_to)
            SELECT d.site_id, d.code, d.begun,
                CASE WHEN d.ends < d.begun THEN d.begun ELSE d.ends END
            FROM (SELECT site.id AS site_id, unnest(string_to_array(s.meter_codes, '|')) AS code,
                {METER_FROM} AS begun, {METER_TO} AS ends,
                string_to_array(s.difference -> 'meter_codes' ->> 0, '|') AS before,
                s.verdict, s.difference
                FROM {SITES} WHERE s.row BETWEEN %(first)s AND %(last)s
                AND (s.verdict = 'new' OR s.difference ? 'meter_codes')) d
            WHERE d.before IS NULL OR d.code <> ALL (d.before)
            ORDER BY d.code""",
            first=first,
            last=last,
        )
        work.hear(share)


def forget_statuses(work: Any) -> None:
    """The statuses that a file brought go with it."""
    work.run("DELETE FROM registry_statusrecord WHERE source_id = %(batch)s")
