"""A site that draws more than it declared is found; the tolerance and the hour count."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crosschecks.catalogue import Hit
from crosschecks.checks.load_above_declared import find_load_above_declared
from crosschecks.choices import Severity
from crosschecks.tests.factories import MeterFactory
from crosschecks.tests.readings import put_readings
from registry.choices import Status
from registry.tests.factories import RegistrationFactory, SiteFactory, SiteMeterFactory

DAY = date(2026, 11, 1)
pytestmark = pytest.mark.django_db


def found(tolerance: float = 1.15) -> list[Hit]:
    return list(find_load_above_declared(DAY, tolerance))


def site_with(curves: Mapping[str, Sequence[float]], declared: float = 1000, **site: Any) -> Any:
    """A site in force that declares ``declared`` kW on these meters, with their hourly kW."""
    place = SiteFactory(declared_kw=Decimal(declared), **site)
    for code in curves:
        SiteMeterFactory(site=place, code=code)
    put_readings(DAY, curves)
    return place


def test_a_peak_beyond_the_tolerance_is_a_hit() -> None:
    site = site_with({"M-1": [900] * 12 + [1200] * 12})
    (hit,) = found()
    assert hit.facts["peak_kw"] == pytest.approx(1200)
    assert hit.facts["declared_kw"] == 1000
    assert (hit.est_kw_low, hit.est_kw_high) == pytest.approx((200, 200))
    assert hit.registration == site.registration.number
    assert hit.severity == Severity.LOW


def test_a_peak_within_the_tolerance_is_quiet() -> None:
    site_with({"M-1": [1140] * 24})
    assert found() == []


def test_meters_that_peak_in_different_hours_are_quiet() -> None:
    day, night = [1000.0] * 12 + [50.0] * 12, [50.0] * 12 + [1000.0] * 12
    site_with({"M-1": day, "M-2": night})
    assert found() == []


def test_meters_that_peak_together_are_one_hit() -> None:
    site_with({"M-1": [700] * 24, "M-2": [800] * 24})
    (hit,) = found()
    assert hit.facts["peak_kw"] == pytest.approx(1500)
    assert list(hit.meters) == ["M-1", "M-2"]


def test_a_registration_that_is_not_in_force_is_quiet_here() -> None:
    expired = RegistrationFactory(active=True, status=Status.EXPIRED, valid_to=date(2026, 3, 1))
    site_with({"M-1": [5000] * 24}, registration=expired)
    assert found() == []


def test_a_site_without_readings_is_quiet() -> None:
    SiteMeterFactory(code="M-1")
    assert found() == []


def test_the_dated_tolerance_decides() -> None:
    site_with({"M-1": [1400] * 24})
    assert len(found(1.3)) == 1
    assert found(1.5) == []


def test_many_sites_cost_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    codes = [f"M-{n}" for n in range(30)]
    for code in codes:
        SiteMeterFactory(code=code, site=SiteFactory(declared_kw=Decimal(1000)))
    put_readings(DAY, {code: [900.0] * 24 for code in codes})
    assert MeterFactory._meta.model.objects.count() == 30
    with django_assert_max_num_queries(6):
        assert found() == []
