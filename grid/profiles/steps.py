"""Lasting steps: the days on which a load was added or taken away, and the step's shape by hour.

What a step added is read off by the clock: the usual load of each hour after it, less the usual
load of that hour before it. So a farm behind an ordinary load shows itself without the base.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grid.profiles.block import two_levels
from grid.profiles.compiled import inner
from grid.profiles.level import TINY, Features
from grid.profiles.order import (
    FORTNIGHT,
    HOURS,
    Row,
    Table,
    median_few,
    middle,
    sort_columns,
)  # fmt: skip

MOST = 6  # candidates looked at
TOLD = 2  # upward steps that become features
WEEK = 7
HALF_WINDOW = 7  # days on either side that a candidate is seen by
LONGEST_SIDE = 14  # days on either side that its shape is read from
SHORTEST_SIDE = 3
LEAST_FIT, LEAST_CONTRAST = 0.80, 0.5  # what makes a block of a step: two levels, one near none
EVEN = 0.5  # a step that is counted into the sum
KW, EVENNESS, BEGIN, ON, SHARP, LASTING, DAY, SWING, ROUGH, FIT = range(10)
PARTS = ("kw", "even", "hours", "sharp", "lasting", "when", "swing", "rough", "share", "fit")
NAMES = (
    *(f"up{i}_{part}" for i in range(1, TOLD + 1) for part in PARTS),
    *(f"down_{part}" for part in PARTS),
    "ups", "ups_kw", "ups_share", "downs_kw", "jump_ratio",
)  # fmt: skip


@inner
def weekly_gains(full: Table) -> tuple[Row, Row]:
    """For each day: how well a week after it differs alike in all hours from the week before.

    Returns the gain that is common to the hours of some six-hour part or of the whole day
    (signed kW; mean less spread over the hours), and the greatest mean gain.
    """
    days = full.shape[1]
    common, plain = np.zeros(days, dtype=np.float32), np.zeros(days, dtype=np.float32)
    width = min(HALF_WINDOW, days // 2)
    if width < SHORTEST_SIDE:
        return common, plain
    sums = np.zeros((4, days), dtype=np.float32)
    squares = np.zeros((4, days), dtype=np.float32)
    gain = np.zeros(days, dtype=np.float32)
    over = np.float32(1.0 / width)
    for h in range(HOURS):
        gain[:] = np.float32(0.0)
        row = full[h]
        inner_gain = gain[width : days - width + 1]
        for k in range(width):
            after, before = row[width + k :], row[width - 1 - k :]
            for i in range(inner_gain.size):
                inner_gain[i] += after[i] - before[i]
        total, square = sums[h // 6], squares[h // 6]
        for d in range(days):
            value = gain[d] * over
            total[d] += value
            square[d] += value * value
    for d in range(width, days - width + 1):
        whole, whole_square = np.float32(0.0), np.float32(0.0)
        best, most = np.float32(0.0), np.float32(0.0)
        for q in range(5):
            if q < 4:
                mean, square = sums[q, d] / np.float32(6), squares[q, d] / np.float32(6)
                whole += sums[q, d]
                whole_square += squares[q, d]
            else:
                mean, square = whole / np.float32(HOURS), whole_square / np.float32(HOURS)
            spread = np.sqrt(max(square - mean * mean, np.float32(0.0)))
            sure = max(abs(mean) - spread, np.float32(0.0)) * (np.float32(0.5 if q < 4 else 1.0))
            if sure > abs(best):
                best = sure if mean > 0 else -sure
            if abs(mean) > abs(most):
                most = mean
        common[d] = best + np.float32(0.15) * most
        plain[d] = most
    return common, plain


@inner
def candidates(common: Row) -> NDArray[np.int64]:
    """The days of the greatest common gains, some days apart, in order of time."""
    left = np.abs(common)
    found = np.empty(MOST, dtype=np.int64)
    count = 0
    while count < MOST:
        day = int(np.argmax(left))
        if left[day] <= TINY:
            break
        found[count] = day
        count += 1
        left[max(day - 4, 0) : day + 5] = np.float32(0.0)
    return np.sort(found[:count])


@inner
def _usual_day(full: Table, begin: int, end: int) -> NDArray[np.float64]:
    """The median of each hour over some days, ``LONGEST_SIDE`` at most."""
    by_day = np.full((LONGEST_SIDE, HOURS), np.float32(np.inf))
    for h in range(HOURS):
        for d in range(begin, end):
            by_day[d - begin, h] = full[h, d]
    sort_columns(by_day, FORTNIGHT)
    usual = np.empty(HOURS)
    for h in range(HOURS):
        usual[h] = middle(by_day, h, end - begin)
    return usual


@inner
def _mean_over(full: Table, begin_hour: int, hours: int, begin: int, end: int) -> float:
    """Mean kW of some clock hours over some days."""
    total = 0.0
    for k in range(hours):
        h = (begin_hour + k) % HOURS
        part: Any = np.float32(0.0)  # summed in 32 bits
        for d in range(begin, end):
            part += full[h, d]
        total += part
    return total / max(hours * (end - begin), 1)


@inner
def _mean_level(levels: Table, kind: int, begin: int, end: int) -> float:
    total = 0.0
    for d in range(begin, end):
        total += levels[kind, d]
    return total / max(end - begin, 1)


@inner
def _sides(day: int, before: int, after: int) -> tuple[int, int]:
    """Where the comparison begins and ends: whole weeks if the neighbours leave room."""
    left = min(day - before, LONGEST_SIDE)
    right = min(after - day, LONGEST_SIDE)
    left = left // WEEK * WEEK if left >= WEEK else left
    right = right // WEEK * WEEK if right >= WEEK else right
    return day - left, day + right


@inner
def _when(full: Table, day: int, begin: int, hours: int, kw: float) -> tuple[int, float]:
    """The day near a cut on which the on-hours rose most from one day to the next, and by what."""
    days = full.shape[1]
    best, most = day, -1.0
    for d in range(max(day - 3, 1), min(day + 4, days)):
        after = _mean_over(full, begin, hours, d, min(d + 2, days))
        before = _mean_over(full, begin, hours, max(d - 2, 0), d)
        share = (after - before) / kw
        if share > most:
            best, most = d, share
    return best, min(max(most, 0.0), 2.0)


@inner
def shape_of(  # one step against its neighbours
    full: Table, levels: Table, day: int, before: int, after: int, step: Row
) -> bool:
    """Fills ``step`` (KW to FIT) for a cut; False when there is too little on either side."""
    left, right = _sides(day, before, after)
    if day - left < SHORTEST_SIDE or right - day < SHORTEST_SIDE:
        return False
    days = full.shape[1]
    gain = np.empty(HOURS, dtype=np.float32)
    now, earlier = _usual_day(full, day, right), _usual_day(full, left, day)
    for h in range(HOURS):
        gain[h] = now[h] - earlier[h]
    whole_day = median_few(gain)
    sign = np.float32(1.0 if gain.mean() >= 0 else -1.0)
    begin, hours, fit, _gap = two_levels(gain * sign)
    inside, outside = np.empty_like(gain), np.empty_like(gain)
    for k in range(HOURS):
        if k < hours:
            inside[k] = gain[(begin + k) % HOURS]
        else:
            outside[k - hours] = gain[(begin + k) % HOURS]
    kw = median_few(inside[:hours])
    rest = median_few(outside[: HOURS - hours])
    if fit < LEAST_FIT or abs(rest) >= (1 - LEAST_CONTRAST) * abs(kw) or hours == HOURS:
        begin, hours, kw = 0, HOURS, whole_day
    if abs(kw) <= TINY:
        return False
    uneven = 0.0
    for k in range(hours):
        uneven += abs(gain[(begin + k) % HOURS] - kw)
    found, sharp = _when(full, day, begin, hours, kw)
    base = _mean_over(full, begin, hours, left, day)
    end = min(days, max(after, right))
    late = _mean_over(full, begin, hours, max(end - LONGEST_SIDE, day), end)
    swing = _mean_level(levels, 5, left, day) - _mean_level(levels, 1, left, day)
    swing_after = _mean_level(levels, 5, day, right) - _mean_level(levels, 1, day, right)
    rough = _mean_level(levels, 7, left, day) * max(_mean_level(levels, 1, left, day), TINY)
    rough_after = _mean_level(levels, 7, day, right) * max(_mean_level(levels, 1, day, right), TINY)
    step[KW], step[BEGIN], step[ON], step[SHARP], step[DAY] = kw, begin, hours, sharp, found
    step[EVENNESS] = max(1 - 2 * uneven / hours / abs(kw), -1.0)
    step[LASTING] = min(max((late - base) / kw, -1.0), 2.0)
    step[SWING] = min(max((swing_after - swing) / abs(kw), -5.0), 5.0)
    step[ROUGH] = min(max((rough_after - rough) / abs(kw), -2.0), 2.0)
    step[FIT] = fit
    return True


@inner
def find_steps(full: Table, levels: Table) -> Table:
    """Steps in order of time, a row each (KW to FIT)."""
    days = full.shape[1]
    common, _plain = weekly_gains(full)
    cuts = candidates(common)
    found = np.zeros((MOST, 10), dtype=np.float32)
    count = 0
    for i in range(cuts.size):
        before, after = 0, days
        for j in range(cuts.size):  # a neighbour counts when it is not much smaller
            if abs(common[cuts[j]]) >= 0.3 * abs(common[cuts[i]]):
                if cuts[j] < cuts[i]:
                    before = max(before, cuts[j])
                elif cuts[j] > cuts[i]:
                    after = min(after, cuts[j])
        if shape_of(full, levels, cuts[i], before, after, found[count]):
            count += 1
    return found[:count]


@inner
def worth(step: Row) -> float:
    """How much a step weighs: its energy, more when it is even, sharp and lasting."""
    even = max(float(step[EVENNESS]), 0.05)
    sharp = min(max(float(step[SHARP]), 0.2), 1.0)
    lasting = min(max(float(step[LASTING]), 0.2), 1.0)
    return abs(float(step[KW])) * float(step[ON]) / HOURS * even * sharp * lasting


@inner
def step_order(steps: Table, sign: float) -> NDArray[np.int64]:
    """Rows of the steps that rise (sign 1) or fall (-1), the weightiest first."""
    weights = np.zeros(steps.shape[0])
    for i in range(steps.shape[0]):
        rises = steps[i, KW] * sign > 0
        weights[i] = worth(steps[i]) if rises else -1.0
    order = np.argsort(-weights)
    count = 0
    while count < order.size and weights[order[count]] >= 0:
        count += 1
    return order[:count]


@inner
def _write(step: Row, days: int, mean: float, level: float, out: Features) -> None:
    out[0], out[1], out[2] = step[KW] / mean, step[EVENNESS], step[ON]
    out[3], out[4], out[5] = step[SHARP], step[LASTING], step[DAY] / days
    out[6], out[7] = step[SWING], step[ROUGH]
    out[8], out[9] = step[KW] * step[ON] / HOURS / max(level, TINY), step[FIT]


@inner
def step_features(steps: Table, levels: Table, mean: float, out: Features) -> tuple[float, int]:
    """Writes ``NAMES``; returns kW and count of the even upward steps together."""
    days = levels.shape[1]
    ups, downs = step_order(steps, 1.0), step_order(steps, -1.0)
    size = len(PARTS)
    for i in range(TOLD):
        if i < ups.size:
            step = steps[ups[i]]
            first = int(step[DAY])
            level = _mean_level(levels, 0, first, min(first + LONGEST_SIDE, days))
            _write(step, days, mean, level, out[i * size : (i + 1) * size])
        else:
            out[i * size : (i + 1) * size] = np.nan
    at = TOLD * size
    if downs.size:
        step = steps[downs[0]]
        first = int(step[DAY])
        level = _mean_level(levels, 0, max(first - LONGEST_SIDE, 0), max(first, 1))
        _write(step, days, mean, level, out[at : at + size])
    else:
        out[at : at + size] = np.nan
    at += size
    kw, count, lost = 0.0, 0, 0.0
    for i in range(steps.shape[0]):
        if steps[i, EVENNESS] >= EVEN:
            if steps[i, KW] > 0:
                kw += steps[i, KW]
                count += 1
            else:
                lost -= steps[i, KW]
    last = _mean_level(levels, 0, max(days - LONGEST_SIDE, 0), days)
    out[at], out[at + 1], out[at + 2] = count, kw / mean, min(kw / max(last, TINY), 10.0)
    out[at + 3] = lost / mean
    out[at + 4] = float(steps[ups[0], KW]) / max(kw, TINY) if ups.size and kw > 0 else 0.0
    return kw, count
