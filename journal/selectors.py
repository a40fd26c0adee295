"""Reads of the journal, as plain rows; nobody above touches its tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import get_language

from journal.chain import broken_links
from journal.models import Announcement, Event
from journal.words import news_words, verb_words

CHAIN_FIELDS = [
    "id", "recorded_at", "happened_at", "actor_id", "actor_name", "actor_body_text", "verb",
    "subject_type", "subject_id", "subject_label", "reason", "facts_text", "request_id",
    "previous", "hash",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a history, worded for the reader."""

    id: int
    at: datetime
    recorded_at: datetime
    actor_id: int | None
    actor_label: str
    agency_label: str
    verb: str
    words: str
    subject_type: str
    subject_id: str
    subject_label: str
    reason: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """One line of the inbox."""

    id: int
    at: datetime
    words: str
    url: str
    read: bool


def event_view(event: Event) -> EventView:
    """The event in the reader's language."""
    return EventView(
        id=event.pk,
        at=event.happened_at,
        recorded_at=event.recorded_at,
        actor_id=event.actor_id,
        actor_label=event.actor_name,
        agency_label=event.actor_body.get(get_language() or "", ""),
        verb=event.verb,
        words=verb_words(event.verb),
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        subject_label=event.subject_label,
        reason=event.reason,
        facts=event.facts,
    )


def history_of(subject: models.Model, limit: int = 200) -> list[EventView]:
    """What happened to one object, newest first."""
    events = Event.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
    return [event_view(event) for event in events.order_by("-happened_at", "-id")[:limit]]


def inbox(reader: Any, limit: int = 100) -> list[News]:
    """The reader's news, newest first."""
    rows = Announcement.objects.filter(recipient=reader).order_by("-created_at", "-id")[:limit]
    return [
        News(row.pk, row.created_at, news_words(row.kind, row.params), row.url, bool(row.read_at))
        for row in rows
    ]


def unread_count(reader: Any) -> int:
    """How many lines of the inbox are unread, counted no further than 100."""
    unread = Announcement.objects.filter(recipient=reader, read_at__isnull=True)
    return unread[:100].count()


def check_chain() -> tuple[int, list[dict[str, object]]]:
    """Reckons every link of the chain anew; see ``journal.chain.broken_links``."""
    return broken_links(_links())


def _links() -> Iterator[Any]:
    rows = (
        Event.objects.order_by("id")
        .annotate(
            facts_text=Cast("facts", models.TextField()),
            actor_body_text=Cast("actor_body", models.TextField()),
        )
        .values(*CHAIN_FIELDS)
    )
    for row in rows.iterator(chunk_size=5000):
        yield SimpleNamespace(**row)
