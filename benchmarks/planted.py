"""Meters with and without mining, drawn at random: real or invented bases, look-alikes, farms.

Shared by the model's training and by the detection benchmark. No measured series of a mining
site could be had, so a farm is devices x rated power x overhead, each device up by chance; see
``docs/model-card.md`` for what that does and does not show.
"""

import csv
import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from common import asic
from grid.profiles.synthetic import LEGAL_KINDS, legal_load, seasons

UTC_ZONE = ZoneInfo("UTC")
START = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday
YEAR = 357 * 24
LENGTHS = (16, 28, 60, 84, 182, 357)  # days of history that a meter has
LENGTH_ODDS = (0.04, 0.10, 0.10, 0.12, 0.08, 0.56)
PATTERNS = ("flat", "evening_dodging", "night_block", "stepped")
PATTERN_ODDS = (0.45, 0.15, 0.22, 0.18)
HELD_BACK = 4  # every fourth base of a class is never trained on
SCALES = {  # median mean load in kW and spread of its logarithm, by class of base
    "household": (0.6, 0.7), "commercial": (12.0, 1.3), "agriculture": (6.0, 1.1),
    "heatpump": (1.0, 0.5), "bandload": (30.0, 1.1), "feeder": (150.0, 1.0),
}  # fmt: skip
CLASS_ODDS = {
    "household": 1.0, "commercial": 3.0, "agriculture": 2.0, "heatpump": 0.4, "bandload": 2.0,
    "feeder": 0.7,
}  # fmt: skip
ANY_SIZE = 0.5
ALONE = 0.25  # of the farms that are made to size have no ordinary load at all
NOT_IN_TABLE = (1.2, 11.2)  # kW; devices of other makers, slowed or driven by firmware
Kw = NDArray[np.float64]
Rng = np.random.Generator


@dataclass(frozen=True)
class Base:
    """A year of a customer without mining: mean 1, hourly."""

    name: str
    kind: str
    kw: Kw


@dataclass(frozen=True)
class Drawn:
    """One meter: hourly kW from ``start``, temperature, and the truth about it."""

    kw: Kw
    start: datetime
    degrees: Kw
    mining: bool
    pattern: str = ""
    kind: str = ""
    true_kw: float = 0.0
    hidden: float = 0.0


@dataclass
class World:
    """What meters are drawn from: bases by class, and one or several years of weather."""

    bases: list[Base]
    weather: list[Kw]
    odds: Kw = field(init=False)

    def __post_init__(self) -> None:
        sizes: dict[str, int] = {}
        for base in self.bases:
            sizes[base.kind] = sizes.get(base.kind, 0) + 1
        # The root keeps a class of one base from being every fourth meter.
        odds = np.array([CLASS_ODDS[b.kind] / np.sqrt(sizes[b.kind]) for b in self.bases])
        self.odds = odds / odds.sum() if odds.size else odds


def read_world(folder: Path | None, *, held_back: bool | None = None) -> World:
    """The bases of ``real_series.npz`` and ``weather.csv.gz``; invented ones without a folder.

    ``held_back``: only the bases kept from training, or only the others; None for all.
    """
    draw = np.random.default_rng(7)
    invented = [seasons(START, YEAR, draw) + shift for shift in (0.0, 6.0, -6.0, 10.0)]
    if folder is None:
        return World([], invented)
    with np.load(folder / "real_series.npz") as file:
        names, kinds, rows = file["names"], file["cls"], file["M"]
    bases, seen = [], dict.fromkeys(SCALES, 0)
    for i in np.argsort(names):
        kind = str(kinds[i])
        seen[kind] += 1
        kept = seen[kind] % HELD_BACK == 0
        if held_back is None or kept == held_back:
            kw = rows[i].astype(float)[:YEAR]
            bases.append(Base(str(names[i]), kind, kw / max(kw.mean(), 1e-9)))
    path = folder / "weather.csv.gz"
    return World(bases, [*invented, read_weather(path)] if path.exists() else invented)


