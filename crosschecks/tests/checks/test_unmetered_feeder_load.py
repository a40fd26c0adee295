"""A feeder that loses more than its norm is found; missing readings and small losses are quiet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crosschecks.catalogue import Hit
from crosschecks.checks.unmetered_feeder_load import find_unmetered_feeder_load
from crosschecks.choices import Severity
from crosschecks.tests.factories import SupplierFactory
from grid.models import Feeder, FeederBalance, LossNorm

DAY = date(2026, 10, 20)
HOURS = 30 * 24
pytestmark = pytest.mark.django_db


def found(day: date = DAY, assumed_norm: float = 0.08, min_kw: float = 10) -> list[Hit]:
    return list(find_unmetered_feeder_load(day, assumed_norm, min_kw, 0.98))


def feeder_with(
    lost_kw: float, percent: float | None = 5, *, verified: bool = False, **balance: Any
) -> Feeder:
    """A feeder of 1,000 kW on the mean of September that loses so many kW."""
    feeder, _new = Feeder.objects.get_or_create(
        supplier=SupplierFactory(), code=balance.pop("code", "F-1")
    )
    norm = None
    if percent is not None:
        norm = LossNorm.objects.create(
            feeder=feeder, valid_from=date(2026, 1, 1), percent=Decimal(percent), source="order",
            verified=verified,
        )  # fmt: skip
    figures: dict[str, Any] = {
        "period": "2026-09", "last_day": date(2026, 9, 30), "entered_kwh": 1000 * HOURS,
        "metered_kwh": (1000 - lost_kw) * HOURS, "meters": 40, "coverage": 1.0,
    }  # fmt: skip
    FeederBalance.objects.create(feeder=feeder, norm=norm, **(figures | balance))
    return feeder


def test_a_loss_beyond_the_norm_is_a_hit() -> None:
    feeder_with(250)
    (hit,) = found()
    assert hit.subject == "feeder:north/F-1"
    assert (hit.est_kw_low, hit.est_kw_high) == pytest.approx((200, 250))
    assert hit.facts["lost_percent"] == pytest.approx(25)
    assert (hit.severity, hit.feeds, hit.notes) == (Severity.MEDIUM, ["north"], ["norm_unverified"])


def test_a_loss_within_the_norm_is_quiet() -> None:
    feeder_with(50)
    assert found() == []


def test_a_few_kilowatts_beyond_the_norm_are_quiet() -> None:
    feeder_with(59)
    assert found() == []
    assert len(found(min_kw=9)) == 1


def test_a_month_with_missing_readings_is_quiet() -> None:
    feeder_with(250, coverage=0.97)
    assert found() == []


def test_meters_that_count_more_than_went_in_are_quiet() -> None:
    feeder_with(-100)
    assert found() == []


def test_without_a_norm_one_is_assumed_and_told() -> None:
    feeder_with(250, percent=None)
    (hit,) = found()
    assert hit.notes == ["no_norm"]
    assert hit.est_kw_low == pytest.approx(170)
    assert found(assumed_norm=0.25) == []


def test_a_verified_norm_needs_no_remark() -> None:
    feeder_with(250, verified=True)
    assert found()[0].notes == []


def test_a_single_day_and_an_old_month_are_quiet() -> None:
    feeder_with(250, period="2026-10-05", last_day=date(2026, 10, 5))
    feeder_with(250, code="F-2", period="2026-05", last_day=date(2026, 5, 31))
    assert found() == []


def test_the_newest_month_decides() -> None:
    feeder = feeder_with(250)
    FeederBalance.objects.create(
        feeder=feeder, period="2026-08", last_day=date(2026, 8, 31), entered_kwh=100,
        metered_kwh=100, meters=1, coverage=1,
    )  # fmt: skip
    assert len(found()) == 1
    assert found(date(2026, 9, 20)) == []


def test_many_feeders_cost_one_query(django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        feeder_with(250, code=f"F-{n}")
    with django_assert_max_num_queries(1):
        assert len(found()) == 30
