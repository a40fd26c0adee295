"""Official lists: whether a number stood on them and since when, and how two of them differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.models import ListedEntry, OfficialList, Registration

COMPARED = ("operator_bin", "operator_name", "valid_from", "valid_to", "remark")


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a number stands on the lists of its kind.

    ``latest`` is None when no list is known. ``since`` is the day of the first list of the
    present run of presence or absence; None when it stood on no list at all.
    """

    number: str
    latest: OfficialList | None
    present: bool
    since: date | None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that two lists tell differently; pairs of (field, before, after)."""

    number: str
    name: str
    fields: list[tuple[str, Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, vanished and changed from one list to a later one."""

    came: list[ListedEntry]
    vanished: list[ListedEntry]
    changed: list[ChangedLine]


def listed_on(registrations: Iterable[Registration], on: date) -> list[Listed]:
    """For each entry, what the lists up to that day say; two queries."""
    entries = list(registrations)
    lists = list(OfficialList.objects.filter(day__lte=on).order_by("day"))
    lines = ListedEntry.objects.filter(
        official_list__day__lte=on, number__in=[one.number for one in entries]
    )
    where = set(lines.values_list("official_list_id", "number"))
    return [_listed(one, [s for s in lists if s.kind == one.kind], where) for one in entries]


def _listed(
    registration: Registration, lists: list[OfficialList], where: set[tuple[int, str]]
) -> Listed:
    number = registration.number
    there = [(one.pk, number) in where for one in lists]
    if not lists:
        return Listed(number, None, present=False, since=None)
    since: date | None = None
    for one, present in zip(reversed(lists), reversed(there), strict=True):
        if present != there[-1]:
            break
        since = one.day
    return Listed(number, lists[-1], there[-1], since if any(there) else None)


def previous(one: OfficialList) -> OfficialList | None:
    """The last list of the same kind before this one."""
    before = OfficialList.objects.filter(kind=one.kind, day__lt=one.day)
    return before.order_by("-day").first()


def difference(earlier: OfficialList, later: OfficialList) -> Difference:
    """Line by line, by number."""
    old = {line.number: line for line in earlier.entries.all()}
    new = {line.number: line for line in later.entries.all()}
    both = [(old[number], new[number]) for number in sorted(old.keys() & new.keys())]
    changed = [_changed(one, other) for one, other in both]
    return Difference(
        came=[new[number] for number in sorted(new.keys() - old.keys())],
        vanished=[old[number] for number in sorted(old.keys() - new.keys())],
        changed=[line for line in changed if line.fields],
    )


def _changed(one: ListedEntry, other: ListedEntry) -> ChangedLine:
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in COMPARED]
    label = ListedEntry._meta.get_field
    fields = [(str(label(n).verbose_name), a, b) for n, a, b in pairs if a != b]  # type: ignore[union-attr]  # a plain field
    return ChangedLine(other.number, other.operator_name, fields)
