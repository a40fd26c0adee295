"""Which value of a threshold holds on a day, and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from crosschecks.catalogue import Check
from crosschecks.models import Threshold

# The mission's first record; the seeded values hold from here until somebody sets others.
SEEDED_FROM = date(2020, 1, 1)
SEED_SOURCE = "code"


@dataclass(frozen=True)
class InForce:
    """A threshold on a day; ``verified`` is a person's word that the source says so."""

    name: str
    words: str
    value: float
    valid_from: date
    source: str
    verified: bool


def thresholds_in_force(checks: Iterable[Check], on: date) -> dict[str, list[InForce]]:
    """By check, in the order of the check's own list; one query for all of them."""
    rows: dict[tuple[str, str], Threshold] = {
        (row.check_slug, row.name): row for row in Threshold.objects.in_force(on)
    }
    return {
        check.slug: [
            _in_force(check, name, rows.get((check.slug, name))) for name in check.thresholds
        ]
        for check in checks
    }


def values_in_force(check: Check, on: date) -> dict[str, float]:
    """The arguments that the check runs with on the day."""
    return {row.name: row.value for row in thresholds_in_force([check], on)[check.slug]}


def _in_force(check: Check, name: str, row: Threshold | None) -> InForce:
    words = str(check.names.get(name, name))
    if row is None:
        value = check.thresholds[name]
        return InForce(name, words, value, SEEDED_FROM, told_source(SEED_SOURCE), verified=False)
    source = told_source(row.source)
    return InForce(name, words, row.value, row.valid_from, source, row.verified)


def told_source(source: str) -> str:
    """The source as it was entered; the seed's own word in the reader's language."""
    return str(_("Starting value in the check's code")) if source == SEED_SOURCE else source
