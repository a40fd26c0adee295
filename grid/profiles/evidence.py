"""What speaks for and against mining in a window of load, as weighted reasons.

Weights were set on real meters with invented farms added (``benchmarks/detection.py``); they are
starting points, not published thresholds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common import asic
from grid.profiles.block import Block, find_block, season_of_block
from grid.profiles.curve import LocalClock, by_day
from grid.profiles.shape import TINY, Shape, median_of
from grid.profiles.steps import Step, find_steps

MOSTLY_FLAT = 0.8  # share of hours; then the plateau is the farm
MACHINE = 0.45  # a step of less quality is growth of the business or the season
USUAL_DEVICE_KW = 3.3  # air-cooled units cluster at 3.0 to 3.6 kW
POOR_AVAILABILITY = 0.95
FULL_DAY = 20  # hours; a block as long is a day that dodges the evening


@dataclass(frozen=True, slots=True)
class Reason:
    """One argument: ``code`` (worded above), ``params`` its figures, ``weight`` for or against."""

    code: str
    params: dict[str, Any]
    weight: float


@dataclass(frozen=True, slots=True)
class History:
    """What the whole curve shows beyond one window: its lasting steps."""

    first_day: date
    days: NDArray[np.float64]
    weekend: NDArray[np.bool_]
    steps: list[Step] = field(default_factory=list)

    def day(self, number: int) -> str:
        """The calendar day of a running day number, ISO 8601."""
        return (self.first_day + timedelta(days=number)).isoformat()


@dataclass(frozen=True, slots=True)
class Case:
    """A window under judgement: hourly kW, clock, shape, the curve's history, and weather.

    ``separated``: the usual load before a step is taken off; what came with it stands alone.
    """

    kw: NDArray[np.float64]
    clock: LocalClock
    shape: Shape
    history: History
    first_day: int
    temperature: NDArray[np.float64] | None
    separated: bool = False

    @property
    def days(self) -> NDArray[np.float64]:
        return by_day(self.kw, self.clock)


def history(kw: NDArray[np.float64], clock: LocalClock, first_day: date) -> History:
    """What the whole curve shows: hourly kW with its clock, from the local day ``first_day``."""
    days = by_day(kw, clock)
    weekend = np.zeros(len(days), dtype=bool)
    weekend[clock.day] = clock.weekend
    return History(first_day, days, weekend, find_steps(days, weekend))


def ramp(value: float, low: float, high: float) -> float:
    """0 at or below ``low``, 1 at or above ``high``, straight between; falling if low > high."""
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))


def flat(case: Case) -> tuple[float, list[Reason]]:
    """A constant load day and night, alone or under an ordinary one."""
    s = case.shape
    quiet = ramp(s.floor_spread, 0.07, 0.02) * ramp(s.ripple, 0.08, 0.02)
    reasons = [
        Reason("flat_hours", {"share": s.flat_hours}, 0.25 * ramp(s.flat_hours, 0.5, 0.9)),
        Reason("load_factor", {"value": s.load_factor}, 0.15 * ramp(s.load_factor, 0.7, 0.9)),
        Reason(
            "high_floor",
            {"share": s.floor_share, "kw": s.floor_kw},
            0.30 * ramp(s.floor_share, 0.5, 0.8) * quiet,
        ),
        Reason(
            "night_as_day",
            {"ratio": s.night_day},
            0.10 * ramp(abs(np.log(max(s.night_day, TINY))), 0.25, 0.05),
        ),
        Reason(
            "weekend_as_weekday",
            {"ratio": s.weekday_weekend},
            0.10 * ramp(abs(np.log(max(s.weekday_weekend, TINY))), 0.15, 0.03),
        ),
        *added(case),
        *_flat_doubts(case),
    ]
    return flat_kw(case), reasons


def _flat_doubts(case: Case) -> list[Reason]:
    """What a hall of machines does not do: rest on weekends, wander, tremble."""
    s = case.shape
    known = bool(machine_steps(case)) and not case.separated
    weekend = ramp(abs(np.log(max(s.weekday_weekend, TINY))), 0.3, 0.7)
    devices = ramp(s.floor_drift * s.floor_kw / USUAL_DEVICE_KW, 1.0, 2.0)  # one up or down is none
    wanders = 0.0 if known else devices * ramp(s.floor_drift, 0.06, 0.25)
    tremor = 0.0 if known else ramp(s.tremor / device_noise(s.floor_kw), 1.0, 1.4)
    return [
        Reason("weekend_differs", {"ratio": 1 / max(s.weekday_weekend, TINY)}, -0.20 * weekend),
        Reason("wandering", {"share": s.floor_drift}, -0.25 * wanders),
        Reason("rougher_than_devices", {"share": s.tremor}, -0.20 * tremor),
    ]


def device_noise(kw: float) -> float:
    """Relative spread from hour to hour of so many devices that are each up 95 % of the time.

    The spread of a binomial count over its mean, sqrt((1 - a) / (a n)); never under 1 %.
    """
    devices = max(kw / USUAL_DEVICE_KW, 1.0)
    return max(float(np.sqrt((1 - POOR_AVAILABILITY) / POOR_AVAILABILITY / devices)), 0.01)


def flat_kw(case: Case) -> float:
    """Estimate of the constant part in kW: the lasting steps if some were seen, else the floor."""
    s = case.shape
    if case.separated:
        return s.plateau_kw
    up = machine_steps(case)
    grown = sum(step.kw for step in up)
    if s.flat_hours >= MOSTLY_FLAT and grown < 0.5 * s.plateau_kw:
        return s.plateau_kw
    return grown or min(s.plateau_kw, s.floor_kw * 1.02)


def machine_steps(case: Case, *, block: bool = False) -> list[Step]:
    """Upward steps before this window's end that are even, sharp and lasting enough."""
    last = case.first_day + len(case.days)
    return [
        step
        for step in case.history.steps
        if step.day < last
        and step.kw > 0
        and step.quality >= MACHINE
        and (step.hours < FULL_DAY) == block
    ]


