"""Rows of one file against each other: repeated sites, contradictions, meters claimed twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from common.names import fold, strip_legal_form
from common.rows import Problems
from registry.imports.drafts import Draft

OF_THE_REGISTRATION = (
    ("kind", "kind"),
    ("operator_bin", "bin"),
    ("valid_from", "valid_from"),
    ("valid_to", "valid_to"),
    ("status", "status"),
)


def consistent(drafts: Sequence[Draft], problems: Problems) -> list[Draft]:
    """Return the drafts that contradict no other row; both sides of a contradiction are refused.

    Which of two rows is right only a person knows, so neither is taken.
    """
    by_number: dict[str, list[Draft]] = defaultdict(list)
    by_bin: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_number[draft.number].append(draft)
        by_bin[draft.bin].append(draft)
    for group in by_number.values():
        _one_registration(group, problems)
    for group in by_bin.values():
        _one_operator(group, problems)
    _one_site_per_meter(drafts, problems)
    return [draft for draft in drafts if not problems.in_row(draft.row)]


def _one_registration(group: list[Draft], problems: Problems) -> None:
    first = group[0]
    sites = {first.site_name: first}
    for other in group[1:]:
        for column, name in OF_THE_REGISTRATION:
            if getattr(other, name) != getattr(first, name):
                _both(first, other, column, name, "contradicts_row", problems)
        if other.site_name in sites:
            twin = sites[other.site_name]
            problems.add(other.row, "number", other.number, "repeated_row", other=twin.row)
            problems.add(twin.row, "number", twin.number, "repeated_row", other=other.row)
        sites.setdefault(other.site_name, other)


def _one_operator(group: list[Draft], problems: Problems) -> None:
    first = group[0]
    for other in group[1:]:
        if other.operator_name != first.operator_name and _bare(other) != _bare(first):
            _both(first, other, "operator_name", "operator_name", "other_name", problems)


def _both(one: Draft, other: Draft, column: str, name: str, code: str, problems: Problems) -> None:
    for here, there in ((one, other), (other, one)):
        value = getattr(here, name)
        problems.add(here.row, column, "" if value is None else str(value), code, other=there.row)


def _bare(draft: Draft) -> str:
    return fold(strip_legal_form(draft.operator_name))


def _one_site_per_meter(drafts: Iterable[Draft], problems: Problems) -> None:
    holders: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for code in draft.meter_codes:
            for holder in holders[code]:
                if overlap(draft, holder):
                    problems.add(draft.row, "meter_codes", code, "meter_of_row", other=holder.row)
                    problems.add(holder.row, "meter_codes", code, "meter_of_row", other=draft.row)
            holders[code].append(draft)


def overlap(one: Draft, other: Draft) -> bool:
    """Whether two terms share a day; None is an open end."""
    return _begins(one) <= _ends(other) and _begins(other) <= _ends(one)


def _begins(draft: Draft) -> date:
    return draft.valid_from or date.min


def _ends(draft: Draft) -> date:
    return draft.valid_to or date.max
