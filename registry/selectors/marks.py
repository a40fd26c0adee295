"""Who carries the mark "no restriction applies" on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.geo import cell, metres, neighbours
from common.identifiers import number_in
from registry.models import Operator, Registration, Site
from registry.querysets import dated

NEAR_M = 500.0  # metres; a farm and its meter's coordinates seldom lie further apart


def marked(operator_ids: Iterable[int], on: date) -> set[int]:
    """Those with a registration in force on that day, whichever of their entries is meant."""
    in_force = Registration.objects.in_force(on).filter(operator__in=set(operator_ids))
    return set(in_force.order_by().values_list("operator_id", flat=True))


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
    by_meter: dict[str, set[int]] = {}
    meters = {one.meter for one in asked if one.meter}
    declaring = Site.objects.filter(dated(on, "meters__"), meters__code__in=meters)
    for code, pk in declaring.values_list("meters__code", "registration__operator_id"):
        by_meter.setdefault(code, set()).add(pk)
    near = _near(asked)
    return {
        one.key: by_meter.get(one.meter, set())
        | near.get(one.key, set())
        | {pk for number in [number_in(one.bin)] if number and (pk := by_number.get(number))}
        for one in asked
    }


def protected_among(subjects: Iterable[Whereabouts], on: date) -> set[int]:
    """Keys of the subjects that concern an operator with the mark; four queries."""
    found = concerned(subjects, on)
    protected = marked({pk for pks in found.values() for pk in pks}, on)
    return {key for key, pks in found.items() if pks & protected}


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