def read_weather(path: Path) -> Kw:
    """A year of hourly temperature, from a CSV with ``timestamp`` and ``TemperatureC``."""
    with gzip.open(path, "rt") as file:
        rows = [(r["timestamp"][:13], r["TemperatureC"]) for r in csv.DictReader(file)]
    hours: dict[str, float] = {hour: float(t) for hour, t in rows if t and float(t) > -60}
    keys = sorted(hours)
    begin = next((i for i, k in enumerate(keys) if k[5:13] == "01-01 00"), 0)
    values = np.array([hours[k] for k in keys[begin:] + keys[:begin]])
    return np.resize(values, YEAR)


def draw_meter(world: World, draw: Rng, *, mining: float, alike: float) -> Drawn:
    """A meter with a farm by chance ``mining``, a lawful look-alike by chance ``alike``."""
    degrees = world.weather[int(draw.integers(len(world.weather)))]
    base, scale = ordinary(world, draw, degrees)
    kind = "plain"
    if draw.random() < alike:
        kind = str(draw.choice(list(LOOK_ALIKES)))
        base = LOOK_ALIKES[kind](base, scale, degrees, draw)
    days = int(draw.choice(LENGTHS, p=LENGTH_ODDS))
    begin = int(draw.integers(0, 357 - days + 1)) * 24
    cut = slice(begin, begin + days * 24)
    start = START + timedelta(hours=begin)
    if draw.random() >= mining:
        return Drawn(_metered(base[cut], draw), start, degrees[cut], mining=False, kind=kind)
    farm = farm_load(base, degrees, draw, cut)
    total = base[cut] * farm.base_factor + farm.kw[cut]
    hidden = float((base[cut] * farm.base_factor).sum() / max(total.sum(), 1e-9))
    return Drawn(
        _metered(total, draw), start, degrees[cut], mining=True, pattern=farm.pattern, kind=kind,
        true_kw=farm.running_kw, hidden=hidden,
    )  # fmt: skip


def _metered(kw: Kw, draw: Rng) -> Kw:
    """What a meter tells: rounded to a Wh, some hours missing at some meters."""
    told = np.round(np.maximum(kw, 0.0), 3)
    if draw.random() < 0.15:
        told[draw.random(told.size) < draw.choice([0.002, 0.02])] = np.nan
    return np.asarray(told, dtype=np.float64)


def ordinary(world: World, draw: Rng, degrees: Kw) -> tuple[Kw, float]:
    """A year of an ordinary customer, and its mean kW."""
    if not world.bases or draw.random() < 0.2:
        kind = str(draw.choice(list(LEGAL_KINDS)))
        scale = _scale("commercial", draw)
        seed = int(draw.integers(2**31))
        kw = legal_load(kind, scale, START, YEAR, seed=seed, zone=UTC_ZONE, temperature=degrees)
        return kw, scale
    one = world.bases[int(draw.choice(len(world.bases), p=world.odds))]
    like = [b for b in world.bases if b.kind == one.kind]
    other = like[int(draw.integers(len(like)))]
    part = draw.beta(5, 2) if draw.random() < 0.8 else 1.0
    kw = part * one.kw + (1 - part) * np.roll(other.kw, 168 * int(draw.integers(-3, 4)))
    if draw.random() < 0.3:
        kw = np.roll(kw, 168 * int(draw.integers(0, 51)))
    scale = _scale(one.kind, draw)
    noise = draw.choice([0.0, 0.03, 0.05, 0.08])
    kw = kw * scale * np.exp(draw.normal(0, noise, YEAR)) if noise else kw * scale
    u = draw.random()
    if u < 0.4:
        kw = kw + scale * draw.uniform(0.01, 0.06) * np.maximum(16 - degrees, 0)
    elif u < 0.55:
        kw = kw + scale * draw.uniform(0.02, 0.09) * np.maximum(degrees - 20, 0)
    return kw, scale


def _scale(kind: str, draw: Rng) -> float:
    """Mean kW; often any size at all, so that the size of a load is no sign of mining."""
    if draw.random() < ANY_SIZE:
        return float(np.exp(draw.uniform(np.log(0.3), np.log(3000.0))))
    middle, spread = SCALES[kind]
    return float(draw.lognormal(np.log(middle), spread))


@dataclass(frozen=True)
class Farmed:
    kw: Kw
    pattern: str
    running_kw: float
    base_factor: float


