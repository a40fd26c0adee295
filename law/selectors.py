"""Which legal term is in force on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from law.models import Term


@dataclass(frozen=True, slots=True)
class TermInForce:
    """A term as it stands on one day, in working days, with its source."""

    code: str
    name: str
    days: int
    source: str
    verified: bool


def term(code: str, on: date) -> TermInForce:
    """The term of this code in force on the day; LookupError if there is none."""
    row = (
        Term.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), code=code)
        .filter(valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise LookupError(f"no term {code!r} in force on {on}")
    return TermInForce(row.code, row.name, row.working_days, row.source, row.verified)
