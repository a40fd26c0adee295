"""Numbers and dates in the reader's words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from pages import wording

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "told"),
    [("ru", f"38{NBSP}412{NBSP}600,4"), ("kk", f"38{NBSP}412{NBSP}600,4"), ("en", "38,412,600.4")],
)
def test_thousands_and_decimals_follow_the_language(language: str, told: str) -> None:
    with translation.override(language):
        assert wording.number(38412600.4, 1) == told


@pytest.mark.parametrize("missing", [None, "", "abc", float("nan"), float("inf")])
def test_a_missing_number_is_a_dash_and_never_zero(missing: object) -> None:
    assert wording.number(missing) == "–"
    assert wording.kw(missing) == "–"


def test_zero_is_a_number() -> None:
    assert wording.number(0) == "0"


def test_a_minus_is_a_true_minus() -> None:
    assert wording.number(-487400) == "−487,400"


def test_what_rounds_to_zero_has_no_minus() -> None:
    assert wording.number(-0.2) == "0"


def test_kilowatts_are_told_in_megawatts() -> None:
    assert wording.mw(14200) == f"14.2{NBSP}MW"


def test_a_range_of_equal_ends_is_one_number() -> None:
    assert wording.mw_range(2800, 2801) == f"2.8{NBSP}MW"
    assert wording.mw_range(2600, 3100) == f"2.6–3.1{NBSP}MW"
    assert wording.mw_range(None, None) == "–"


@pytest.mark.parametrize(
    ("language", "told"),
    [("ru", "23 ноября 2026"), ("kk", "2026 ж. 23 қараша"), ("en", "23 November 2026")],
)
def test_a_long_date_is_written_as_each_language_writes_it(language: str, told: str) -> None:
    with translation.override(language):
        assert wording.long_date(date(2026, 11, 23)) == told


@pytest.mark.parametrize(
    ("language", "told"), [("ru", "чт, 19.11"), ("kk", "бс, 19.11"), ("en", "Thu, 19 Nov")]
)
def test_a_deadline_carries_its_weekday(language: str, told: str) -> None:
    with translation.override(language):
        assert wording.week_date(date(2026, 11, 19)) == told


def test_a_moment_is_told_in_the_grids_zone() -> None:
    with translation.override("ru"):
        assert wording.moment(datetime(2026, 11, 22, 20, 30, tzinfo=UTC)) == "23.11.2026, 01:30"


def test_a_missing_date_is_a_dash() -> None:
    assert wording.short_date(None) == "–"