def farm_load(base: Kw, degrees: Kw, draw: Rng, cut: slice) -> Farmed:
    """A farm of a random pattern and size whose load shows within ``cut``."""
    pattern = str(draw.choice(PATTERNS, p=PATTERN_ODDS))
    device = device_kw(draw)
    base_mean = max(float(base[cut].mean()), 1e-6)
    factor, target = 1.0, base_mean * float(np.exp(draw.normal(np.log(2.0), 0.8)))
    hide = draw.random() < 0.5
    if hide:  # the base is made as large as the hidden share asks for
        target = float(np.exp(draw.uniform(np.log(device), np.log(3000.0))))
    count = max(1, int(target / device))
    running = devices_on(pattern, count, draw, cut)
    available = float(draw.uniform(0.95, 0.998) if draw.random() < 0.8 else draw.uniform(0.9, 0.95))
    up = draw.binomial(running, available).astype(float)
    for _ in range(draw.poisson(2.5)):
        first = int(draw.integers(YEAR))
        up[first : first + int(draw.integers(1, 30))] = 0.0
    overhead = 1 + float(draw.uniform(0.02, 0.15))
    warm = float(draw.uniform(0.0, 0.003)) * np.maximum(degrees - 15, 0)
    kw = up * device * (overhead + warm)
    if hide:
        share = 0.0 if draw.random() < ALONE else float(draw.uniform(0.0, 0.9))
        factor = kw[cut].mean() * share / (1 - share) / base_mean
    return Farmed(kw, pattern, count * device * overhead * available, float(factor))


def device_kw(draw: Rng) -> float:
    """kW of one device at the wall: of the table, or of another maker; firmware moves it."""
    if draw.random() < 0.2:
        return float(draw.uniform(*NOT_IN_TABLE))
    models = asic.models()
    kw = models[int(draw.integers(len(models)))].power_kw
    return kw * float(draw.uniform(0.7, 1.15)) if draw.random() < 0.2 else kw


def devices_on(pattern: str, count: int, draw: Rng, cut: slice) -> NDArray[np.int64]:
    """How many devices are meant to run in each hour; at least a week of it lies in ``cut``."""
    on = np.zeros(YEAR)
    latest = cut.stop - 24 * 8
    if pattern == "stepped":
        parts = int(draw.integers(3, 7))
        moments = np.sort(draw.uniform(cut.start - 24 * 20, latest, parts).astype(int))
        for moment in moments:
            on[max(moment, 0) :] += count / parts
    else:
        before = draw.random() < 0.35
        onset = 0 if before else int(draw.integers(cut.start, max(latest, cut.start + 1)))
        parts = int(draw.integers(1, 4))
        for k in range(parts):
            moment = onset + k * int(draw.integers(48, 500))
            on[min(moment, latest) if k else moment :] += count / parts
    running = np.round(on).astype(np.int64)
    hour = np.arange(YEAR) % 24
    if pattern == "evening_dodging":
        first, hours = int(draw.integers(16, 21)), int(draw.integers(3, 6))
        running[(hour - first) % 24 < hours] = 0
    elif pattern == "night_block":
        first, hours = int(draw.integers(20, 26)) % 24, int(draw.integers(6, 13))
        running[(hour - first) % 24 >= hours] = 0
    return running


def _level(base: Kw, scale: float, draw: Rng) -> float:
    return max(scale, float(base.mean())) * float(draw.uniform(1.5, 6))


def _white(draw: Rng, spread: float) -> Kw:
    return 1 + draw.normal(0, spread, YEAR)


def _onset(draw: Rng) -> int:
    return int(draw.integers(500, 7500))


