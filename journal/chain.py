"""The hash chain: the trigger that forges each link and the reckoning that checks it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

import pgtrigger

GENESIS = "0" * 64
LOCK = 7_301_001  # any number of our own; events are chained one transaction at a time

# The fields of a link in their order; `link_text` below must say the same in Python.
_TEXT = """concat_ws(chr(31),
    NEW.id::text,
    to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(NEW.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    coalesce(NEW.actor_id::text, ''), NEW.actor_name, NEW.actor_body::text,
    NEW.verb, NEW.subject_type, NEW.subject_id, NEW.subject_label,
    NEW.reason, NEW.facts::text, NEW.request_id, NEW.previous)"""

CHAIN_TRIGGER = pgtrigger.Trigger(
    name="chain_events",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("last", "RECORD")],
    func=f"""
        PERFORM pg_advisory_xact_lock({LOCK});
        SELECT id, hash INTO last FROM journal_event ORDER BY id DESC LIMIT 1;
        NEW.id := coalesce(last.id, 0) + 1;
        NEW.recorded_at := clock_timestamp();
        NEW.previous := coalesce(last.hash, '{GENESIS}');
        NEW.hash := encode(sha256(convert_to({_TEXT}, 'UTF8')), 'hex');
        RETURN NEW;
    """,  # noqa: S608 - made of constants of this module
)

KEEP_TABLE_TRIGGER = pgtrigger.Trigger(
    name="keep_table",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'pgtrigger: the journal is never emptied';",
)


class Link(Protocol):
    """An event as the reckoning needs it; the two JSON fields as PostgreSQL's own text."""

    id: int
    recorded_at: datetime
    happened_at: datetime
    actor_id: int | None
    actor_name: str
    actor_body_text: str
    verb: str
    subject_type: str
    subject_id: str
    subject_label: str
    reason: str
    facts_text: str
    request_id: str
    previous: str
    hash: str


def link_text(link: Link) -> str:
    """The exact text that a link's hash is taken of."""
    return "\x1f".join(
        [
            str(link.id),
            _stamp(link.recorded_at),
            _stamp(link.happened_at),
            str(link.actor_id or ""),
            link.actor_name,
            link.actor_body_text,
            link.verb,
            link.subject_type,
            link.subject_id,
            link.subject_label,
            link.reason,
            link.facts_text,
            link.request_id,
            link.previous,
        ]
    )


def broken_links(links: Iterable[Link]) -> tuple[int, list[dict[str, object]]]:
    """Walks events in the order of their ids; returns how many there are and what is wrong.

    Each fault is ``{"event": id, "fault": "missing" | "order" | "content"}``.
    """
    count, last_id, last_hash = 0, 0, GENESIS
    broken: list[dict[str, object]] = []
    for link in links:
        count += 1
        if link.id != last_id + 1:
            broken.append({"event": last_id + 1, "fault": "missing"})
        elif link.previous != last_hash:
            broken.append({"event": link.id, "fault": "order"})
        if sha256(link_text(link).encode()).hexdigest() != link.hash:
            broken.append({"event": link.id, "fault": "content"})
        last_id, last_hash = link.id, link.hash
    return count, broken


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
