"""A meter that no registration in force declares has a load like mining."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from crosschecks.catalogue import Hit, check, leave_out, watched
from crosschecks.choices import Severity
from grid.selectors import (
    ProfileRow,
    exempt_on,
    household_beginnings,
    profile_count,
    profiles_on,
)
from registry.selectors import DeclaredMeter, declared_meters

MINING_PATTERNS = ("flat", "night_block", "stepped")
LARGE_KW, MIDDLE_KW = 1000, 100
# The estimate of the mining part is good to about a tenth (grid.profiles, own benchmark).
ESTIMATE_SPREAD = 0.1


@check(
    "undeclared-mining-load",
    every="day",
    thresholds={"min_score": 0.5, "min_kw": 10, "min_coverage": 0.7},
    title=_("Mining-like load that nobody declared"),
    looks_for=_(
        "Meters whose load of the last 28 days looks like mining (flat day and night, a block of "
        "night hours, or in steps of whole devices) and that no registration in force declares. "
        "Households, loads below the threshold and meters with a documented exemption are left "
        "out."
    ),
    reason=_("The load of the last 28 days looks like mining: about %(est_kw).0f kW of it"),
    notes={
        "undeclared": _("No registration declares meter %(meter)s"),
        "expired": _(
            "Meter %(meter)s is declared by registration %(registration)s, which is not in force"
        ),
    },
    names={
        "min_score": _("score of the load profile, from (0 to 1)"),
        "min_kw": _("estimated mining load, from, kW"),
        "min_coverage": _("share of hours with readings, from"),
    },
)
def find_undeclared_mining_load(
    day: date, min_score: float, min_kw: float, min_coverage: float
) -> Iterator[Hit]:
    """Profiles of the 28 days up to ``day`` with a mining pattern and no declaration in force.

    A meter declared at a site in force is quiet, whatever its load (the other check compares
    it with the declared power). A meter of an expired registration is reported as such. Powers
    in kW; ``score`` and ``coverage`` 0 to 1. Households never reach an official; what a document
    exempts on the day is only counted.
    """
    declared, exempt = declared_meters(day), exempt_on(day)
    households = household_beginnings(day)
    for row in watched(profiles_on(day), profile_count(day)):
        claim = declared.get(row.code)
        if claim is not None and claim.in_force:
            continue
        if _is_household(row, households) or row.coverage < min_coverage:
            continue
        if row.pattern in MINING_PATTERNS and row.score >= min_score and row.est_kw >= min_kw:
            if exempt.covers(row.code, row.tariff_group, row.activity, row.kato):
                leave_out()
            else:
                yield _hit(row, claim)


def _is_household(row: ProfileRow, beginnings: tuple[str, ...]) -> bool:
    return row.tariff_group.strip().lower().startswith(beginnings)


def _hit(row: ProfileRow, claim: DeclaredMeter | None) -> Hit:
    return Hit(
        subject=f"meter:{row.code}",
        label=row.code,
        severity=_severity(row.est_kw),
        facts=_facts(row, claim),
        notes=["undeclared" if claim is None else "expired"],
        indicators=row.reasons,
        meters=[row.code],
        feeds=[row.supplier],
        registration=claim.registration_number if claim else "",
        party_name=row.customer_name or (claim.operator_name if claim else ""),
        party_bin=row.customer_bin or (claim.operator_bin if claim else ""),
        place=claim.site_name if claim else row.feeder,
        kato=row.kato or (claim.kato if claim else ""),
        lat=row.lat,
        lon=row.lon,
        declared_kw=0.0,
        est_kw_low=row.est_kw * (1 - ESTIMATE_SPREAD),
        est_kw_high=row.est_kw * (1 + ESTIMATE_SPREAD),
        confidence=row.score,
    )


def _facts(row: ProfileRow, claim: DeclaredMeter | None) -> dict[str, Any]:
    return {
        "meter": row.code,
        "est_kw": row.est_kw,
        "score": row.score,
        "pattern": row.pattern,
        "coverage": row.coverage,
        "peak_kw": row.peak_kw,
        "registration": claim.registration_number if claim else "",
    }


def _severity(kw: float) -> Severity:
    if kw >= LARGE_KW:
        return Severity.HIGH
    return Severity.MEDIUM if kw >= MIDDLE_KW else Severity.LOW
