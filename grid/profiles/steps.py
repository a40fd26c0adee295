"""Change points: the days on which a lasting load was added or taken away, and its shape.

What a step added is read off by the clock: the usual load of each hour after it, less the usual
load of that hour before it. So a farm behind an ordinary load shows itself without the base.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grid.profiles.block import two_levels
from grid.profiles.curve import HOURS_A_DAY
from grid.profiles.shape import FLOOR_RANK, TINY, daily_level, median_of, spread_of

SHORTEST_DAYS = 3
LONGEST_DAYS = 28  # what is compared on either side of a step
PENALTY = 12.0  # in variances of the day-to-day noise
SMALLEST_STEP = 0.08  # of the later level
LEAST_FIT = 0.80  # of the added shape that two levels must explain before it is a block
LEAST_CONTRAST = 0.5  # what is added outside the block must be less than half of the block


@dataclass(frozen=True, slots=True)
class Step:
    """A lasting change on running day ``day`` of ``kw`` (signed, while it is on).

    ``evenness``: how alike the hours of the day are in it, 0 to 1 (of a block: the hours on).
    ``begin``, ``hours``: local clock of the block; 24 hours for a step of every hour.
    ``sharp``: share of it that came from one day to the next. ``lasting``: how steadily it
    stayed, 0 to 1. ``share``: of the mean load after it.
    """

    day: int
    kw: float
    evenness: float
    begin: int
    hours: int
    sharp: float
    lasting: float
    share: float

    @property
    def quality(self) -> float:
        """0 to 1: even, sharp and lasting, as machines are and seasons are not."""
        return self.evenness * self.sharp * self.lasting


def find_steps(days: NDArray[np.float64]) -> list[Step]:
    """Lasting steps of a curve (days x 24 local hours in kW), in order of time."""
    enough = np.flatnonzero(np.isfinite(days).sum(axis=1) * 2 >= HOURS_A_DAY)
    if enough.size < 2 * SHORTEST_DAYS:
        return []
    known = days[enough]
    floors, means = daily_level(known, FLOOR_RANK / 23), np.nanmean(known, axis=1)
    cuts = _apart(sorted({*segment(floors), *segment(means)}))
    edges = [0, *cuts, len(known)]
    steps = (
        _step(known[max(before, cut - LONGEST_DAYS) : cut], known[cut : min(after, cut + LONGEST_DAYS)],
              int(enough[cut]))
        for before, cut, after in zip(edges, edges[1:], edges[2:], strict=False)
    )  # fmt: skip
    return [step for step in steps if step is not None]


def segment(levels: NDArray[np.float64]) -> list[int]:
    """Cuts of the best piecewise-constant fit under a penalty for each cut (least squares).

    Optimal partitioning by dynamic programming (Jackson et al. 2005), quadratic in the days.
    """
    size = len(levels)
    noise = spread_of(np.diff(levels)) / np.sqrt(2)
    variance = max(noise, 0.01 * float(np.abs(levels).mean()), TINY) ** 2
    sums = np.concatenate([[0.0], np.cumsum(levels)])
    squares = np.concatenate([[0.0], np.cumsum(levels**2)])
    cost = np.full(size + 1, np.inf)
    cost[0] = -PENALTY * variance
    back = np.zeros(size + 1, dtype=int)
    for end in range(SHORTEST_DAYS, size + 1):
        begins = np.arange(0, end - SHORTEST_DAYS + 1)
        total = sums[end] - sums[begins]
        spread = squares[end] - squares[begins] - total**2 / (end - begins)
        whole = cost[begins] + spread + PENALTY * variance
        best = int(np.argmin(whole))
        cost[end], back[end] = whole[best], best
    return _cuts(back)


def _cuts(back: NDArray[np.int_]) -> list[int]:
    cuts: list[int] = []
    end = int(back[-1])
    while end > 0:
        cuts.append(end)
        end = int(back[end])
    return cuts[::-1]


def _apart(cuts: list[int]) -> list[int]:
    """Of cuts that the floor and the mean place a day or two apart, the first."""
    kept: list[int] = []
    for cut in cuts:
        if not kept or cut - kept[-1] >= SHORTEST_DAYS:
            kept.append(cut)
    return kept


def _step(before: NDArray[np.float64], after: NDArray[np.float64], day: int) -> Step | None:
    usual = np.nanmedian(before, axis=0) if len(before) else np.array([])
    now = np.nanmedian(after, axis=0) if len(after) else np.array([])
    if not (usual.size and now.size) or not np.isfinite(usual + now).all():
        return None
    gain = now - usual
    begin, hours = _block_of(gain)
    on = (begin + np.arange(hours)) % HOURS_A_DAY
    kw = median_of(gain[on])
    level = max(float(now.mean()), float(usual.mean()), TINY)
    if abs(kw) * hours / HOURS_A_DAY < SMALLEST_STEP * level:
        return None
    gained = np.nanmedian(after[:, on] - usual[on], axis=1)  # a value a day
    old = np.nanmedian(before[:, on] - usual[on], axis=1)
    return Step(
        day=day,
        kw=kw,
        evenness=max(0.0, 1 - 2 * float(np.abs(gain[on] - kw).mean()) / abs(kw)),
        begin=begin,
        hours=hours,
        sharp=float(np.clip((median_of(gained[:3]) - median_of(old[-3:])) / kw, 0, 1)),
        lasting=max(0.0, 1 - 2 * spread_of(gained) / abs(kw)),
        share=abs(kw) * hours / HOURS_A_DAY / level,
    )


def _block_of(gain: NDArray[np.float64]) -> tuple[int, int]:
    begin, hours, fit = two_levels(gain)
    inside = np.zeros(HOURS_A_DAY, dtype=bool)
    inside[(begin + np.arange(hours)) % HOURS_A_DAY] = True
    rest = median_of(gain[~inside])
    if fit >= LEAST_FIT and abs(rest) < (1 - LEAST_CONTRAST) * median_of(gain[inside]):
        return begin, hours
    return 0, HOURS_A_DAY
