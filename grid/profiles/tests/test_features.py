"""What must not change a curve's features, and what the loops under them owe."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from grid.profiles import features as f
from grid.profiles import steps
from grid.profiles.block import two_levels
from grid.profiles.daily import day_levels, lay
from grid.profiles.order import sort_days
from grid.profiles.reasons import FAMILY, ORDER, TELLINGS, family_of
from grid.profiles.trees import LEAF, explain, read_model, walk

HOUR0 = 473_352  # 1 January 2024, 00:00 UTC, a Monday
NO_SHIFT = np.array([[0], [0]], dtype=np.int64)
NO_DEGREES = np.empty(0, dtype=np.float32)
draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def measured(
    kw: NDArray[np.float64], hour: int = HOUR0
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    x, figures = np.empty(f.COUNT, dtype=np.float32), np.empty(f.FIGURES)
    starts = (hour + np.arange(kw.size, dtype=np.int64)) * 60
    clock = np.array([1, 60, 0], dtype=np.int64)
    f.measure(starts, kw, clock, NO_SHIFT, NO_DEGREES, x, figures)
    return x, figures


def some_days(draw: np.random.Generator, days: int = 56) -> NDArray[np.float64]:
    shape = draw.uniform(0.2, 1, 24)
    load: NDArray[np.float64] = np.tile(shape, days) * np.exp(draw.normal(0, 0.2, days * 24))
    return load * draw.lognormal(2, 1)


@given(draws)
@settings(max_examples=30, deadline=None)
def test_days_are_sorted_with_unread_hours_last(draw: np.random.Generator) -> None:
    table = draw.normal(0, 1, (24, 9)).astype(np.float32)
    table[draw.random(table.shape) < 0.2] = np.nan
    expected = np.sort(np.where(np.isnan(table), np.inf, table), axis=0)
    assert (sort_days(table) == expected).all()


@given(draws, st.integers(-8, 8))
@settings(max_examples=20, deadline=None)
def test_features_but_the_size_do_not_depend_on_the_unit(
    draw: np.random.Generator, power: int
) -> None:
    load = some_days(draw)  # a power of two: floating point scales without rounding
    one, _ = measured(load)
    other, _ = measured(load * 2.0**power)
    same = [place for name, place in f.AT.items() if name != "size"]
    np.testing.assert_allclose(one[same], other[same], rtol=2e-2, atol=2e-2)
    assert other[f.AT["size"]] == pytest.approx(one[f.AT["size"]] + power * np.log(2), abs=1e-4)


@given(draws, st.integers(1, 60))
@settings(max_examples=20, deadline=None)
def test_features_do_not_depend_on_the_week(draw: np.random.Generator, weeks: int) -> None:
    load = some_days(draw)
    np.testing.assert_array_equal(measured(load)[0], measured(load, HOUR0 + 168 * weeks)[0])


@given(draws)
@settings(max_examples=20, deadline=None)
def test_ranks_within_days_do_not_depend_on_the_order_of_hours(draw: np.random.Generator) -> None:
    table = draw.lognormal(0, 1, (24, 12)).astype(np.float32)
    count = np.full(12, 24, dtype=np.float32)
    _, one = day_levels(table, count)
    _, other = day_levels(draw.permutation(table, axis=0), count)
    np.testing.assert_allclose(one, other, rtol=1e-4)


@given(draws, st.floats(0.3, 3), st.integers(20, 36))
@settings(max_examples=20, deadline=None)
def test_a_constant_load_added_shows_its_kilowatts_whatever_it_hides_behind(
    draw: np.random.Generator, times: float, day: int
) -> None:
    base = some_days(draw)
    added = times * base.mean()
    load = base + added * (np.arange(base.size) >= day * 24)
    _, figures = measured(load)
    assert figures[f.STEP_KW] == pytest.approx(added, rel=0.25)
    assert figures[f.STEP_DAY] - figures[f.FIRST_DAY] == pytest.approx(day, abs=2)


@given(draws, st.integers(0, 23), st.integers(6, 12))
@settings(max_examples=20, deadline=None)
def test_a_block_by_the_clock_is_placed_to_the_hour(
    draw: np.random.Generator, begin: int, hours: int
) -> None:
    clock = np.arange(56 * 24) % 24
    base = draw.normal(20, 1, clock.size)
    _, figures = measured(base + 200.0 * ((clock - begin) % 24 < hours))
    assert (figures[f.BLOCK_UP], figures[f.BLOCK_HOURS]) == (begin, hours)
    assert figures[f.BLOCK_KW] == pytest.approx(200, rel=0.05)


def test_two_levels_of_a_day_are_told_with_their_gap() -> None:
    day = np.where((np.arange(24) - 22) % 24 < 9, 5.0, 1.0).astype(np.float32)
    begin, hours, fit, gap = two_levels(day)
    assert (begin, hours) == (22, 9)
    assert fit == pytest.approx(1)
    assert gap == pytest.approx(4)


def test_of_two_readings_of_an_interval_the_last_counts_and_half_an_hour_is_enough() -> None:
    starts = np.array([0, 15, 15, 60, 75, 90, 120], dtype=np.int64)
    kwh = np.array([1.0, 9.0, 2.0, 1.0, 1.0, 1.0, 5.0])
    recent = np.zeros(5)
    table, first = lay(starts, kwh, 15, 1, NO_SHIFT[0], NO_SHIFT[1], recent)
    assert first == 0
    assert table[:2, 0].tolist() == [6.0, 4.0]
    assert np.isnan(table[2, 0])  # one quarter of four
    assert recent[4] == pytest.approx(2 / 3)


def test_the_hour_that_came_twice_counts_twice_in_the_mean() -> None:
    shifts = np.array([[0, 474_786], [360, 300]], dtype=np.int64)  # Almaty, 1 March 2024
    hours = 474_786 + np.arange(-2, 4, dtype=np.int64)
    recent = np.zeros(5)
    table, _first = lay(hours * 60, np.arange(1.0, 7.0), 60, 1, shifts[0], shifts[1], recent)
    assert table[22:, 0].tolist() == [1.0, 3.0]  # of the repeated hour the later stands
    assert table[:3, 1].tolist() == [4.0, 5.0, 6.0]
    assert recent[0] == pytest.approx(3.5)


def test_a_step_that_fell_back_is_not_lasting() -> None:
    load = np.full(84 * 24, 100.0) + np.random.default_rng(1).normal(0, 1, 84 * 24)
    load[28 * 24 : 42 * 24] += 50
    _, figures = measured(load)
    stays = np.full(84 * 24, 100.0)
    stays[28 * 24 :] += 50
    assert figures[f.STEP_KW] == pytest.approx(50, rel=0.1)
    back, kept = measured(load)[0], measured(stays)[0]
    assert back[f.AT["downs_kw"]] > 0
    assert kept[f.AT["downs_kw"]] == 0


def test_every_feature_has_a_family_and_every_family_its_words() -> None:
    assert len(FAMILY) == f.COUNT
    assert set(FAMILY) == set(range(len(ORDER)))
    assert set(TELLINGS) == set(ORDER)
    with pytest.raises(KeyError):
        family_of("nobody knows")


def test_the_kept_model_was_grown_on_these_features() -> None:
    model = read_model()
    assert model.names[: f.COUNT] == f.NAMES
    for forest in (model.score, model.estimate):
        inner = forest.feature[forest.feature != LEAF]
        assert inner.max() < len(model.names)


@given(draws)
@settings(max_examples=20, deadline=None)
def test_an_explanation_adds_up_to_the_walk(draw: np.random.Generator) -> None:
    model = read_model()
    x = draw.normal(0, 1, f.COUNT).astype(np.float32)
    x[draw.random(x.size) < 0.2] = np.nan
    parts = np.empty(len(ORDER))
    total = explain(model.score, x, FAMILY, parts)
    roots = float(model.score.value[model.score.roots].astype(float).sum())
    assert total == pytest.approx(walk(model.score, x))
    assert total == pytest.approx(roots + parts.sum(), abs=1e-3)


def test_there_is_room_for_as_many_steps_as_are_looked_for() -> None:
    levels = np.repeat([10.0, 60, 20, 90, 30, 99, 20, 70, 5, 50], 14 * 24)
    load = levels + np.random.default_rng(3).normal(0, 1, levels.size)
    x, _ = measured(load)
    assert 1 <= x[f.AT["ups"]] <= steps.MOST
