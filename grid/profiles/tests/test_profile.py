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
from grid.profiles.profile import EXPECTED, MINING_LIKE, Degrees, Profile, profile
from grid.profiles.reasons import MOST
from grid.profiles.synthetic import Farm, legal_load, mining_load

START = datetime(2026, 2, 28, 19, tzinfo=UTC)  # midnight of 1 March in Almaty
MONTH = 28 * 24
YEAR = 52 * 7 * 24
RUNNING_KW = 3.068 * 100 * 1.08 * 0.98


def judge(kw: NDArray[np.float64], start: datetime = START, zone: ZoneInfo = GRID_ZONE) -> Profile:
    return profile(LoadCurve(start, 60, Kw(kw)), zone)


def farm(pattern: str, seed: int, hours: int = MONTH, **more: object) -> NDArray[np.float64]:
    return mining_load(Farm(pattern=pattern, **more), START, hours, seed=seed, zone=GRID_ZONE)  # type: ignore[arg-type]  # fields by name


def lawful(kind: str, mean_kw: float, hours: int, seed: int) -> NDArray[np.float64]:
    return legal_load(kind, mean_kw, START, hours, seed=seed, zone=GRID_ZONE)


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
    assert found.score >= MINING_LIKE
    assert found.est_kw == pytest.approx(RUNNING_KW, rel=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_a_farm_that_grew_in_steps_is_found_over_the_months(seed: int) -> None:
    found = judge(farm("stepped", seed, hours=84 * 24))
    assert found.pattern in {"stepped", "flat"}
    assert found.score > 0.7


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pattern", ["flat", "night_block"])
def test_a_farm_hidden_behind_an_office_shows_when_it_comes(pattern: str, seed: int) -> None:
    office = lawful("office", 120, MONTH, seed)
    found = judge(office + farm(pattern, seed, onset=13 * 24))
    assert found.score >= MINING_LIKE
    assert found.est_kw == pytest.approx(RUNNING_KW, rel=0.15)
    assert judge(office).pattern == "none"


@pytest.mark.parametrize("devices", [3, 30, 300, 3000])
def test_a_farm_of_any_size_behind_as_much_ordinary_load_is_found(devices: int) -> None:
    added = farm("flat", 2, hours=26 * 7 * 24, devices=devices, onset=60 * 24)
    office = lawful("office", float(added.mean()), added.size, 2)
    found = judge(office + added)
    assert found.score >= MINING_LIKE
    assert found.est_kw == pytest.approx(3.068 * devices * 1.08 * 0.98, rel=0.1)
    assert judge(office).pattern == "none"


def test_the_import_tariff_miner_with_a_load_factor_of_0_42_is_found() -> None:
    found = judge(farm("night_block", 3))
    assert found.shape.load_factor == pytest.approx(0.42, abs=0.02)
    block = next(r for r in found.reasons if r.code == "clock_block")
    assert (block.params["begin"], block.params["end"]) == (0, 10)


QUIET = [
    "office",
    "household",
    "cold_store",
    "telecom",
    "data_centre",
    "pumping",
    "street_lighting",
    "greenhouse",
    "electric_heating",
    "heat_pump",
    "ev_depot",
    "vacated",
]


def quiet_load(kind: str, seed: int) -> NDArray[np.float64]:
    """A year of a lawful consumer; some are put together of others here."""
    draw = np.random.default_rng(seed)
    if kind == "data_centre":
        by_day = 0.04 * np.sin(2 * np.pi * (np.arange(YEAR) - 9) / 24)  # its users sleep
        return 400 * (1 + by_day + draw.normal(0, 0.01, YEAR))
    if kind == "new_process":
        office = lawful("office", 60, YEAR, seed)
        batches = np.repeat(draw.uniform(0.7, 1.1, YEAR // 6), 6)
        return office + 200 * batches * (np.arange(YEAR) > 5000 + 300 * seed)
    if kind == "vacated":
        return lawful("office", 100, YEAR, seed) * (np.arange(YEAR) < 4000 + 500 * seed) + 1.0
    return lawful(kind, 200, YEAR, seed)


@pytest.mark.parametrize("kind", QUIET)
@pytest.mark.parametrize("seed", range(3))
def test_a_year_of_a_lawful_load_is_not_flagged(kind: str, seed: int) -> None:
    found = judge(quiet_load(kind, seed))
    assert found.pattern == "none", (found.score, found.reasons)


@pytest.mark.parametrize("kind", QUIET)
def test_hardly_a_month_of_a_lawful_load_is_flagged(kind: str) -> None:
    year = quiet_load(kind, 1)
    hits = [
        i
        for i in range(13)
        if judge(year[i * MONTH : (i + 1) * MONTH], START + timedelta(days=28 * i)).score
        >= MINING_LIKE
    ]
    assert len(hits) <= 1, hits


def test_of_new_processes_that_run_day_and_night_few_are_flagged() -> None:
    found = [judge(quiet_load("new_process", seed)).score for seed in range(5)]
    assert sum(score >= MINING_LIKE for score in found) <= 2
    assert max(found) < 0.8


def test_a_load_as_flat_as_a_ruler_is_called_neither_surely() -> None:
    for seed in range(3):
        draw = np.random.default_rng(seed)
        assert 0.1 < judge(400 * (1 + draw.normal(0, 0.01, YEAR))).score < 0.9


def test_a_load_that_follows_the_weather_is_doubted_when_the_weather_is_known() -> None:
    days = 140
    degrees = 10 - 20 * np.cos(np.arange(days) / days * 2 * np.pi)
    noise = np.random.default_rng(1).normal(0, 4, days * 24)
    load = 300 + 6 * np.maximum(15 - np.repeat(degrees, 24), 0) + noise
    curve = LoadCurve(datetime(2026, 3, 1, tzinfo=UTC), 60, Kw(load))
    first = int(curve.start.timestamp()) // 86_400
    blind = profile(curve, ZoneInfo("UTC"))
    seeing = profile(curve, ZoneInfo("UTC"), Degrees(first, degrees.astype(np.float32)))
    assert seeing.score < blind.score


def test_less_than_one_device_is_no_farm() -> None:
    found = judge(np.full(MONTH, 0.4))
    assert found.pattern == "none"


def test_the_night_of_1_march_2024_has_25_hours_and_the_load_factor_of_utc() -> None:
    start = datetime(2024, 2, 28, 18, tzinfo=UTC)
    load = legal_load("office", 100, start, MONTH, seed=1, zone=GRID_ZONE)
    load[30] = 900.0  # the 25th hour of that day counts as any other
    local, utc = judge(load, start), judge(load, start, ZoneInfo("UTC"))
    assert local.shape == utc.shape
    assert local.coverage == utc.coverage == 1.0


def test_quarters_of_an_hour_are_judged_as_their_hours() -> None:
    load = farm("night_block", 1)
    quarters = profile(LoadCurve(START, 15, Kw(np.repeat(load, 4))), GRID_ZONE)
    assert quarters.score == pytest.approx(judge(load).score, abs=1e-6)
    assert quarters.est_kw == pytest.approx(judge(load).est_kw, rel=1e-6)


def test_what_stopped_long_ago_does_not_count_when_the_latest_is_asked_for() -> None:
    office = lawful("office", 150, 3 * MONTH, 1)
    stopped = office + np.where(np.arange(3 * MONTH) < MONTH, 300.0, 0.0)
    curve = LoadCurve(START, 60, Kw(stopped))
    assert profile(curve, GRID_ZONE, latest=True).pattern == "none"


def test_what_runs_on_counts_when_the_latest_is_asked_for() -> None:
    running = lawful("office", 150, 3 * MONTH, 1) + farm("flat", 1, 3 * MONTH, onset=500)
    found = profile(LoadCurve(START, 60, Kw(running)), GRID_ZONE, latest=True)
    assert found.score >= MINING_LIKE


@pytest.mark.parametrize("kind", ["office", "pumping", "telecom"])
def test_the_score_follows_from_the_sum_of_the_reasons(kind: str) -> None:
    for load in (farm("flat", 1), lawful(kind, 50, YEAR, 1)):
        found = judge(load)
        total = sum(reason.weight for reason in found.reasons)
        assert found.score == pytest.approx(1 / (1 + np.exp(-total)))
        assert len(found.reasons) <= MOST + 1


def test_a_load_that_hardly_mines_has_no_kilowatts_of_mining() -> None:
    found = judge(lawful("household", 2, YEAR, 1))
    assert found.score < EXPECTED
    assert found.est_kw == 0


loads = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def some_load(draw: np.random.Generator) -> NDArray[np.float64]:
    daily = draw.uniform(0, 1, 24) ** 3
    rough = draw.normal(0, 5, MONTH).clip(-15, 15)
    load: NDArray[np.float64] = 20 + 400 * np.tile(daily, 28) * draw.uniform(0.2, 1) + rough
    return load


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


@settings(max_examples=25, deadline=None)
@given(loads, st.integers(-40, 40))
def test_the_score_does_not_depend_on_the_week(draw: np.random.Generator, weeks: int) -> None:
    load, utc = some_load(draw), ZoneInfo("UTC")
    there = judge(load, START + timedelta(weeks=weeks), utc)
    assert there.score == judge(load, START, utc).score


@pytest.mark.parametrize(
    "load", [np.full(MONTH, np.nan), np.zeros(MONTH), np.array([1.0]), np.array([])]
)
def test_a_curve_that_says_nothing_scores_next_to_nothing(load: NDArray[np.float64]) -> None:
    found = judge(load)
    assert found.score < 0.1
    assert found.pattern == "none"
