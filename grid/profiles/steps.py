"""Change points: the days on which a lasting load was added or taken away, and its shape.

What a step added is read off by the clock: the usual load of each hour after it, less the usual
load of that hour before it. So a farm behind an ordinary load shows itself without the base.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grid.profiles.block import two_levels
from grid.profiles.curve import HOURS_A_DAY
from grid.profiles.shape import FLOOR_RANK, TINY, daily_level, median_of, spread_of

SHORTEST_DAYS = 3
NEAR = 4  # days around a cut in which the step is looked for
HALF = 0.5
FEWEST_DAYS = 2  # working days that must be known on either side
WHOLE_WEEK = 7  # days; a step is sure only when a week on either side shows it, weekend included
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
    stayed, 0 to 1. ``share``: of the mean load after it. ``weeks``: 1 when a whole week on
    either side shows it, less for fewer days.
    """

    day: int
    kw: float
    evenness: float
    begin: int
    hours: int
    sharp: float
    lasting: float
    share: float
    weeks: float

    @property
    def quality(self) -> float:
        """0 to 1: even, sharp and lasting, as machines are and seasons are not."""
        return self.evenness * self.sharp * self.lasting * self.weeks


def find_steps(days: NDArray[np.float64], weekend: NDArray[np.bool_]) -> list[Step]:
    """Lasting steps of a curve (days x 24 local hours in kW), in order of time.

    ``weekend`` has one value a day: like days are compared with like.
    """
    enough = np.flatnonzero(np.isfinite(days).sum(axis=1) * 2 >= HOURS_A_DAY)
    if enough.size < 2 * SHORTEST_DAYS:
        return []
    known, rest = days[enough], weekend[enough]
    floors = _without_weekends(daily_level(known, FLOOR_RANK / 23), rest)
    means = _without_weekends(np.nanmean(known, axis=1), rest)
    cuts = _worth(means, _apart(sorted({*segment(floors), *segment(means)})))
    edges = [0, *cuts, len(known)]
    changes = [_change(means, *span) for span in zip(edges, edges[1:], edges[2:], strict=False)]
    steps = [
        _step(known, rest, _span(edges, i), _stays(edges, changes, i)) for i in range(len(cuts))
    ]
    return [replace(step, day=int(enough[step.day])) for step in steps if step is not None]


def _span(edges: list[int], at: int) -> tuple[int, int, int]:
    """What is compared around a cut: at most four weeks on either side, to the next cut."""
    before, cut, after = edges[at : at + 3]
    return max(before, cut - LONGEST_DAYS), cut, min(after, cut + LONGEST_DAYS)


