"""How a supplier's files are read changes what they mean: two persons change it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from grid.actions.reading import PROFILE
from grid.models import Supplier
from journal.actions import record

PROFILE_FIELDS = (*PROFILE, "days_allowed")


@transaction.atomic
def write_profile(row: Supplier, values: Mapping[str, Any], actor: Any) -> Supplier:
    """Set fields of a supplier as two persons agreed; batches that came before keep theirs.

    Raises ValidationError where the supplier's own rules refuse the values.
    """
    new = row.pk is None
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    verb = "grid.supplier.register" if new else "grid.supplier.change"
    record(verb, row, actor=actor, facts={name: str(value) for name, value in values.items()})
    return row
