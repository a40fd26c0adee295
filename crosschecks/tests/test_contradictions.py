"""Declared power against the meters of a registration: agrees, differs, unknown."""

from datetime import date
from decimal import Decimal

import pytest

from crosschecks.selectors.contradictions import contradictions_of
from crosschecks.tests.readings import put_readings
from registry.tests.factories import SiteFactory, SiteMeterFactory

DAY = date(2026, 11, 1)
pytestmark = pytest.mark.django_db


def registration(kw: float | None, declared: int = 1000) -> str:
    site = SiteFactory(declared_kw=Decimal(declared))
    SiteMeterFactory(site=site, code="M-1")
    put_readings(DAY, {"M-1" if kw else "M-2": [kw or 5.0] * 24})
    number: str = site.registration.number
    return number


def test_a_peak_within_the_tolerance_agrees() -> None:
    found = contradictions_of(registration(1100.0))
    assert found.metered is not None
    assert (found.verdict, found.declared_kw) == ("agrees", 1000)
    assert found.metered.kwh == pytest.approx(1100 * 24)
    assert found.excess == pytest.approx(0.1)
    assert (found.until, found.metered.meters) == (DAY, 1)


def test_a_peak_beyond_the_tolerance_differs() -> None:
    assert contradictions_of(registration(1200.0)).verdict == "differs"


def test_without_readings_nothing_is_known() -> None:
    found = contradictions_of(registration(None))
    assert (found.verdict, found.metered, found.declared_kw) == ("unknown", None, 1000)


def test_an_unknown_registration_is_unknown() -> None:
    assert contradictions_of("no such").verdict == "unknown"
