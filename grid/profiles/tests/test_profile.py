"""Which loads look like mining, and which lawful ones do not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from common.clock import GRID_ZONE
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.profile import MINING_LIKE, Profile, profile
from grid.profiles.synthetic import Farm, legal_load, mining_load

START = datetime(2026, 2, 28, 19, tzinfo=UTC)  # midnight of 1 March in Almaty
MONTH = 28 * 24
YEAR = 52 * 7 * 24


def judge(kw: NDArray[np.float64], start: datetime = START, zone: ZoneInfo = GRID_ZONE) -> Profile:
    return profile(LoadCurve(start, 60, Kw(kw)), zone)


def farm(pattern: str, seed: int, hours: int = MONTH, **more: object) -> NDArray[np.float64]:
    return mining_load(Farm(pattern=pattern, **more), START, hours, seed=seed, zone=GRID_ZONE)  # type: ignore[arg-type]  # fields by name


def codes(found: Profile) -> set[str]:
    return {reason.code for reason in found.reasons}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("pattern", "named"),
    [("flat", "flat"), ("evening_dodging", "flat"), ("night_block", "night_block")],
)
def test_a_farm_is_found_and_its_power_estimated(pattern: str, named: str, seed: int) -> None:
    found = judge(farm(pattern, seed))
    assert found.pattern == named
    assert found.score > 0.8
    assert found.est_kw == pytest.approx(3.068 * 100 * 1.08 * 0.98, rel=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_a_farm_that_grew_in_steps_is_found_over_the_months(seed: int) -> None:
    found = judge(farm("stepped", seed, hours=84 * 24))
    assert found.pattern in {"stepped", "flat"}
    assert found.score > 0.7


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pattern", ["flat", "night_block"])
def test_a_farm_hidden_behind_an_office_shows_when_it_comes(pattern: str, seed: int) -> None:
    office = legal_load("office", 120, START, MONTH, seed=seed, zone=GRID_ZONE)
    found = judge(office + farm(pattern, seed, onset=13 * 24))
    assert found.score >= MINING_LIKE
    assert found.est_kw == pytest.approx(3.068 * 100 * 1.08 * 0.98, rel=0.1)
    assert judge(office).pattern == "none"


def test_the_import_tariff_miner_with_a_load_factor_of_0_42_is_found() -> None:
    found = judge(farm("night_block", 3))
    assert found.shape is not None
    assert found.shape.load_factor == pytest.approx(0.42, abs=0.02)
    assert {"clock_block", "punctual", "night_hours"} <= codes(found)
    block = next(r for r in found.reasons if r.code == "clock_block")
    assert (block.params["begin"], block.params["end"]) == (0, 10)


QUIET = [
    "office",
    "household",
    "pumping",
    "street_lighting",
    "greenhouse",
    "electric_heating",
    "heat_pump",
    "ev_depot",
]


@pytest.mark.parametrize("kind", QUIET)
@pytest.mark.parametrize("seed", range(3))
def test_a_lawful_load_whose_shape_differs_is_not_flagged(kind: str, seed: int) -> None:
    year = legal_load(kind, 200, START, YEAR, seed=seed, zone=GRID_ZONE)
    hits = [
        i
        for i in range(13)
        if judge(year[i * MONTH : (i + 1) * MONTH], START + timedelta(days=28 * i)).score
        >= MINING_LIKE
    ]
    assert hits == []


def test_street_lighting_says_that_it_follows_the_daylight() -> None:
    lamps = legal_load("street_lighting", 200, START, YEAR, seed=1, zone=GRID_ZONE)
    found = judge(lamps)
    assert found.pattern == "none"
    assert found.score < 0.3


def test_a_cold_store_ranks_below_a_farm_of_equal_size() -> None:
    for seed in range(5):
        store = legal_load("cold_store", 320, START, MONTH, seed=seed, zone=GRID_ZONE)
        assert judge(store).score < judge(farm("flat", seed)).score - 0.2


def test_a_telecom_site_cannot_be_told_from_a_farm_by_its_shape() -> None:
    site = legal_load("telecom", 320, START, MONTH, seed=1, zone=GRID_ZONE)
    assert judge(site).pattern == "flat"


def test_a_load_that_follows_the_weather_is_doubted_when_the_weather_is_known() -> None:
    degrees = 10 - 20 * np.cos(np.arange(MONTH) / MONTH * 2 * np.pi)
    load = 300 + 4 * np.maximum(15 - degrees, 0)
    curve = LoadCurve(START, 60, Kw(load))
    blind, seeing = profile(curve, GRID_ZONE), profile(curve, GRID_ZONE, degrees)
    assert "follows_weather" in codes(seeing)
    assert seeing.score < blind.score


def test_less_than_one_device_is_no_farm() -> None:
    found = judge(np.full(MONTH, 0.4))
    assert found.pattern == "none"
    assert "below_one_device" in codes(found)


def test_the_night_of_1_march_2024_has_25_hours_and_the_load_factor_of_utc() -> None:
    start = datetime(2024, 2, 28, 18, tzinfo=UTC)
    load = legal_load("office", 100, start, MONTH, seed=1, zone=GRID_ZONE)
    local, utc = judge(load, start), judge(load, start, ZoneInfo("UTC"))
    assert local.shape is not None
    assert utc.shape is not None
    assert local.shape.load_factor == utc.shape.load_factor


def test_only_the_last_four_weeks_count_when_the_latest_are_asked_for() -> None:
    stopped = np.concatenate([farm("flat", 1), np.full(MONTH, 5.0) + np.tile(np.arange(24.0), 28)])
    curve = LoadCurve(START, 60, Kw(stopped))
    assert profile(curve, GRID_ZONE).score > 0.8
    assert profile(curve, GRID_ZONE, latest=True).score < MINING_LIKE


def test_the_score_follows_from_the_sum_of_the_reasons() -> None:
    for seed in range(3):
        found = judge(farm("flat", seed))
        total = sum(reason.weight for reason in found.reasons)
        assert found.score == pytest.approx(1 / (1 + np.exp(-6 * (total - 0.5))))


loads = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def some_load(draw: np.random.Generator) -> NDArray[np.float64]:
    daily = draw.uniform(0, 1, 24) ** 3
    rough = draw.normal(0, 5, MONTH).clip(-15, 15)
    load: NDArray[np.float64] = 20 + 400 * np.tile(daily, 28) * draw.uniform(0.2, 1) + rough
    return load


@settings(max_examples=25, deadline=None)
@given(loads, st.floats(1, 50))
def test_the_score_does_not_depend_on_the_unit_of_a_large_load(
    draw: np.random.Generator, factor: float
) -> None:
    # Small loads are exempt: a whole device is coarse there. 2 MW and more have no such grain.
    load = some_load(draw) * 100
    assert judge(load * factor).score == pytest.approx(judge(load).score, abs=0.02)


@settings(max_examples=25, deadline=None)
@given(loads, st.integers(-40, 40))
def test_the_score_does_not_depend_on_the_week(draw: np.random.Generator, weeks: int) -> None:
    load, utc = some_load(draw), ZoneInfo("UTC")
    there = judge(load, START + timedelta(weeks=weeks), utc)
    assert there.score == pytest.approx(judge(load, START, utc).score)


@settings(max_examples=40, deadline=None)
@given(loads, st.floats(0, 1))
def test_gaps_never_break_it_and_the_score_stays_in_range(
    draw: np.random.Generator, gaps: float
) -> None:
    load = some_load(draw)
    load[draw.random(MONTH) < gaps] = np.nan
    found = judge(load)
    assert 0 <= found.score <= 1
    assert found.est_kw >= 0
    assert np.isfinite(found.est_kw)
    assert found.coverage == pytest.approx(np.isfinite(load).mean())


@pytest.mark.parametrize(
    "load", [np.full(MONTH, np.nan), np.zeros(MONTH), np.array([1.0]), np.array([])]
)
def test_a_curve_that_says_nothing_scores_next_to_nothing(load: NDArray[np.float64]) -> None:
    found = judge(load)
    assert found.score < 0.1
    assert found.pattern == "none"
