"""What can found a decision about an event of a day, on the rows that the portal ships."""

from datetime import date
from decimal import Decimal

import pytest

from law.models import Act, FeeRate, Norm, Position, SaleQuota
from law.selectors import fee_rate, may_found, missing_paper, monthly_index, sale_quota
from law.working_days import add

pytestmark = pytest.mark.django_db
EVENT = date(2023, 5, 1)


def act(code):
    return Act.objects.get(code=code)


def test_a_statement_of_the_national_bank_founds_nothing_and_says_why():
    verdict = may_found(Position.objects.get(code="akishev-2018-03-30"), EVENT)
    assert not verdict.may
    assert "statement" in verdict.why
    assert "National Bank" in verdict.why
    assert "not competent" in verdict.why


def test_an_adopted_law_in_force_on_the_day_of_the_event_founds():
    assert may_found(act("law-193-vii"), EVENT).may


@pytest.mark.parametrize(
    ("code", "day", "told"),
    [
        ("law-193-vii", date(2023, 3, 31), "not in force"),
        ("order-384", date(2023, 6, 4), "not in force"),
        ("draft-1mw", date(2021, 11, 1), "draft"),
        ("law-231-viii", date(2026, 1, 1), "lawyer"),
    ],
)
def test_what_was_not_in_force_or_adopted_or_verified_founds_nothing(code, day, told):
    verdict = may_found(act(code), day)
    assert not verdict.may
    assert told in verdict.why


def test_a_repealed_order_founds_for_the_days_on_which_it_was_in_force():
    assert may_found(act("order-384"), date(2022, 5, 1)).may


def test_an_act_of_a_body_without_competence_founds_nothing():
    order = act("order-355")
    order.body, order.confirmed_by = act("mof-valuation-2024").body, 5
    order.save()
    assert "not competent" in may_found(order, date(2026, 1, 1)).why


def test_a_norm_has_the_days_of_its_act_unless_it_has_its_own():
    sale = Norm.objects.get(code="law-193-vii-8-4")
    assert "not in force" in may_found(sale, date(2023, 6, 1)).why
    assert "lawyer" in may_found(sale, date(2024, 6, 1)).why
    assert may_found(Norm.objects.get(code="law-193-vii-9"), EVENT).may


@pytest.mark.parametrize(
    ("day", "papers", "missing"),
    [
        (date(2022, 5, 1), [], "notification"),
        (date(2023, 6, 5), [], "licence"),
        (date(2020, 1, 1), [], ""),
        (date(2022, 5, 1), ["notification"], ""),
        (date(2023, 5, 1), ["notification"], ""),  # both regimes ran
        (date(2023, 6, 5), ["notification"], "licence"),
        (date(2024, 1, 1), ["licence_2"], ""),
    ],
)
def test_the_same_site_lacks_another_paper_on_another_day(day, papers, missing):
    assert missing_paper(day, papers) == missing


@pytest.mark.parametrize(
    ("day", "condition", "price", "rate"),
    [
        (date(2022, 3, 1), "grid", None, 1),
        (date(2023, 3, 1), "grid", 30, 1),
        (date(2023, 3, 1), "own", None, 10),
        (date(2023, 3, 1), "no_meter", None, 25),
        (date(2024, 3, 1), "grid", None, 2),
        (date(2024, 3, 1), "renewable", None, 1),
    ],
)
def test_the_fee_follows_day_source_and_price(day, condition, price, rate):
    found = fee_rate(day, condition, None if price is None else Decimal(price))
    assert found is not None
    assert found.value == rate
    assert not found.verified


def test_a_rate_that_nobody_told_is_unknown_and_not_nothing():
    for day, price in ((date(2023, 3, 1), Decimal(12)), (date(2026, 3, 1), None)):
        found = fee_rate(day, "grid", price)
        assert found is not None
        assert found.value is None
    assert fee_rate(date(2021, 1, 1), "grid") is None


def test_of_several_rates_the_highest_counts():
    FeeRate.objects.create(
        condition="any", valid_from=date(2024, 1, 1), rate=3, source="invented for the test"
    )
    found = fee_rate(date(2024, 3, 1), "grid")
    assert found is not None
    assert found.value == 3


def test_no_figure_that_is_shipped_is_verified():
    for day in (date(2024, 5, 1), date(2025, 5, 1)):
        quota = sale_quota(day)
        assert quota is not None
        assert quota.value == 75
        assert not quota.verified
    assert sale_quota(date(2023, 5, 1)) is None
    index = monthly_index(date(2026, 5, 1))
    assert index is not None
    assert index.value == 4325
    assert not index.verified
    assert not SaleQuota.objects.filter(verified=True).exists()


def test_fifteen_working_days_of_an_application_before_nauryz_skip_the_holidays():
    due = add(date(2026, 3, 20), 15)
    without = date(2026, 4, 10)
    assert due > without
