"""Load that is switched by the clock: on at one fixed hour, off at another, flat in between.

Miners on imported power ran from midnight to ten because the night tariff was about half of the
day's; others switch off in the dear evening. Street lamps follow the sun instead of the clock.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grid.profiles.curve import HOURS_A_DAY
from grid.profiles.shape import TINY, median_of, spread_of

SHORTEST, LONGEST = 4, 21
SEASON_WEEKS = 6
SMALLEST_CONTRAST = 0.15  # of the load when on; less cannot be told from an ordinary hump
ON_TIME = 0.6  # share of the whole step that must come within the switching hour
NIGHT_HOURS = frozenset(range(6))


@dataclass(frozen=True, slots=True)
class Block:
    """A clock block: local hours ``begin`` (in) to ``end`` (out), ``kw`` above the rest.

    ``fit``: share of the daily shape that two levels explain. ``punctual``: share of days that
    switch within the hour. ``top_spread``: relative spread within the block.
    ``length_drift``: change of the daily hours on, first to last week, in hours.
    """

    begin: int
    end: int
    kw: float
    contrast: float
    fit: float
    punctual: float
    top_spread: float
    length_drift: float
    weekend_same: float
    low: float

    @property
    def hours(self) -> int:
        return (self.end - self.begin) % HOURS_A_DAY

    @property
    def night_hours(self) -> int:
        """How many of the hours from midnight to six the block covers."""
        return sum((self.begin + i) % HOURS_A_DAY in NIGHT_HOURS for i in range(self.hours))

    @property
    def middle(self) -> float:
        """Local time of the block's middle, in hours after midnight, -12 to 12."""
        middle = (self.begin + self.hours / 2) % HOURS_A_DAY
        return middle - HOURS_A_DAY if middle > HOURS_A_DAY / 2 else middle


def find_block(days: NDArray[np.float64], weekend: NDArray[np.bool_]) -> Block | None:
    """The clock block of a window (days x 24 local hours in kW), or None when there is none.

    ``weekend`` has one value a day.
    """
    seen = np.isfinite(days).any(axis=0)
    if not seen.all():
        return None
    usual = np.nanmedian(days, axis=0)
    begin, hours, fit = two_levels(usual)
    on = (begin + np.arange(hours)) % HOURS_A_DAY
    mask = np.zeros(HOURS_A_DAY, dtype=bool)
    mask[on] = True
    high, low = median_of(usual[mask]), median_of(usual[~mask])
    step = high - low
    if step < SMALLEST_CONTRAST * high or high <= TINY:
        return None
    top = days[:, on]
    length = _hours_on(days, low, step)
    return Block(
        begin=begin,
        end=(begin + hours) % HOURS_A_DAY,
        kw=step,
        contrast=step / high,
        fit=fit,
        punctual=min(_punctual(days, begin, step, 1), _punctual(days, begin + hours, step, -1)),
        top_spread=spread_of(top - low) / step,
        length_drift=_drift(length),
        low=low,
        weekend_same=_weekend(days, mask, weekend, step),
    )


def two_levels(usual: NDArray[np.float64]) -> tuple[int, int, float]:
    """The contiguous block (begin, hours) whose two-level fit explains most; and that share."""
    doubled = np.concatenate([[0.0], np.cumsum(np.concatenate([usual, usual]))])
    total, count = doubled[HOURS_A_DAY], float(HOURS_A_DAY)
    variance = float(((usual - usual.mean()) ** 2).sum())
    begins = np.arange(HOURS_A_DAY)
    best = (0, SHORTEST, 0.0)
    for hours in range(SHORTEST, LONGEST + 1):
        inside = doubled[begins + hours] - doubled[begins]
        gap = inside / hours - (total - inside) / (count - hours)
        explained = gap**2 * hours * (count - hours) / count
        explained[gap <= 0] = 0.0
        place = int(np.argmax(explained))
        if explained[place] > best[2]:
            best = (place, hours, float(explained[place]))
    return best[0], best[1], best[2] / max(variance, TINY)


def _punctual(days: NDArray[np.float64], hour: int, step: float, sign: int) -> float:
    """Share of days on which the load passes most of the step between two neighbouring hours."""
    flat = days.ravel()
    place = np.arange(len(days)) * HOURS_A_DAY + hour % HOURS_A_DAY
    place = place[(place >= 1) & (place < flat.size)]
    jump = sign * (flat[place] - flat[place - 1])
    jump = jump[np.isfinite(jump)]
    if jump.size == 0:
        return 0.0
    return float(((jump >= ON_TIME * step) & (jump <= 2 * step)).mean())


def _hours_on(days: NDArray[np.float64], low: float, step: float) -> NDArray[np.float64]:
    share = np.clip((days - low) / step, 0, 1)
    whole = np.isfinite(days).all(axis=1)
    return np.where(whole, np.nansum(share, axis=1), np.nan)


def season_of_block(days: NDArray[np.float64], block: Block) -> float:
    """By how many hours the block's length differs between the weeks of a longer curve.

    Weeks in which it did not run are passed over: a farm that came late has no season.
    """
    length = _hours_on(days, block.low, block.kw)
    weeks = [median_of(week) for week in np.array_split(length, max(len(length) // 7, 1))]
    running = [week for week in weeks if week >= 1]
    if len(running) < SEASON_WEEKS:
        return 0.0
    return float(np.quantile(running, 0.9) - np.quantile(running, 0.1))


def _drift(length: NDArray[np.float64]) -> float:
    week = max(len(length) // 4, 1)
    return median_of(length[-week:]) - median_of(length[:week])


def _weekend(
    days: NDArray[np.float64], mask: NDArray[np.bool_], weekend: NDArray[np.bool_], step: float
) -> float:
    """The step on weekends as a share of the usual one; 1 when there were no weekends."""
    rest = days[weekend]
    if rest.size == 0 or not np.isfinite(rest).any():
        return 1.0
    return (median_of(rest[:, mask]) - median_of(rest[:, ~mask])) / step
