"""Invented loads for demo, tests and benchmarks: mining farms and their legal look-alikes.

No measured series of a mining site could be had. A farm's load is devices x rated power x
overhead (1.05 to 1.15: fans, wiring, cooling, see ``common.asic``), each device up with a given
availability in each hour on its own. Everything follows from the seed.
"""

# ruff: noqa: PLR2004 - the numbers are clock hours and degrees of invented consumers

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from common import asic
from grid.profiles.curve import HOURS_A_DAY, LocalClock, local_clock

PATTERNS = ("flat", "evening_dodging", "night_block", "stepped")
EVENING = (18, 23)  # the dear hours of the zonal tariff
NIGHT = (0, 10)  # hours of cheap imported power
WARM = 15.0  # degrees C above which cooling takes more
COOLING_PER_DEGREE = 0.0015


@dataclass(frozen=True, slots=True)
class Farm:
    """A farm: ``devices`` of ``model`` running by ``pattern`` from hour ``onset`` on."""

    model: str = "Antminer S19j Pro"
    devices: int = 100
    pattern: str = "flat"
    overhead: float = 1.08
    availability: float = 0.98
    onset: int = 0

    @property
    def rated_kw(self) -> float:
        """Power in kW with every device up."""
        device = asic.find(self.model)
        if device is None:
            raise KeyError(self.model)
        return self.devices * device.power_kw * self.overhead


