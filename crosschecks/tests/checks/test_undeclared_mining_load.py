"""A mining-like load that nobody declared is found; everything else stays quiet."""

from datetime import date, timedelta
from typing import Any

import pytest

from crosschecks.catalogue import CHECKS, Hit, counting_left_out
from crosschecks.checks.undeclared_mining_load import find_undeclared_mining_load
from crosschecks.choices import Severity
from crosschecks.tests.factories import ProfileFactory
from grid.models import Exemption, HouseholdTariff
from grid.tests.factories import ExemptionFactory
from registry.choices import Status
from registry.tests.factories import RegistrationFactory, SiteFactory, SiteMeterFactory

DAY = date(2026, 11, 1)
pytestmark = pytest.mark.django_db


def found(**changes: float) -> list[Hit]:
    values = {**CHECKS.get("undeclared-mining-load").thresholds, **changes}
    return list(find_undeclared_mining_load(DAY, **values))


def mining(**more: Any) -> Any:
    """A meter whose profile of the day looks like mining, 400 kW of it."""
    return ProfileFactory(until=DAY, **more).meter


@pytest.mark.parametrize("pattern", ["flat", "night_block", "stepped"])
def test_a_mining_pattern_that_nobody_declared_is_a_hit(pattern: str) -> None:
    meter = mining(pattern=pattern)
    (hit,) = found()
    assert hit.subject == f"meter:{meter.code}"
    assert list(hit.notes) == ["undeclared"]
    assert (hit.est_kw_low, hit.est_kw_high) == pytest.approx((360, 440))
    assert list(hit.feeds) == [meter.supplier.code]
    assert hit.severity == Severity.MEDIUM


def test_a_meter_of_an_expired_registration_is_a_hit_that_says_so() -> None:
    meter = mining()
    expired = RegistrationFactory(active=True, status=Status.EXPIRED, valid_to=date(2026, 3, 1))
    SiteMeterFactory(site=SiteFactory(registration=expired), code=meter.code)
    (hit,) = found()
    assert list(hit.notes) == ["expired"]
    assert hit.registration == expired.number


def test_a_meter_declared_in_force_is_quiet() -> None:
    SiteMeterFactory(code=mining().code)
    assert found() == []


@pytest.mark.parametrize("group", ["household", "Население", "тұрғын үй", "Бытовые потребители"])
def test_a_household_is_quiet(group: str) -> None:
    mining(meter__tariff_group=group)
    assert found() == []


def test_which_tariff_groups_are_households_is_a_dated_row() -> None:
    mining(meter__tariff_group="Население, город")
    assert found() == []
    HouseholdTariff.objects.filter(beginning="население").update(valid_to=DAY - timedelta(days=1))
    assert len(found()) == 1


@pytest.mark.parametrize(
    "profile",
    [{"pattern": "none"}, {"score": 0.3}, {"est_kw": 4.0}, {"coverage": 0.4}],
    ids=["no pattern", "low score", "below the power threshold", "too few hours"],
)
def test_an_ordinary_profile_is_quiet(profile: dict[str, Any]) -> None:
    mining(**profile)
    assert found() == []


def test_a_documented_look_alike_is_quiet_inside_its_term_and_counted() -> None:
    exempt = ExemptionFactory(
        meter=mining(), valid_from=DAY - timedelta(days=9), valid_to=DAY - timedelta(days=1)
    )
    assert len(found()) == 1
    Exemption.objects.filter(pk=exempt.pk).update(valid_to=DAY)
    with counting_left_out() as left:
        assert found() == []
    assert left.count == 1


def test_a_whole_peer_group_is_quiet_and_no_other() -> None:
    other = mining(meter__activity="63.11.2", meter__kato="351010000")
    mining(meter__activity="63.11.1", meter__kato="351010000")
    ExemptionFactory(
        meter=None, tariff_group="Прочие", activity="63.11.1", region="35", valid_from=DAY,
        valid_to=DAY + timedelta(days=300),
    )  # fmt: skip
    assert [hit.label for hit in found()] == [other.code]


def test_another_day_is_quiet() -> None:
    ProfileFactory(until=date(2026, 10, 1))
    assert found() == []


def test_the_dated_threshold_decides() -> None:
    mining(est_kw=400)
    assert len(found(min_kw=400)) == 1
    assert found(min_kw=401) == []


def test_many_meters_cost_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    for _n in range(20):
        SiteMeterFactory(code=mining().code)
        mining()
    with django_assert_max_num_queries(6):
        assert len(found()) == 20
