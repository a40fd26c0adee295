"""Own precision is never told without n and its interval."""

import pytest
from django.utils import translation

from crosschecks.selectors.precision import Precision, exact_bounds


def test_three_of_four_has_the_interval_19_to_99() -> None:
    assert Precision(3, 4, 0).words == "3 of 4 (75 %, 95 % interval 19–99 %)"


def test_nothing_checked_gives_no_percentage() -> None:
    assert Precision(0, 0, 12).words == "none checked yet"


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129)],
)
def test_the_bounds_are_those_of_clopper_and_pearson(
    right: int, n: int, low: float, high: float
) -> None:
    assert exact_bounds(right, n) == pytest.approx((low, high), abs=1e-4)


def test_thousands_of_cases_do_not_overflow() -> None:
    low, high = exact_bounds(4500, 5000)
    assert 0.89 < low < 0.9 < high < 0.91


def test_the_words_come_in_the_readers_language() -> None:
    with translation.override("ru"):
        assert Precision(3, 4, 0).words.startswith("3 из 4 (75")