def mining_load(
    farm: Farm, start: datetime, hours: int, *, seed: int, zone: ZoneInfo,
    temperature: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:  # fmt: skip
    """Mean kW of each hour of a farm; ``temperature`` in degrees C, one value an hour."""
    draw = np.random.default_rng(seed)
    clock = local_clock(start, hours, zone)
    running = _devices_on(farm, clock, draw)
    up: NDArray[np.float64] = draw.binomial(running, farm.availability).astype(float)
    for _ in range(draw.poisson(2.5 * hours / 8760)):
        begin = int(draw.integers(0, hours))
        up[begin : begin + int(draw.integers(1, 30))] = 0.0
    kw = up * farm.rated_kw / max(farm.devices, 1)
    if temperature is not None:
        kw *= 1 + COOLING_PER_DEGREE * np.maximum(temperature[:hours] - WARM, 0)
    return kw


def _devices_on(farm: Farm, clock: LocalClock, draw: np.random.Generator) -> NDArray[np.int64]:
    hours = clock.hour.size
    running = np.full(hours, farm.devices, dtype=np.int64)
    if farm.pattern == "stepped":
        running[:] = 0
        for part in _split(farm.devices, int(draw.integers(3, 6))):
            running[int(draw.uniform(0.1, 0.9) * hours) :] += part
    elif farm.pattern == "evening_dodging":
        running[(clock.hour >= EVENING[0]) & (clock.hour < EVENING[1])] = 0
    elif farm.pattern == "night_block":
        running[clock.hour >= NIGHT[1]] = 0
    elif farm.pattern != "flat":
        raise ValueError(f"pattern {farm.pattern}; known: {PATTERNS}")
    running[: farm.onset] = 0
    return running


def _split(total: int, parts: int) -> list[int]:
    share, rest = divmod(total, parts)
    return [share + (1 if i < rest else 0) for i in range(parts)]


def legal_load(  # noqa: PLR0913 - as mining_load, and a kind and size before
    kind: str, mean_kw: float, start: datetime, hours: int, *, seed: int, zone: ZoneInfo,
    temperature: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:  # fmt: skip
    """Mean kW of each hour of a lawful consumer of a kind in ``LEGAL_KINDS``, about ``mean_kw``."""
    draw = np.random.default_rng(seed)
    clock = local_clock(start, hours, zone)
    degrees = temperature[:hours] if temperature is not None else seasons(start, hours, draw)
    shape = LEGAL_KINDS[kind](clock, degrees, draw, start)
    return np.asarray(np.maximum(shape, 0.0)) * mean_kw / max(float(shape.mean()), 1e-9)


def seasons(start: datetime, hours: int, draw: np.random.Generator) -> NDArray[np.float64]:
    """An invented continental temperature in degrees C: winter -14, summer +24, daily swing 10."""
    hour = np.arange(hours) + start.hour
    day = start.timetuple().tm_yday + np.arange(hours) / HOURS_A_DAY
    year = 5 - 19 * np.cos(2 * np.pi * (day - 15) / 365)
    spells = np.convolve(draw.normal(0, 5, hours + 240), np.ones(72) / 72, "same")[:hours] * 6
    degrees: NDArray[np.float64] = year - 5 * np.cos(2 * np.pi * (hour - 3) / HOURS_A_DAY)
    return degrees + spells


Shape = NDArray[np.float64]
Rng = np.random.Generator


def _noise(draw: Rng, size: int, spread: float) -> Shape:
    return 1 + draw.normal(0, spread, size)


def _office(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    day = np.clip(np.minimum(clock.hour - 6, 20 - clock.hour) / 3, 0, 1)
    work = np.where(clock.weekend, 0.25, 1.0) * day
    cooling = 0.02 * np.maximum(degrees - 20, 0) * work
    return (0.3 + work + cooling) * _noise(draw, clock.hour.size, 0.05)


def _household(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    morning = np.exp(-((clock.hour - 7.5) ** 2) / 3)
    evening = 1.8 * np.exp(-((clock.hour - 20) ** 2) / 8)
    return (0.35 + morning + evening) * draw.lognormal(0, 0.35, clock.hour.size)


def _cold_store(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    size = clock.hour.size
    doors = 0.12 * ((clock.hour >= 8) & (clock.hour < 18) & ~clock.weekend)
    defrost = 0.15 * (draw.random(size) < 0.12)
    warm: Shape = 1 + 0.02 * np.maximum(degrees - 5, 0)
    load: Shape = (warm + doors - defrost) * _noise(draw, size, 0.05)
    return load


def _telecom(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    traffic = 0.03 * np.sin(2 * np.pi * (clock.hour - 14) / HOURS_A_DAY)
    cooling = 0.006 * np.maximum(degrees - 18, 0)
    return (1 + traffic + cooling) * _noise(draw, clock.hour.size, 0.012)


def _pumping(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    size = clock.hour.size
    demand = 0.5 + 0.3 * np.sin(2 * np.pi * (clock.hour - 12) / HOURS_A_DAY)
    pumps = np.ceil(3 * np.clip(demand + draw.normal(0, 0.22, size), 0.05, 1))
    return (0.05 + pumps) * _noise(draw, size, 0.02)


def _street_lighting(clock: LocalClock, _degrees: Shape, draw: Rng, start: datetime) -> Shape:
    """Dusk to dawn at 50 degrees north; the share of the edge hours burns too."""
    day = start.timetuple().tm_yday + clock.day
    tilt = np.radians(-23.44) * np.cos(2 * np.pi * (day + 10) / 365)
    half = np.degrees(np.arccos(np.clip(np.tan(np.radians(50)) * np.tan(tilt), -1, 1))) / 15
    middle = (clock.hour + 0.5) % HOURS_A_DAY
    from_midnight = np.minimum(middle, HOURS_A_DAY - middle)  # solar midnight about 0:00
    burning: Shape = np.clip(half - from_midnight + 0.5, 0, 1)
    return burning * _noise(draw, clock.hour.size, 0.01) + 0.005


def _greenhouse(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    """Lamps from four in the morning, off by sunlight: the length changes with sky and season."""
    cloud = np.repeat(draw.uniform(0, 4, clock.days), 1)[clock.day]
    season = 5 * (1 - np.clip(degrees, -15, 20) / 20)
    lamps = (clock.hour >= 4) & (clock.hour < 8 + season + cloud)
    heat = 0.02 * np.maximum(12 - degrees, 0)
    return (0.2 + lamps + heat) * _noise(draw, clock.hour.size, 0.04)


def _electric_heating(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    setback = np.where((clock.hour >= 23) | (clock.hour < 6), 0.75, 1.0)
    heat = 0.06 * np.maximum(18 - degrees, 0) * setback
    return (0.15 + heat) * _noise(draw, clock.hour.size, 0.08)


def _heat_pump(clock: LocalClock, degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    need = np.clip(0.04 * (17 - degrees), 0.02, 1)
    return 0.05 + need * draw.gamma(3, 1 / 3, clock.hour.size)


def _ev_depot(clock: LocalClock, _degrees: Shape, draw: Rng, _start: datetime) -> Shape:
    """Buses come home from 21 to 24 and charge until full: a steep start and a long tail."""
    since = (clock.hour - 21) % HOURS_A_DAY
    tail = np.where(since < 10, np.exp(-np.maximum(since - 2, 0) / 2.5), 0.0)
    rides = np.repeat(draw.uniform(0.5, 1.0, clock.days), 1)[clock.day]
    return (0.06 + tail * rides) * _noise(draw, clock.hour.size, 0.10)


LEGAL_KINDS: dict[str, Callable[[LocalClock, Shape, Rng, datetime], Shape]] = {
    "office": _office,
    "household": _household,
    "cold_store": _cold_store,
    "telecom": _telecom,
    "pumping": _pumping,
    "street_lighting": _street_lighting,
    "greenhouse": _greenhouse,
    "electric_heating": _electric_heating,
    "heat_pump": _heat_pump,
    "ev_depot": _ev_depot,
}
