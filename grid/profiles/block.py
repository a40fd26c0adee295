"""Load that is switched by the clock: on at one fixed hour, off at another, flat in between.

Miners on imported power ran from midnight to ten because the night tariff was about half of the
day's; others switch off in the dear evening. Street lamps follow the sun instead of the clock.
"""

import numpy as np
from numpy.typing import NDArray

from grid.profiles.compiled import compiled, inner
from grid.profiles.level import BLOCK, TINY, Features
from grid.profiles.order import HOURS, Row, Table

NAMES = (
    "block_size", "block_hours", "block_on", "block_rise", "block_fall", "block_twin", "block_top",
    "block_low", "block_weekend", "block_moves", "block_months", "block_size_last", "profile_fit",
    "profile_hours", "profile_begin", "profile_gap",
)  # fmt: skip
SHORTEST, LONGEST = 4, 21
HELD = 0.5  # a month whose block has half the size of the greatest counts as one


@compiled
def two_levels(usual: Row) -> tuple[int, int, float, float]:
    """The contiguous block of hours whose two-level fit explains most of a daily shape.

    Returns its first hour, its hours, the share explained, and the gap between the levels.
    """
    mean, variance = 0.0, 0.0
    for h in range(HOURS):
        mean += usual[h]
    mean /= HOURS
    for h in range(HOURS):
        variance += (usual[h] - mean) ** 2
    begin, hours, best, best_gap = 0, SHORTEST, 0.0, 0.0
    for first in range(HOURS):
        inside = 0.0
        for count in range(1, LONGEST + 1):
            inside += usual[(first + count - 1) % HOURS] - mean
            if count < SHORTEST:
                continue
            gap = inside / count + inside / (HOURS - count)
            explained = gap * gap * count * (HOURS - count) / HOURS
            if gap > 0 and explained > best:
                begin, hours, best, best_gap = first, count, explained, gap
    if variance <= TINY * TINY or best <= 0:
        return 0, HOURS, 0.0, 0.0
    return begin, hours, min(best / variance, 1.0), best_gap


@inner
def jumps(full: Table, begin: int, end: int, mean: Row, spread: Row) -> None:
    """For each hour, mean and spread over days of the change from the hour before, in kW."""
    for h in range(HOURS):
        total, squares, count = 0.0, 0.0, 0
        for d in range(begin, end):
            if h == 0 and d == 0:
                continue
            before = full[h - 1, d] if h else full[HOURS - 1, d - 1]
            change = float(full[h, d] - before)
            total += change
            squares += change * change
            count += 1
        mean[h] = total / max(count, 1)
        spread[h] = np.sqrt(max(squares / max(count, 1) - float(mean[h]) ** 2, 0.0))


@inner
def _switches(mean: Row, spread: Row) -> tuple[int, int, float]:
    """The hours of the surest rise and fall, and the size in kW that both reach."""
    up, down = 0, 0
    for h in range(HOURS):
        if mean[h] - 0.5 * spread[h] > mean[up] - 0.5 * spread[up]:
            up = h
        if mean[h] + 0.5 * spread[h] < mean[down] + 0.5 * spread[down]:
            down = h
    return up, down, max(min(float(mean[up]), -float(mean[down])), 0.0)


@inner
def _mean_of(full: Table, h: int, begin: int, end: int) -> float:
    total = 0.0
    for d in range(begin, end):
        total += full[h, d]
    return total / (end - begin)


@inner
def _top(full: Table, up: int, hours: int, begin: int, end: int) -> tuple[float, float, float]:
    """Mean kW while on and while off, and the spread of the hours while on over the gap."""
    on, off, squares = 0.0, 0.0, 0.0
    for k in range(HOURS):
        level = _mean_of(full, (up + k) % HOURS, begin, end)
        if k < hours:
            on += level
            squares += level * level
        else:
            off += level
    on_mean, off_mean = on / hours, off / (HOURS - hours)
    spread = np.sqrt(max(squares / hours - on_mean * on_mean, 0.0))
    return on_mean, off_mean, spread / max(abs(on_mean - off_mean), TINY)


@inner
def _weekend_jump(
    full: Table, up: int, size: float, weekend: NDArray[np.bool_], begin: int, end: int
) -> float:
    """The rise on weekends as a share of the usual one."""
    total, count = 0.0, 0
    for d in range(max(begin, 1), end):
        if weekend[d]:
            total += full[up, d] - (full[up - 1, d] if up else full[HOURS - 1, d - 1])
            count += 1
    return total / count / max(size, TINY) if count else 1.0


@inner
def block_part(
    full: Table, weekend: NDArray[np.bool_], means: Row, out: Features, clock: Row
) -> float:
    """Writes ``NAMES``; ``clock`` receives the block's first hour, hours and kW. Returns its kW."""
    days, blocks = full.shape[1], means.size
    mean, spread = np.zeros(HOURS, dtype=np.float32), np.zeros(HOURS, dtype=np.float32)
    ups, downs = np.zeros(blocks, dtype=np.int64), np.zeros(blocks, dtype=np.int64)
    sizes = np.zeros(blocks, dtype=np.float32)
    best, rise, fall, twin = 0, 0.0, 0.0, 0.0
    for b in range(blocks):
        end = days - b * BLOCK
        begin = max(end - BLOCK, 0)
        jumps(full, begin, end, mean, spread)
        ups[b], downs[b], sizes[b] = _switches(mean, spread)
        if b == 0 or sizes[b] / max(means[b], TINY) > sizes[best] / max(means[best], TINY):
            best = b
            up, down = ups[b], downs[b]
            rise = mean[up] / (spread[up] + TINY)
            fall = -mean[down] / (spread[down] + TINY)
            twin = -float(mean[down]) / max(float(mean[up]), TINY)
    end = days - best * BLOCK
    begin = max(end - BLOCK, 0)
    up, size = ups[best], float(sizes[best])
    hours = (downs[best] - up) % HOURS
    hours = hours if hours else 1
    on, off, top = _top(full, up, hours, begin, end)
    moves, months = 0.0, 0
    for b in range(blocks):
        if sizes[b] >= HELD * size:
            months += 1
            length = (downs[b] - ups[b]) % HOURS
            moves += abs(length - hours)
    level = max(float(means[best]), TINY)
    out[0], out[1], out[2] = size / level, hours, up
    out[3], out[4], out[5] = min(rise, 50.0), min(fall, 50.0), min(max(twin, 0.0), 5.0)
    out[6], out[7] = min(top, 10.0), off / max(on, TINY)
    out[8] = min(max(_weekend_jump(full, up, size, weekend, begin, end), -1.0), 3.0)
    out[9], out[10] = moves / max(months, 1), months / blocks
    out[11] = sizes[0] / max(float(means[0]), TINY)
    usual = np.empty(HOURS, dtype=np.float32)
    for h in range(HOURS):
        usual[h] = _mean_of(full, h, begin, end)
    first, count, fit, gap = two_levels(usual)
    out[12], out[13], out[14], out[15] = fit, count, first, gap / level
    clock[0], clock[1], clock[2] = up, hours, size
    return size
