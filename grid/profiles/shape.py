"""Features of a window of hourly load that need nothing but the load and the local clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grid.profiles.curve import HOURS_A_DAY, LocalClock, by_day

BAND = 0.10  # an hour is flat when it lies within this share of the plateau
NIGHT_UNTIL = 6
DAY_FROM, DAY_UNTIL = 9, 18
FLOOR_RANK = 2  # third-lowest hour of a day: two hours of outage do not hide the floor
ROBUST = 1.4826  # median absolute deviation to standard deviation, for a normal spread
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Shape:
    """Features of one window; kW where named so, otherwise shares and ratios without unit."""

    coverage: float
    mean_kw: float
    peak_kw: float
    load_factor: float
    cv: float
    plateau_kw: float
    flat_hours: float
    night_day: float
    weekday_weekend: float
    floor_kw: float
    floor_share: float
    floor_spread: float
    floor_drift: float
    ripple: float
    tremor: float
    swing_kw: float


def shape(kw: NDArray[np.float64], clock: LocalClock) -> Shape:
    """Shape of a window of hourly mean kW (NaN for gaps); all zeros when nothing was read."""
    present = np.isfinite(kw)
    seen = kw[present]
    if seen.size == 0:
        return Shape(*([0.0] * 16))
    mean = float(seen.mean())
    plateau = median_of(seen)
    days = by_day(kw, clock)
    floors = daily_floor(days)
    floor = median_of(floors)
    night = mean_of(kw[clock.hour < NIGHT_UNTIL])
    day = mean_of(kw[(clock.hour >= DAY_FROM) & (clock.hour < DAY_UNTIL)])
    work, rest = mean_of(kw[~clock.weekend]), mean_of(kw[clock.weekend])
    return Shape(
        coverage=float(present.mean()),
        mean_kw=mean,
        peak_kw=float(seen.max()),
        load_factor=mean / max(float(np.quantile(seen, 0.995)), TINY),
        cv=float(seen.std()) / max(mean, TINY),
        plateau_kw=plateau,
        flat_hours=float((np.abs(seen - plateau) <= BAND * plateau).mean()) if plateau > 0 else 0.0,
        night_day=ratio(night, day),
        weekday_weekend=ratio(work, rest),
        floor_kw=floor,
        floor_share=min(floor / max(mean, TINY), 1.0),
        floor_spread=spread_of(floors) / max(floor, TINY),
        floor_drift=drift(floors, floor),
        ripple=ripple(days),
        tremor=spread_of(np.diff(kw)) / 2**0.5 / max(plateau, TINY),
        swing_kw=upper_quantile(days) - floor,
    )


def daily_floor(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per day the third-lowest hour in kW; NaN for a day with less than half of its hours."""
    ordered = np.sort(days, axis=1)  # NaN sorts last
    enough = np.isfinite(days).sum(axis=1) * 2 >= HOURS_A_DAY
    return np.where(enough, ordered[:, FLOOR_RANK], np.nan)


def daily_level(days: NDArray[np.float64], rank: float) -> NDArray[np.float64]:
    """Per day the hour at a rank (0 lowest, 1 highest) among those read, in kW."""
    ordered = np.sort(days, axis=1)
    count = np.isfinite(days).sum(axis=1)
    place = np.clip((rank * (count - 1)).round().astype(int), 0, HOURS_A_DAY - 1)
    level = ordered[np.arange(len(days)), place]
    return np.where(count * 2 >= HOURS_A_DAY, level, np.nan)


def upper_quantile(days: NDArray[np.float64]) -> float:
    return median_of(daily_level(days, 0.9))


def ripple(days: NDArray[np.float64]) -> float:
    """Relative spread among the eight quiet hours of a day: what is left when people sleep."""
    quiet = np.sort(days, axis=1)[:, 1:9]
    quiet = quiet[np.isfinite(quiet).all(axis=1)]
    if quiet.size == 0:
        return 1.0
    return median_of(quiet.std(axis=1) / np.maximum(quiet.mean(axis=1), TINY))


def drift(floors: NDArray[np.float64], floor: float) -> float:
    """How much the floor wanders from week to week, as a share of itself."""
    weeks = [w for w in np.array_split(floors, max(len(floors) // 7, 1)) if np.isfinite(w).any()]
    if len(weeks) <= 1 or floor <= 0:
        return 0.0
    medians = np.array([median_of(w) for w in weeks])
    return float(medians.max() - medians.min()) / floor


def median_of(values: NDArray[np.float64]) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else 0.0


def mean_of(values: NDArray[np.float64]) -> float:
    seen = values[np.isfinite(values)]
    return float(seen.mean()) if seen.size else float("nan")


def spread_of(values: NDArray[np.float64]) -> float:
    """Robust standard deviation: outages and single odd days do not count."""
    seen = values[np.isfinite(values)]
    return ROBUST * median_of(np.abs(seen - np.median(seen))) if seen.size else 0.0


def ratio(a: float, b: float) -> float:
    """a / b, 1 where either is unknown, at most 10."""
    if not (np.isfinite(a) and np.isfinite(b)):
        return 1.0
    return min(a / max(b, TINY), 10.0) if a > 0 or b > 0 else 1.0
