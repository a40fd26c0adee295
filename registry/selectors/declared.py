"""Which meter codes sites declare on a day, and under what right."""

from dataclasses import dataclass
from datetime import date

from registry.choices import Status
from registry.models import Registration, SiteMeter


@dataclass(frozen=True, slots=True)
class DeclaredMeter:
    """A declared meter code; ``declared_kw`` is its whole site's power in kW.

    ``in_force`` says whether the registration was active and within its term on the day.
    """

    meter: str
    site_id: int
    site_name: str
    operator_name: str
    operator_bin: str
    registration_number: str
    declared_kw: float
    in_force: bool
    kato: str


def declared_meters(on: date) -> dict[str, DeclaredMeter]:
    """Every meter code declared on that day; two queries whatever the size."""
    in_force = set(Registration.objects.in_force(on).values_list("pk", flat=True))
    rows = (
        SiteMeter.objects.on(on)
        .order_by()
        .values_list(
            "code",
            "site_id",
            "site__name",
            "site__registration__operator__name",
            "site__registration__operator__bin",
            "site__registration__number",
            "site__declared_kw",
            "site__kato",
            "site__registration_id",
        )
    )
    return {
        code: DeclaredMeter(
            code,
            site_id,
            site,
            operator,
            number_of,
            number,
            float(kw),
            registration in in_force,
            kato,
        )
        for code, site_id, site, operator, number_of, number, kw, kato, registration in rows
    }


def is_in_force(status: str | None, first: date | None, last: date | None, on: date) -> bool:
    """Active on the day and within its term, both ends included."""
    return status == Status.ACTIVE and (first or date.min) <= on <= (last or date.max)