def added(case: Case, *, block: bool = False) -> list[Reason]:
    """A constant load came on one day and stayed: the base is seen before it."""
    up = machine_steps(case, block=block)
    if not up:
        return []
    big = max(up, key=lambda s: s.quality * s.share)
    weight = 0.75 * ramp(big.quality, MACHINE - 0.2, 0.8) * ramp(big.share, 0.05, 0.35)
    figures = {"kw": big.kw, "since": case.history.day(big.day), "hours": float(big.hours)}
    return [Reason("constant_load_added", figures, weight)]


def night_block(case: Case) -> tuple[float, list[Reason]]:
    """On and off at fixed clock times, flat in between, weekends alike."""
    weekend = case.history.weekend[case.first_day : case.first_day + len(case.days)]
    block = find_block(case.days, weekend)
    if block is None:
        return 0.0, []
    where = {
        "begin": float(block.begin),
        "end": float(block.end),
        "kw": block.kw,
        "hours": float(block.hours),
    }
    reasons = [
        Reason("clock_block", where, 0.35 * ramp(block.fit, 0.75, 0.95)),
        Reason("punctual", {"share": block.punctual}, 0.30 * ramp(block.punctual, 0.6, 0.9)),
        Reason("flat_top", {"spread": block.top_spread}, 0.20 * ramp(block.top_spread, 0.25, 0.06)),
        Reason(
            "night_hours", {"hours": float(block.night_hours)}, 0.15 * ramp(block.night_hours, 2, 5)
        ),
        *added(case, block=True),
        *_block_doubts(block, case),
    ]
    seen = sum(step.kw for step in machine_steps(case, block=True))
    return (block.kw if case.separated or not seen else seen), reasons


def _block_doubts(block: Block, case: Case) -> list[Reason]:
    weekend_gap = abs(1 - block.weekend_same)
    season = 0.0 if case.separated else season_of_block(case.history.days, block)
    drift = max(block.length_drift, season, key=abs)
    daylight = ramp(abs(drift), 0.4, 1.2)
    by_day_only = ramp(block.night_hours, 3, 1)
    around_midnight = ramp(abs(block.middle), 1.6, 0.8) * ramp(block.hours, 7, 8)
    return [
        Reason(
            "weekend_differs", {"ratio": block.weekend_same}, -0.40 * ramp(weekend_gap, 0.1, 0.4)
        ),
        Reason("follows_daylight", {"hours": drift}, -0.60 * daylight),
        Reason("day_shift", {"hours": float(block.night_hours)}, -0.40 * by_day_only),
        Reason("dusk_to_dawn", {"hours": float(block.hours)}, -0.50 * around_midnight),
    ]


def stepped(case: Case) -> tuple[float, list[Reason]]:
    """A constant load that came in several lasting steps."""
    up = machine_steps(case)
    if len(up) <= 1:
        return 0.0, []
    kw = sum(s.kw for s in up)
    _, reasons = flat(case)
    rest = [r for r in reasons if r.code != "constant_load_added"]
    quality = float(np.mean([s.quality for s in up]))
    weight = (
        0.75
        * ramp(quality, MACHINE - 0.2, 0.8)
        * ramp(kw / max(case.shape.peak_kw, TINY), 0.1, 0.4)
    )
    return kw, [Reason("steps_up", {"count": float(len(up)), "kw": kw}, weight), *rest]


def common_doubts(case: Case, est_kw: float) -> list[Reason]:
    """What speaks against any pattern: too small, too wandering, too warm-blooded."""
    device = 0.7 * asic.smallest_kw()  # slowed down by firmware
    doubts = [
        Reason("below_one_device", {"kw": est_kw}, -1.0 * ramp(est_kw, 1.3 * device, device)),
        Reason(
            "little_data",
            {"share": case.shape.coverage},
            -0.5 * ramp(case.shape.coverage, 0.6, 0.3),
        ),
    ]
    response = temperature_response(case)
    if response is not None:
        doubts.append(
            Reason("follows_weather", {"r": response}, -0.35 * ramp(abs(response), 0.4, 0.8))
        )
    return doubts


def temperature_response(case: Case) -> float | None:
    """Correlation of daily mean load with daily mean temperature, None without weather."""
    if case.temperature is None or case.temperature.size < case.kw.size:
        return None
    whole = np.isfinite(case.kw) & np.isfinite(case.temperature[: case.kw.size])
    load = np.array([median_of(d) for d in by_day(np.where(whole, case.kw, np.nan), case.clock)])
    degrees = np.where(whole, case.temperature[: case.kw.size], np.nan)
    warmth = np.array([median_of(d) for d in by_day(degrees, case.clock)])
    if load.std() <= TINY or warmth.std() <= TINY:
        return None
    return float(np.corrcoef(load, warmth)[0, 1])


PATTERNS: dict[str, Callable[[Case], tuple[float, list[Reason]]]] = {
    "flat": flat,
    "night_block": night_block,
    "stepped": stepped,
}