def telecom(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
    """A site or data centre: flat, a breath of traffic and cooling, never out."""
    hour = np.arange(YEAR) % 24
    traffic = draw.choice([0.0, 0.03]) * np.sin(2 * np.pi * (hour - 14) / 24)
    cool = draw.choice([0.0, 0.004, 0.008]) * np.maximum(degrees - 18, 0)
    return np.asarray(
        scale * 3 * (1 + traffic + cool) * _white(draw, draw.uniform(0.008, 0.03)), dtype=np.float64
    )


def cold_store(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
    """Compressors that follow the warmth, doors and defrosting."""
    warm = 1 + draw.uniform(0.01, 0.03) * np.maximum(degrees - 5, 0)
    defrost = draw.choice([0.0, 0.15]) * (draw.random(YEAR) < 0.12)
    return np.asarray(
        scale * 4 * (warm - defrost) * _white(draw, draw.uniform(0.03, 0.06)), dtype=np.float64
    )


def pump_duty(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """A pump that runs every few hours from some day on."""
    hours = np.arange(YEAR)
    duty = (hours // int(draw.integers(2, 6))) % 2
    return base + scale * draw.uniform(1, 3) * (hours > draw.integers(0, 7000)) * duty


def irrigation(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
    """A pump by season: on for weeks in the warm months, resting on some days."""
    warm = np.convolve(degrees, np.ones(168) / 168, "same") > draw.uniform(10, 18)
    rest = np.repeat(draw.random(YEAR // 24) < 0.12, 24)
    return base + _level(base, scale, draw) * warm * ~rest * _white(draw, 0.03)


def vacated(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """People move out; something small stays on."""
    return base * (np.arange(YEAR) < draw.integers(1500, 7500)) + 0.01 * scale


def moved_in(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """An empty place becomes a customer on one day."""
    return base * (np.arange(YEAR) > _onset(draw)) + 0.01 * scale


def heating_begins(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
    """Electric heating or a heat pump was put in on some day."""
    need = draw.uniform(0.05, 0.2) * np.maximum(18 - degrees, 0)
    if draw.random() < 0.4:
        need = need * draw.gamma(3, 1 / 3, YEAR)
    return base + (np.arange(YEAR) > _onset(draw)) * scale * need


def new_process(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """A process that runs day and night takes the place of what was there."""
    level = scale * draw.uniform(3, 6) * _white(draw, draw.uniform(0.02, 0.05))
    return np.where(np.arange(YEAR) > _onset(draw), level, base)


def added_process(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """A furnace or line that works in batches day and night, added to what was there."""
    wander = np.repeat(draw.uniform(0.75, 1.1, YEAR // 6 + 1), 6)[:YEAR]
    wander = np.convolve(wander, np.ones(5) / 5, "same")
    on = np.arange(YEAR) > _onset(draw)
    return base + on * _level(base, scale, draw) * wander * _white(draw, 0.04)


def two_shifts(base: Kw, scale: float, _degrees: Kw, draw: Rng) -> Kw:
    """Work by shifts on working days: sharp at the edges, idle on weekends."""
    hour, day = np.arange(YEAR) % 24, np.arange(YEAR) // 24
    first, hours = int(draw.integers(5, 9)), int(draw.choice([8, 12, 16]))
    idle = int(draw.integers(1, 3))
    on = ((hour - first) % 24 < hours) & (day % 7 < 7 - idle)
    return base + _level(base, scale, draw) * on * _white(draw, draw.uniform(0.03, 0.12))


def night_heaters(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
    """Storage heaters or boilers on the night tariff: on by the clock, off when warm through."""
    hour = np.arange(YEAR) % 24
    daily = np.convolve(degrees, np.ones(24) / 24, "same")
    full = np.clip((18 - daily) / 25, 0.0, 1.0) * draw.uniform(0.6, 1.2) + draw.uniform(0.05, 0.3)
    since = (hour - 23) % 24
    hours = 8 * np.clip(full, 0, 1)
    part = np.clip(hours - since, 0, 1) * (since < 8)
    return base + _level(base, scale, draw) * part * _white(draw, 0.05)


def _kind(name: str, low: float = 0.5, high: float = 3.0):  # type: ignore[no-untyped-def]  # a maker of the functions above
    def load(base: Kw, scale: float, degrees: Kw, draw: Rng) -> Kw:
        seed = int(draw.integers(2**31))
        mean = scale * float(draw.uniform(low, high))
        kw = legal_load(name, mean, START, YEAR, seed=seed, zone=UTC_ZONE, temperature=degrees)
        return kw + (base * 0.2 if draw.random() < 0.5 else 0.0)

    return load


LOOK_ALIKES = {
    "telecom": telecom, "cold_store": cold_store, "pump_duty": pump_duty,
    "irrigation": irrigation, "vacated": vacated, "moved_in": moved_in,
    "heating_begins": heating_begins, "new_process": new_process,
    "added_process": added_process, "two_shifts": two_shifts, "night_heaters": night_heaters,
    **{name: _kind(name) for name in LEGAL_KINDS if name not in ("office", "household")},
}  # fmt: skip
