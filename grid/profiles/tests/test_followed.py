"""A load that falls in ordered hours is told from one that does not, and by how much."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.followed import Followed, Span, followed, merged

START = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = 28


def event(day: int, hour: int = 10, hours: float = 4) -> Span:
    begin = START + timedelta(days=day, hours=hour)
    return begin, begin + timedelta(hours=hours)


EVENTS = [event(day) for day in (5, 9, 14, 20)]


def load(level: float, fall: float, spans: list[Span], step: int = 60) -> LoadCurve:
    """A flat load in kW that falls by ``fall`` (a share) in the spans."""
    kw = np.full(DAYS * 24 * 60 // step, float(level))
    for begin, end in spans:
        first, last = ((t - START) // timedelta(minutes=step) for t in (begin, end))
        kw[first:last] *= 1 - fall
    return LoadCurve(START, step, Kw(kw))


@pytest.mark.parametrize("step", [15, 30, 60])
def test_a_farm_that_pauses_follows_every_order(step: int) -> None:
    assert followed(load(812, 1.0, EVENTS, step), EVENTS) == Followed(4, 4, 812.0)


def test_a_load_that_does_not_care_follows_none() -> None:
    assert followed(load(812, 0, []), EVENTS) == Followed(0, 4, 0.0)


def test_a_small_dip_is_no_fall_and_a_third_is() -> None:
    assert followed(load(100, 0.2, EVENTS), EVENTS).fell == 0
    assert followed(load(100, 0.33, EVENTS), EVENTS).fell == 4


def test_what_falls_every_day_at_that_hour_did_not_follow() -> None:
    daily = [event(day) for day in range(DAYS)]
    assert followed(load(100, 1.0, daily), EVENTS).fell == 0


def test_an_event_without_readings_is_not_judged() -> None:
    curve = load(100, 1.0, EVENTS)
    curve.kw[5 * 24 + 10 : 5 * 24 + 14] = np.nan
    assert followed(curve, EVENTS) == Followed(3, 3, 100.0)


def test_an_event_shorter_than_an_interval_or_outside_the_curve_is_not_judged() -> None:
    assert followed(load(100, 0, []), [event(3, hours=0.5), event(-9), event(90)]).of == 0


def test_hours_of_another_outage_are_not_what_is_usual() -> None:
    dark = [event(day) for day in range(1, DAYS) if day not in {5, 8}]
    curve = load(100, 1.0, [*dark, event(5)])
    assert followed(curve, [event(5)]).fell == 0
    assert followed(load(100, 1.0, [*dark, event(5)]), [event(5)], dark).of == 0


def test_orders_that_overlap_are_one() -> None:
    twice = [*EVENTS, *[(begin + timedelta(hours=1), end) for begin, end in EVENTS]]
    assert followed(load(100, 1.0, EVENTS), twice) == followed(load(100, 1.0, EVENTS), EVENTS)
    assert merged(twice) == EVENTS


CURVES = st.lists(st.floats(0, 1e6), min_size=24 * 9, max_size=24 * 9).map(np.array)
PLACES = st.lists(
    st.tuples(st.integers(-2, 10), st.integers(0, 23), st.integers(0, 60)), max_size=6
)


@given(CURVES, PLACES)
def test_counts_never_exceed_the_events_and_power_scales(
    kw: NDArray[np.float64], places: list[tuple[int, int, int]]
) -> None:
    spans = [event(day, hour, hours) for day, hour, hours in places]
    found = followed(LoadCurve(START, 60, Kw(kw)), spans)
    assert 0 <= found.fell <= found.of <= len(spans)
    larger = followed(LoadCurve(START, 60, Kw(kw * 2)), spans)
    assert (larger.fell, larger.of) == (found.fell, found.of)
    assert larger.kw == pytest.approx(found.kw * 2)


@given(st.floats(1, 1e5), st.floats(0.35, 1), st.sampled_from([15, 30, 60]))
def test_a_fall_is_told_in_kw(level: float, fall: float, step: int) -> None:
    found = followed(load(level, fall, EVENTS, step), EVENTS)
    assert found.fell == found.of == 4
    assert found.kw == pytest.approx(level * fall)
