"""Readings on an even grid, kWh and kW apart, and the local clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.profiles.curve import (
    Kw,
    KwhPerInterval,
    LoadCurve,
    by_day,
    curve_from_readings,
    hourly,
    local_clock,
    power,
)

START = datetime(2026, 3, 1, tzinfo=UTC)


@given(st.sampled_from([15, 30, 60]), st.floats(0, 1e6))
def test_energy_of_an_interval_becomes_power_once(step: int, kwh: float) -> None:
    assert power(KwhPerInterval(np.array([kwh])), step)[0] == pytest.approx(kwh * 60 / step)


@pytest.mark.parametrize("step", [15, 30, 60])
def test_the_step_is_told_from_the_readings_and_gaps_stay_gaps(step: int) -> None:
    starts = np.datetime64("2026-03-01", "m") + np.arange(10) * np.timedelta64(step, "m")
    kept = np.delete(np.arange(10), [3, 4])
    curve = curve_from_readings(starts[kept].astype("datetime64[ms]"), KwhPerInterval(np.ones(8)))
    assert curve.step_minutes == step
    assert np.flatnonzero(np.isnan(curve.kw)).tolist() == [3, 4]
    assert curve.start == START


def test_of_two_readings_of_an_interval_the_later_counts() -> None:
    starts = np.array(["2026-03-01T00", "2026-03-01T01", "2026-03-01T00"], dtype="datetime64[ms]")
    curve = curve_from_readings(starts, KwhPerInterval(np.array([1.0, 2.0, 9.0])), 60)
    assert curve.kw.tolist() == [9.0, 2.0]


def test_an_hour_counts_when_half_of_it_was_read() -> None:
    quarters = np.array([4.0, 4, np.nan, np.nan, 8, np.nan, np.nan, np.nan])
    found = hourly(LoadCurve(START, 15, Kw(quarters)))
    assert found.kw[0] == 4.0
    assert np.isnan(found.kw[1])


def test_a_curve_that_begins_within_an_hour_is_laid_on_whole_hours() -> None:
    curve = LoadCurve(START.replace(minute=30), 30, Kw(np.array([6.0, 2.0, 4.0])))
    found = hourly(curve)
    assert found.start == START
    assert found.kw.tolist() == [6.0, 3.0]


def test_the_local_clock_keeps_the_hour_that_came_twice() -> None:
    clock = local_clock(datetime(2024, 2, 29, 16, tzinfo=UTC), 6, ZoneInfo("Asia/Almaty"))
    assert clock.hour.tolist() == [22, 23, 23, 0, 1, 2]
    assert clock.day.tolist() == [0, 0, 0, 1, 1, 1]


def test_weekends_are_those_of_the_place() -> None:
    clock = local_clock(datetime(2026, 11, 20, 18, tzinfo=UTC), 3, ZoneInfo("Asia/Almaty"))
    assert clock.weekend.tolist() == [False, True, True]  # Saturday begins at 19:00 UTC


def test_a_day_is_a_row_of_24_hours() -> None:
    clock = local_clock(START, 50, ZoneInfo("UTC"))
    table = by_day(np.arange(50.0), clock)
    assert table.shape == (3, 24)
    assert table[1, 0] == 24
    assert np.isnan(table[2, 2:]).all()


def test_a_naive_start_or_an_odd_step_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        LoadCurve(datetime(2026, 3, 1), 60, Kw(np.ones(1)))  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="interval"):
        LoadCurve(START, 7, Kw(np.ones(1)))