def _without_weekends(levels: NDArray[np.float64], rest: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Daily levels with weekends moved by what they usually differ from the days around."""
    gaps = []
    for at in np.flatnonzero(rest):
        near = slice(max(at - 3, 0), at + 4)
        around = levels[near][~rest[near]]
        if around.size:
            gaps.append(levels[at] - float(np.median(around)))
    return np.where(rest, levels - np.median(gaps), levels) if gaps else levels


def _like_days(
    days: NDArray[np.float64], rest: NDArray[np.bool_], span: tuple[int, int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The working days before and after a cut: weekends are another kind of day."""
    begin, cut, end = span
    parts = (slice(begin, cut), slice(cut, end))
    work = [days[part][~rest[part]] for part in parts]
    return work[0], work[1]


def _worth(means: NDArray[np.float64], cuts: list[int]) -> list[int]:
    """The cuts that change the mean by enough; the smallest change goes first, then anew."""
    while cuts:
        edges = [0, *cuts, len(means)]
        spans = list(zip(edges, edges[1:], edges[2:], strict=False))
        sizes = [
            abs(_change(means, *span)) / max(median_of(means[span[0] : span[2]]), TINY)
            for span in spans
        ]
        least = int(np.argmin(sizes))
        if sizes[least] >= SMALLEST_STEP:
            break
        cuts = cuts[:least] + cuts[least + 1 :]
    return cuts


def _change(means: NDArray[np.float64], before: int, cut: int, after: int) -> float:
    return median_of(means[cut:after]) - median_of(means[before:cut])


def _stays(edges: list[int], changes: list[float], at: int) -> int:
    """Days around a step without one back: a stair counts whole, a working week does not."""
    back = [change * changes[at] < 0 and abs(change) > abs(changes[at]) / 2 for change in changes]
    first, last = at, at
    while first > 0 and not back[first - 1]:
        first -= 1
    while last + 1 < len(changes) and not back[last + 1]:
        last += 1
    cut = edges[at + 1]
    return min(cut - edges[first], edges[last + 2] - cut)


def usual_before(
    days: NDArray[np.float64], weekend: NDArray[np.bool_], day: int
) -> NDArray[np.float64]:
    """The usual load in kW of the four weeks before a day: rows workday and weekend, 24 hours.

    A kind of day that was not seen takes the other's.
    """
    part = slice(max(day - LONGEST_DAYS, 0), day)
    known, rest = days[part], weekend[part]
    rows = [known[~rest], known[rest]]
    return np.array([
        _usual(row if len(row) and np.isfinite(row).any(axis=0).all() else known) for row in rows
    ])  # fmt: skip


def segment(levels: NDArray[np.float64]) -> list[int]:
    """Cuts of the best piecewise-constant fit under a penalty for each cut (least squares).

    Optimal partitioning by dynamic programming (Jackson et al. 2005), quadratic in the days.
    """
    size = len(levels)
    noise = spread_of(np.diff(levels)) / np.sqrt(2)
    variance = max(noise, 0.02 * float(np.abs(levels).mean()), TINY) ** 2
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


def _step(
    days: NDArray[np.float64], rest: NDArray[np.bool_], span: tuple[int, int, int], stays: int
) -> Step | None:
    before, after = _like_days(days, rest, span)
    if min(len(before), len(after)) < FEWEST_DAYS:
        return None
    usual, now = _usual(before), _usual(after)
    gain = now - usual
    if not np.isfinite(gain).all():
        return None
    begin, hours = _block_of(gain)
    on = (begin + np.arange(hours)) % HOURS_A_DAY
    kw = median_of(gain[on])
    level = max(float(now.mean()), float(usual.mean()), TINY)
    if abs(kw) * hours / HOURS_A_DAY < SMALLEST_STEP * level:
        return None
    gained = _medians(after[:, on] - usual[on])  # a value a day
    day, sharp = _when(days, rest, span[1], on, kw)
    return Step(
        day=day,
        kw=kw,
        evenness=max(0.0, 1 - 2 * float(np.abs(gain[on] - kw).mean()) / abs(kw)),
        begin=begin,
        hours=hours,
        sharp=sharp,
        lasting=max(0.0, 1 - 2 * spread_of(gained) / abs(kw)),
        share=abs(kw) * hours / HOURS_A_DAY / level,
        weeks=min(stays, WHOLE_WEEK) / WHOLE_WEEK,
    )


def _when(
    days: NDArray[np.float64], rest: NDArray[np.bool_], cut: int, on: NDArray[np.int64], kw: float
) -> tuple[int, float]:
    """The day on which the step came, near a cut, and how much of it came that day."""
    usual = usual_before(days, rest, max(cut - NEAR, 1))
    near = np.arange(max(cut - NEAR, 1), min(cut + NEAR + 1, len(days)))
    gained = _medians(days[near][:, on] - usual[rest[near].astype(int)][:, on]) / kw
    risen = np.flatnonzero(gained >= HALF)
    if not risen.size:
        return cut, 0.0
    first = int(risen[0])
    before = median_of(gained[max(first - 3, 0) : first]) if first else 0.0
    return int(near[first]), float(np.clip(median_of(gained[first : first + 3]) - before, 0, 1))


def _usual(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each hour over days, NaN for an hour that was never read."""
    return _medians(days.T)


def _medians(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each row's known values; NaN for a row without any."""
    known = np.isfinite(rows).any(axis=1)
    found = np.full(len(rows), np.nan)
    if known.any():
        found[known] = np.nanmedian(rows[known], axis=1)
    return found


def _block_of(gain: NDArray[np.float64]) -> tuple[int, int]:
    begin, hours, fit = two_levels(gain)
    inside = np.zeros(HOURS_A_DAY, dtype=bool)
    inside[(begin + np.arange(hours)) % HOURS_A_DAY] = True
    rest = median_of(gain[~inside])
    if fit >= LEAST_FIT and abs(rest) < (1 - LEAST_CONTRAST) * median_of(gain[inside]):
        return begin, hours
    return 0, HOURS_A_DAY
