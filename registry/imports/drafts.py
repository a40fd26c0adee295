"""A row of the registrations file as a draft: one site of one registration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from common.names import split_legal_form
from common.rows import Problems, Row, Table
from registry.choices import ASKED_FOR, Kind, Status
from registry.imports.values import (
    BadValue,
    read_bin,
    read_choice,
    read_day,
    read_degrees,
    read_kato,
    read_kw,
    read_meters,
)

# The same box as the constraint on the site.
LATITUDES, LONGITUDES = (40.0, 56.0), (46.0, 88.0)
REQUIRED = ("number", "kind", "operator_bin", "operator_name", "kato", "declared_kw", "status")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one row says; power in kW, coordinates in degrees, both days of the term included."""

    row: int
    number: str
    kind: str
    bin: str
    bin_kind: str
    operator_name: str
    legal_form: str
    site_name: str
    site_address: str
    kato: str
    lat: float | None
    lon: float | None
    declared_kw: Decimal
    meter_codes: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    status: str


Reader = Callable[[str], Any]
READERS: dict[str, Reader] = {
    "kind": lambda text: read_choice(text, Kind.values),
    "status": lambda text: read_choice(text, Status.values),
    "operator_bin": read_bin,
    "kato": read_kato,
    "declared_kw": read_kw,
    "lat": lambda text: read_degrees(text, *LATITUDES),
    "lon": lambda text: read_degrees(text, *LONGITUDES),
    "meter_codes": read_meters,
    "valid_from": read_day,
    "valid_to": read_day,
}


def read_drafts(table: Table) -> list[Draft]:
    """Turn rows into drafts; every bad cell of every row is added to the table's problems."""
    drafts = []
    for row in table.rows:
        values = _values(row, table.problems)
        _check_together(row, values, table.problems)
        if not table.problems.in_row(row.number):
            drafts.append(_draft(row.number, values))
    return drafts


def _values(row: Row, problems: Problems) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.values)
    for name in REQUIRED:
        if not values.get(name):
            problems.add(row.number, name, "", "empty_cell")
    for name, read in READERS.items():
        text = row.values.get(name, "")
        if not text and name in REQUIRED:
            continue
        try:
            values[name] = read(text)
        except BadValue as bad:
            values[name] = None
            problems.add(row.number, name, text, bad.code, **bad.params)
    return values


def _check_together(row: Row, values: dict[str, Any], problems: Problems) -> None:
    """What only several cells of a row show together; silent about cells refused before."""
    first, last = values["valid_from"], values["valid_to"]
    if first and last and last < first:
        problems.add(row.number, "valid_to", row.values["valid_to"], "ends_before_it_begins")
    given = values.get("status")
    if given and given not in ASKED_FOR and not row.values.get("valid_from"):
        problems.add(row.number, "valid_from", "", "beginning_missing")
    if bool(row.values.get("lat")) != bool(row.values.get("lon")):
        problems.add(row.number, "lat", row.values.get("lat", ""), "half_a_place")


def _draft(number: int, values: dict[str, Any]) -> Draft:
    name = values["operator_name"]
    return Draft(
        row=number,
        number=values["number"],
        kind=values["kind"],
        bin=values["operator_bin"].value,
        bin_kind=values["operator_bin"].kind,
        operator_name=name,
        legal_form=values.get("legal_form") or split_legal_form(name)[1],
        site_name=values.get("site_name") or values.get("site_address", "")[:200] or name[:200],
        site_address=values.get("site_address", ""),
        kato=values["kato"],
        lat=values["lat"],
        lon=values["lon"],
        declared_kw=values["declared_kw"],
        meter_codes=values["meter_codes"],
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        status=values["status"],
    )
