"""The writes of the journal: record an act, tell people, mark news as read."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from common import clock
from journal.models import Announcement, Delivery, Event
from journal.request import request_id
from journal.telling import Tell

LABEL_LENGTH = 300
EVENTS_AT_ONCE = 1000


@transaction.atomic
def record(  # noqa: PLR0913 - one door for all events; its keywords are its contract
    verb: str,
    subject: models.Model | None,
    *,
    actor: Any,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
    tells: Iterable[Tell] = (),
    happened_at: datetime | None = None,
) -> Event:
    """Appends one event and, in the same transaction, the news of it.

    ``verb`` is dotted ("registry.import.apply"); ``actor`` is a user, or None for the
    portal's own scheduled work. ``happened_at`` may lie before now; when it was recorded is
    the database's to say. Nobody is told of an own act.
    """
    event = _event(verb, subject, actor, reason, facts, happened_at)
    event.save(force_insert=True)
    _announce(event, [tell for tell in tells if tell.to != actor])
    return event


@transaction.atomic
def record_each(
    verb: str,
    subjects: Iterable[models.Model],
    *,
    actor: Any,
    reason: str = "",
    facts: Callable[[Any], Mapping[str, object]] = lambda _subject: {},
) -> int:
    """Appends one event for each of many subjects of the same act; returns how many.

    For acts that reach thousands at once; nobody is told of each.
    """
    moment = clock.now()
    events = [_event(verb, one, actor, reason, facts(one), moment) for one in subjects]
    Event.objects.bulk_create(events, batch_size=EVENTS_AT_ONCE)
    return len(events)


def _event(
    verb: str,
    subject: models.Model | None,
    actor: Any,
    reason: str,
    facts: Mapping[str, object] | None,
    happened_at: datetime | None,
) -> Event:
    return Event(
        happened_at=happened_at or clock.now(),
        actor=actor,
        actor_name=str(actor.get_full_name()) if actor else "",
        actor_body=getattr(actor, "body_names", {}) if actor else {},
        verb=verb,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject_label=str(subject)[:LABEL_LENGTH] if subject else "",
        reason=reason,
        facts=dict(facts or {}),
        request_id=request_id.get(),
    )


def _announce(event: Event, tells: list[Tell]) -> None:
    once = {(tell.to.pk, tell.kind): tell for tell in tells}.values()
    news = Announcement.objects.bulk_create(
        Announcement(
            event=event,
            recipient=tell.to,
            kind=tell.kind,
            url=tell.url,
            params=dict(tell.params),
            created_at=event.happened_at,
        )
        for tell in once
    )
    Delivery.objects.bulk_create(Delivery(announcement=one, channel="email") for one in news)


def mark_read(*, reader: Any, announcement_id: int | None = None) -> int:
    """Marks one line of the reader's inbox, or all of them, as read; returns how many were new."""
    unread = Announcement.objects.filter(recipient=reader, read_at__isnull=True)
    if announcement_id is not None:
        unread = unread.filter(pk=announcement_id)
    return unread.update(read_at=clock.now())
