"""Terms count working days, over holidays and moved days, and never into an unknown year."""

from collections.abc import Iterator
from datetime import date

import pytest

from law import working_days
from law.models import CalendarYear, MovedDay
from law.selectors import term
from law.working_days import NoCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_calendar() -> Iterator[None]:
    working_days.forget()
    yield
    working_days.forget()


def test_a_term_skips_nauryz() -> None:
    # Friday 20 March 2026; 21-23 March are Nauryz, of which two fall on a weekend.
    due = working_days.add(date(2026, 3, 20), 1)
    assert due > date(2026, 3, 23)
    assert working_days.between(date(2026, 3, 20), due) == 1


def test_the_day_itself_leaves_nothing_over() -> None:
    assert working_days.between(date(2026, 11, 23), date(2026, 11, 23)) == 0


def test_a_passed_term_counts_below_zero() -> None:
    assert working_days.between(date(2026, 11, 23), date(2026, 11, 19)) == -2


def test_a_moved_day_counts_as_the_government_says() -> None:
    saturday = date(2026, 11, 28)
    assert working_days.add(date(2026, 11, 27), 1) == date(2026, 11, 30)
    MovedDay.objects.create(day=saturday, is_working=True, source="test")
    working_days.forget()
    assert working_days.add(date(2026, 11, 27), 1) == saturday


def test_an_unknown_year_is_an_error_and_not_a_guess() -> None:
    CalendarYear.objects.filter(year=2027).delete()
    with pytest.raises(NoCalendar):
        working_days.add(date(2026, 12, 30), 10)


def test_a_term_is_the_one_in_force_on_the_day() -> None:
    assert term("case.work", date(2026, 1, 1)).days == 15
    with pytest.raises(LookupError):
        term("case.work", date(2020, 1, 1))
