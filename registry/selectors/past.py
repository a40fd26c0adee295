"""Rows as they stood on a day, and who changed which field, from the database's own history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from common.clock import grid_day

DELETED = "delete"


@dataclass(frozen=True, slots=True)
class Past:
    """A row's columns as of a day's end.

    ``known`` is False when the day lies before the first record: then this is the first one,
    of ``since``, and what held on the day nobody has told the portal.
    """

    row: Any
    known: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row that was changed: when, by whom, from what to what."""

    at: datetime
    who: int | None
    subject: str
    field: str
    before: str
    after: str


def events_of(model: type[models.Model], ids: Iterable[int]) -> list[Any]:
    """Every recorded state of these rows, oldest first; one query."""
    history = model.pgh_event_model.objects  # type: ignore[attr-defined]  # by pghistory
    rows = history.filter(pgh_obj_id__in=list(ids)).select_related("pgh_context")
    return list(rows.order_by("pgh_created_at", "pgh_id"))


def as_stood(events: Iterable[Any], on: date) -> dict[int, Past]:
    """The last state of each row by the end of that grid day; deleted rows are left out."""
    _start, end = grid_day(on)
    found: dict[int, Past] = {}
    for event in events:
        by_then = event.pgh_created_at < end
        if by_then or event.pgh_obj_id not in found:
            found[event.pgh_obj_id] = Past(event, by_then, event.pgh_created_at)
    return {pk: past for pk, past in found.items() if past.row.pgh_label != DELETED}


def field_changes(
    model: type[models.Model], events: Iterable[Any], hidden: Sequence[str] = ()
) -> list[FieldChange]:
    """What each event changed against the one before it; first states change nothing."""
    fields = [f for f in model._meta.concrete_fields if f.name not in hidden and _told(f, model)]
    before: dict[int, Any] = {}
    changes: list[FieldChange] = []
    for event in events:
        old = before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event
        if old is not None:
            changes += [_change(old, event, f) for f in fields if _differs(old, event, f)]
    return changes


def _told(field: Any, model: type[models.Model]) -> bool:
    columns = {f.attname for f in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]  # by pghistory
    return field.attname in columns and not field.primary_key


def _differs(old: Any, new: Any, field: Any) -> bool:
    return bool(getattr(old, field.attname) != getattr(new, field.attname))


def _change(old: Any, new: Any, field: Any) -> FieldChange:
    context = new.pgh_context.metadata if new.pgh_context else {}
    return FieldChange(
        at=new.pgh_created_at,
        who=context.get("user"),
        subject=str(getattr(new, "name", "") or getattr(new, "number", "") or new.pgh_obj_id),
        field=str(field.verbose_name),
        before=_value(old, field),
        after=_value(new, field),
    )


def _value(row: Any, field: Any) -> str:
    value = getattr(row, field.attname)
    if value in (None, ""):
        return _("unknown")
    return str(dict(field.flatchoices).get(value, value))
