"""Rows that two persons enter or mend by hand, each with its event."""

from typing import Any

from django.db import models, transaction

from changes.guarded import Values, save_row
from common.clock import today
from journal.actions import record
from registry.models import Operator, Registration, StatusRecord


@transaction.atomic
def write_entry(row: models.Model, values: Values, actor: Any) -> models.Model:
    """Writes what two persons agreed on; a new registration begins as applied for, today.

    ValidationError when the row's own rules refuse the values.
    """
    fresh = row.pk is None
    if fresh and isinstance(row, Registration):
        row.status_from = today()
    written = save_row(row, values, actor)
    if fresh and isinstance(written, Registration):
        first = {"status": written.status, "effective_from": today()}
        StatusRecord.objects.create(registration=written, **first)
    verb = f"registry.{row._meta.model_name}.{'add' if fresh else 'change'}"
    record(verb, written, actor=actor, facts={name: str(told) for name, told in values.items()})
    return written


def record_reading(*, operator: Operator, actor: Any) -> None:
    """That personal data of the operator's people were shown, and to whom; not what they are."""
    record("registry.operator.read_personal", operator, actor=actor)
