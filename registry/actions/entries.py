"""Rows that an administrator enters or mends by hand, each with its event."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from common.clock import today
from journal.actions import record
from registry.models import Operator, Registration, Site, SiteMeter, StatusRecord

Entry = Operator | Registration | Site | SiteMeter


@transaction.atomic
def save_entry(*, entry: Entry, actor: Any, changed: Mapping[str, str]) -> None:
    """Save one row; a new registration begins as applied for, today.

    ``changed`` are the fields and their new values as text, for the event.
    """
    fresh = entry._state.adding
    if fresh and isinstance(entry, Registration):
        entry.status_from = today()
    entry.save()
    if fresh and isinstance(entry, Registration):
        StatusRecord.objects.create(registration=entry, status=entry.status, effective_from=today())
    name = entry._meta.model_name
    record(f"registry.{name}.{'add' if fresh else 'change'}", entry, actor=actor, facts=changed)


def record_reading(*, operator: Operator, actor: Any) -> None:
    """That personal data of the operator's people were shown, and to whom; not what they are."""
    record("registry.operator.read_personal", operator, actor=actor)
