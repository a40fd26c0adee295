"""Who carries the mark "no restriction applies" on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from common.geo import cell, metres, neighbours
from common.identifiers import number_in
from registry.models import Operator, ProtectionDecision, Registration, Site, SiteMeter

NEAR_M = 500.0  # metres; a farm and its meter's coordinates seldom lie further apart


def marked(operator_ids: Iterable[int], on: date) -> set[int]:
    """Those with a registration in force on that day, whichever of their entries is meant.

    Without those whose mark a decision of named persons lifts on the day.
    """
    in_force = Registration.objects.in_force(on).filter(operator__in=set(operator_ids))
    lifted = ProtectionDecision.objects.lifting(on).filter(operator=OuterRef("operator"))
    bearers = in_force.exclude(Exists(lifted)).order_by()
    return set(bearers.values_list("operator_id", flat=True))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """By what a lead or a case may concern an operator; a name alone only suggests."""

    key: int
    meter: str = ""
    bin: str = ""
    lat: float | None = None
    lon: float | None = None


def concerned(subjects: Iterable[Whereabouts], on: date) -> dict[int, set[int]]:
    """The operators that each subject concerns by meter, number or place; three queries."""
    asked = list(subjects)
    by_number = dict(
        Operator.objects.filter(
            bin__in={n for one in asked if (n := number_in(one.bin))}
        ).values_list("bin", "pk")
    )
    by_meter = declaring({one.meter for one in asked if one.meter}, on)
    near = _near(asked)
    return {
        one.key: {row.operator_id for row in by_meter.get(one.meter, ())}
        | near.get(one.key, set())
        | {pk for number in [number_in(one.bin)] if number and (pk := by_number.get(number))}
        for one in asked
    }


@dataclass(frozen=True, slots=True)
class Declaring:
    """A site that declares a meter, and its operator."""

    site_id: int
    operator_id: int
    valid_from: date | None
    valid_to: date | None

    def holds(self, on: date) -> bool:
        return (self.valid_from or on) <= on <= (self.valid_to or on)


def declaring(codes: Iterable[str], on: date) -> dict[str, list[Declaring]]:
    """Who declares each meter on the day; who declared it last, when nobody does; one query.

    Codes are compared as they are printed on meters: whatever their case and spaces.
    """
    spelt = {code: {code, "".join(code.split()), "".join(code.split()).upper()} for code in codes}
    found: dict[str, list[Declaring]] = {}
    rows = SiteMeter.objects.filter(code__in=set().union(*spelt.values()) if spelt else ())
    rows = rows.exclude(valid_from__gt=on)
    for code, *row in rows.values_list(
        "code", "site_id", "site__registration__operator_id", "valid_from", "valid_to"
    ):
        found.setdefault(code, []).append(Declaring(*row))
    told = {code: [row for way in ways for row in found.get(way, ())]
            for code, ways in spelt.items()}  # fmt: skip
    return {code: _now_or_last(rows, on) for code, rows in told.items() if rows}


def _now_or_last(rows: list[Declaring], on: date) -> list[Declaring]:
    now = [row for row in rows if row.holds(on)]
    last = max(row.valid_to or on for row in rows)
    return now or [row for row in rows if (row.valid_to or on) == last]


def protected_among(subjects: Iterable[Whereabouts], on: date) -> set[int]:
    """Keys of the subjects that concern an operator with the mark; four queries."""
    return {key for key, pks in _bearers(subjects, on).items() if pks}


def protected_numbers(subjects: Iterable[Whereabouts], on: date) -> dict[int, frozenset[str]]:
    """The numbers of the operators with the mark that each subject concerns; five queries."""
    found = _bearers(subjects, on)
    wanted = {pk for pks in found.values() for pk in pks}
    numbers = dict(Operator.objects.filter(pk__in=wanted).values_list("pk", "bin"))
    return {key: frozenset(numbers[pk] for pk in pks) for key, pks in found.items()}


def _bearers(subjects: Iterable[Whereabouts], on: date) -> dict[int, set[int]]:
    found = concerned(subjects, on)
    protected = marked({pk for pks in found.values() for pk in pks}, on)
    return {key: pks & protected for key, pks in found.items()}


def _near(asked: list[Whereabouts]) -> dict[int, set[int]]:
    places = {one.key: (one.lat, one.lon) for one in asked
              if one.lat is not None and one.lon is not None}  # fmt: skip
    cells = {key: set(neighbours(cell(*place))) for key, place in places.items()}
    wanted = set().union(*cells.values()) if cells else set()
    rows = Site.objects.filter(cell__in=wanted)
    sites = list(rows.values_list("cell", "lat", "lon", "registration__operator_id"))
    return {
        key: {pk for c, lat, lon, pk in sites
              if c in cells[key] and metres(place, (lat, lon)) <= NEAR_M}
        for key, place in places.items()
    }  # fmt: skip
