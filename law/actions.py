"""The writes of the law: a row changes after two persons agreed."""

from typing import Any

from django.db import models, transaction

from changes.guarded import Values, save_row
from journal.actions import record
from law.policies import VOUCHED
from law.working_days import forget


@transaction.atomic
def write_row(row: models.Model, values: Values, actor: Any) -> models.Model:
    """Writes approved values of a row of the law.

    A verified row whose content changes is unverified until it is vouched for anew.
    """
    fresh = row.pk is None
    settled = dict(values)
    if VOUCHED not in settled:
        settled[VOUCHED] = False
    written = save_row(row, settled, actor)
    facts = {name: str(value) for name, value in settled.items()}
    record(f"law.row.{'add' if fresh else 'change'}", written, actor=actor, facts=facts)
    forget()
    return written
