"""Compares the drafts of a file with the registry: new, same, changed, refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from common.rows import Problems
from registry.choices import ENDED
from registry.imports.drafts import Draft
from registry.imports.plans import Difference, Step
from registry.models import Operator, Registration, Site, SiteMeter
from registry.workflow import REGISTRATIONS

CHUNK = 5000
SITE_FIELDS = {
    "site_address": "address",
    "kato": "kato",
    "lat": "lat",
    "lon": "lon",
    "declared_kw": "declared_kw",
}
OPERATOR_FIELDS = {"operator_name": "name", "legal_form": "legal_form"}
REGISTRATION_FIELDS = {
    "kind": "kind",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "status": "status",
}


@dataclass(slots=True)
class Known:
    """What the registry holds of the numbers, parties, places and meters that a file names."""

    operators: dict[str, Operator] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    sites: dict[tuple[str, str], Site] = field(default_factory=dict)
    open_meters: dict[int, dict[str, SiteMeter]] = field(default_factory=dict)
    holders: dict[str, list[SiteMeter]] = field(default_factory=dict)

    def site(self, draft: Draft) -> Site | None:
        return self.sites.get((draft.number, draft.site_name))

    def codes(self, site: Site | None) -> set[str]:
        """Meter codes that a site declares now."""
        return set(self.open_meters.get(site.pk, ())) if site else set()


def known_for(drafts: Sequence[Draft], day: date) -> Known:
    """Load everything that the drafts may touch, in a few queries for each 5,000 of them."""
    known = Known()
    for operator in _in_chunks(Operator, "bin", {d.bin for d in drafts}):
        known.operators[operator.bin] = operator
    numbers = {d.number for d in drafts}
    for registration in _in_chunks(Registration, "number", numbers, "operator"):
        known.registrations[registration.number] = registration
    for site in _in_chunks(Site, "registration__number", numbers, "registration"):
        known.sites[site.registration.number, site.name] = site
    _load_meters(known, drafts, day)
    return known


def _load_meters(known: Known, drafts: Sequence[Draft], day: date) -> None:
    codes = {code for draft in drafts for code in draft.meter_codes}
    for meter in _in_chunks(SiteMeter, "code", codes, "site__registration"):
        known.holders.setdefault(meter.code, []).append(meter)
    ids = {site.pk for site in known.sites.values()}
    for meter in _in_chunks(SiteMeter, "site_id", ids, "site__registration"):
        if _is_current(meter, day):
            known.open_meters.setdefault(meter.site_id, {})[meter.code] = meter


def _is_current(meter: SiteMeter, day: date) -> bool:
    """Not ended before the day, or ended together with its registration."""
    registration = meter.site.registration
    over = meter.valid_to is not None and meter.valid_to < day
    with_its_term = registration.status in ENDED or meter.valid_to == registration.valid_to
    return not over or with_its_term


def _in_chunks(model: Any, name: str, values: Iterable[Any], *related: str) -> Iterator[Any]:
    rest = iter(sorted(values))
    while chunk := list(islice(rest, CHUNK)):
        rows = model._default_manager.filter(**{f"{name}__in": chunk})
        yield from rows.select_related(*related) if related else rows


def compare(drafts: Sequence[Draft], known: Known, problems: Problems, act: str) -> list[Step]:
    """Return a step for each draft that the registry accepts; the others become problems.

    ``act`` is the competent body's act behind the file; without it no status changes.
    """
    steps = []
    for draft in drafts:
        _check_registration(draft, known, problems, act)
        _check_meters(draft, known, problems)
        if not problems.in_row(draft.row):
            steps.append(_step(draft, known))
    return steps


def _check_registration(draft: Draft, known: Known, problems: Problems, act: str) -> None:
    present = known.registrations.get(draft.number)
    if present is None:
        return
    if present.operator.bin != draft.bin:
        problems.add(draft.row, "operator_bin", draft.bin, "other_operator", number=draft.number)
    if present.status == draft.status:
        return
    told = {"before": present.status, "after": draft.status}
    if move_between(present.status, draft.status) is None:
        problems.add(draft.row, "status", draft.status, "no_such_move", **told)
    elif not act:
        problems.add(draft.row, "status", draft.status, "status_needs_act", **told)


def _check_meters(draft: Draft, known: Known, problems: Problems) -> None:
    own = known.site(draft)
    for code in draft.meter_codes:
        for holder in known.holders.get(code, ()):
            if holder.site_id != (own.pk if own else None) and _overlaps(draft, holder):
                number = holder.site.registration.number
                problems.add(draft.row, "meter_codes", code, "meter_taken", number=number)


def _overlaps(draft: Draft, meter: SiteMeter) -> bool:
    ends_before = meter.valid_to and draft.valid_from and meter.valid_to < draft.valid_from
    begins_after = meter.valid_from and draft.valid_to and meter.valid_from > draft.valid_to
    return not ends_before and not begins_after


def move_between(before: str, after: str) -> str | None:
    """The move of the workflow that leads from one status to another."""
    for verb, move in REGISTRATIONS.moves.items():
        if move.target == after and move.starts_from(before):
            return verb
    return None


def _step(draft: Draft, known: Known) -> Step:
    site = known.site(draft)
    if site is None:
        return Step(draft, "new")
    registration = known.registrations[draft.number]
    difference = {
        **_differs(draft, registration.operator, OPERATOR_FIELDS),
        **_differs(draft, registration, REGISTRATION_FIELDS),
        **_differs(draft, site, SITE_FIELDS),
    }
    codes = known.codes(site)
    if codes != set(draft.meter_codes):
        difference["meter_codes"] = ("|".join(sorted(codes)), "|".join(draft.meter_codes))
    return Step(draft, "changed" if difference else "same", difference)


def _differs(draft: Draft, present: Any, fields: dict[str, str]) -> Difference:
    found: Difference = {}
    for column, name in fields.items():
        before, after = getattr(present, name), getattr(draft, column)
        if before != after:
            found[column] = (_told(before), _told(after))
    return found


def _told(value: object) -> str:
    return "" if value is None else str(value)
