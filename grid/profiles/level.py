"""Features of level: how high, how even, by day and week, season and weather.

A curve is looked at whole and in blocks of 28 days counted back from its end, since a farm that
came in autumn shows in autumn only.
"""

import numpy as np
from numpy.typing import NDArray

from grid.profiles.compiled import inner
from grid.profiles.order import HOURS, MONTH, Row, Table, middle, rank, sort_columns, sorted_few

BLOCK = 28
TINY = 1e-6
COMFORT, WARM = 16.0, 20.0  # degrees C: heating below, cooling above
FEWEST_DEGREES = 21  # days of weather
UNKNOWN = np.nan

BLOCKS = (
    "floor_share", "floor_spread", "swing", "ripple", "band", "rough", "noise_zero",
    "weekend_floor", "lean",
)  # fmt: skip
NAMES = (
    "days", "size", "load_factor",
    *(f"{name}_{which}" for name in BLOCKS for which in ("last", "best", "middle")),
    "mean_season", "floor_season", "floor_first", "floor_last", "floor_low", "floor_mid",
    "floor_top", "level_low", "level_mid", "level_top", "day_spread", "night_day",
    "night_day_last", "weekend", "weekend_last", "noise_zero_range", "turning", "turning_last",
    "weather", "weather_floor", "weather_cold", "weather_warm", "weather_slope",
)  # fmt: skip
Features = NDArray[np.float32]


@inner
def roughness(full: Table) -> tuple[Row, Row, Row, Row, Row, Row]:
    """Per day, over its hours: sums of level and change from the day before, for a line fit.

    Returns sums of x, y, x*x, x*y, of the second and the first difference along the day, where
    x is the level of two neighbouring days and y the change between them. In an ordinary load
    the change grows with the level; a constant part moves the level at which it would vanish.
    """
    days = full.shape[1]
    sx, sy = np.zeros(days, dtype=np.float32), np.zeros(days, dtype=np.float32)
    sxx, sxy = np.zeros(days, dtype=np.float32), np.zeros(days, dtype=np.float32)
    bend, turn = np.zeros(days, dtype=np.float32), np.zeros(days, dtype=np.float32)
    half = np.float32(0.5)
    for h in range(HOURS):
        for d in range(1, days):
            x = (full[h, d] + full[h, d - 1]) * half
            y = abs(full[h, d] - full[h, d - 1])
            sx[d] += x
            sy[d] += y
            sxx[d] += x * x
            sxy[d] += x * y
    for h in range(1, HOURS - 1):
        for d in range(days):
            bend[d] += abs(full[h, d] - (full[h - 1, d] + full[h + 1, d]) * half)
    for h in range(1, HOURS):
        for d in range(days):
            turn[d] += abs(full[h, d] - full[h - 1, d])
    return sx, sy, sxx, sxy, bend, turn


@inner
def noise_zero(x: float, y: float, xx: float, xy: float, count: float) -> float:
    """Where the line of change over level meets zero change, as a share of the mean level."""
    spread = xx - x * x / count
    if spread <= TINY * max(xx, TINY):
        return 1.0
    slope = (xy - x * y / count) / spread
    if slope <= TINY:
        return 1.0
    return min(max((x - y / slope) / max(x, TINY), -2.0), 1.0)


@inner
def by_blocks(values: Row, count: int) -> Table:
    """Each block's days sorted, a column a block; column 0 is the last block."""
    found = np.full((BLOCK, count), np.float32(np.inf))
    for b in range(count):
        end = values.size - b * BLOCK
        begin = max(end - BLOCK, 0)
        for d in range(begin, end):
            found[d - begin, b] = values[d]
    sort_columns(found, MONTH)
    return found


@inner
def block_features(
    full: Table, levels: Table, weekend: NDArray[np.bool_]
) -> tuple[Table, Table, Row]:
    """Features of each block of 28 days (rows as in ``BLOCKS``), and its mean and floor in kW.

    Column 0 is the last block; the first days that fill no block are left out, unless there is
    but one. The third answer is each day's sum of changes from hour to hour.
    """
    days = full.shape[1]
    count = max(days // BLOCK, 1)
    found = np.zeros((len(BLOCKS), count), dtype=np.float32)
    sizes = np.zeros((3, count), dtype=np.float32)
    sx, sy, sxx, sxy, bend, turn = roughness(full)
    floors, usuals, highs = (
        by_blocks(levels[1], count), by_blocks(levels[3], count), by_blocks(levels[5], count),
    )  # fmt: skip
    ripples, bends = by_blocks(levels[7], count), by_blocks(bend, count)
    for b in range(count):
        end = days - b * BLOCK
        begin = max(end - BLOCK, 0)
        width = end - begin
        mean = 0.0
        for d in range(begin, end):
            mean += levels[0, d]
        mean = max(mean / width, TINY)
        floor, usual = middle(floors, b, width), middle(usuals, b, width)
        found[0, b] = floor / mean
        found[1, b] = (rank(floors[:width, b], 0.9) - rank(floors[:width, b], 0.1)) / max(
            floor, TINY
        )
        found[2, b] = (middle(highs, b, width) - floor) / max(usual, TINY)
        found[3, b] = middle(ripples, b, width)
        found[4, b] = _in_band(levels, begin, end, usual)
        found[5, b] = middle(bends, b, width) / (HOURS - 2) / mean
        x, y, xx, xy = 0.0, 0.0, 0.0, 0.0
        for d in range(max(begin, 1), end):
            x += sx[d]
            y += sy[d]
            xx += sxx[d]
            xy += sxy[d]
        found[6, b] = noise_zero(x, y, xx, xy, HOURS * float(end - max(begin, 1)))
        found[7, b] = _weekend_ratio(levels[1], weekend, begin, end)
        found[8, b] = _lean(levels, begin, end)
        sizes[0, b], sizes[1, b], sizes[2, b] = mean, floor, usual
    return found, sizes, turn


@inner
def _lean(levels: Table, begin: int, end: int) -> float:
    """Where the middle of a day's range lies below its top, as a share of the range.

    Devices are up or not: the top is all of them, and hours hang below it. A load with even
    noise has its middle half way.
    """
    above, whole = 0.0, 0.0
    for d in range(begin, end):
        above += levels[5, d] - levels[3, d]
        whole += levels[5, d] - levels[1, d]
    return above / whole if whole > TINY else 0.5


@inner
def _in_band(levels: Table, begin: int, end: int, middle: float) -> float:
    """Share of days whose hours, but a few of the least and most, lie within 10 % of a level."""
    inside = 0
    for d in range(begin, end):
        if levels[1, d] >= 0.9 * middle and levels[5, d] <= 1.1 * middle:
            inside += 1
    return inside / (end - begin)


@inner
def _weekend_ratio(level: Row, weekend: NDArray[np.bool_], begin: int, end: int) -> float:
    """A daily level on working days against that of weekends; 1 where one kind is missing."""
    work, rest, works, rests = 0.0, 0.0, 0, 0
    for d in range(begin, end):
        if weekend[d]:
            rest += level[d]
            rests += 1
        else:
            work += level[d]
            works += 1
    if not works or not rests:
        return 1.0
    return min((work / works + TINY) / (rest / rests + TINY), 10.0)


@inner
def _sums(full: Table, low: int, high: int) -> Row:
    """Per day the sum of some hours."""
    found = np.zeros(full.shape[1], dtype=np.float32)
    for h in range(low, high):
        for d in range(full.shape[1]):
            found[d] += full[h, d]
    return found


@inner
def _mean(values: Row, begin: int) -> float:
    total = 0.0
    for d in range(begin, values.size):
        total += values[d]
    return total / (values.size - begin)


@inner
def _correlation(x: Row, y: Row) -> tuple[float, float, int]:
    """Correlation, slope and count over the days on which ``y`` is known."""
    n, sx, sy, sxx, syy, sxy = 0, 0.0, 0.0, 0.0, 0.0, 0.0
    for d in range(x.size):
        a, b = float(x[d]), float(y[d])
        if b == b:  # noqa: PLR0124 - NaN
            n += 1
            sx += a
            sy += b
            sxx += a * a
            syy += b * b
            sxy += a * b
    if n < FEWEST_DEGREES:
        return UNKNOWN, UNKNOWN, n
    vx, vy, c = sxx - sx * sx / n, syy - sy * sy / n, sxy - sx * sy / n
    if vx <= TINY * max(sxx, TINY) or vy <= TINY:
        return 0.0, 0.0, n
    return c / np.sqrt(vx * vy), c / vy, n


@inner
def weather_features(levels: Table, degrees: Row, mean: float, out: Features) -> None:
    """How the daily mean and floor follow the outdoor temperature; NaN without weather."""
    known = 0
    for d in range(degrees.size):
        if degrees[d] == degrees[d]:
            known += 1
    if known < FEWEST_DEGREES:
        out[:] = UNKNOWN
        return
    cold, warm = np.empty_like(degrees), np.empty_like(degrees)
    for d in range(degrees.size):
        cold[d] = max(np.float32(COMFORT) - degrees[d], np.float32(0.0))
        warm[d] = max(degrees[d] - np.float32(WARM), np.float32(0.0))
        if degrees[d] != degrees[d]:
            cold[d] = degrees[d]
            warm[d] = degrees[d]
    out[0], slope, _ = _correlation(levels[0], degrees)
    out[1], _, _ = _correlation(levels[1], degrees)
    out[2], slope, _ = _correlation(levels[0], cold)
    out[3], _, _ = _correlation(levels[0], warm)
    out[4] = slope * 10 / mean


@inner
def level_features(
    full: Table, levels: Table, weekend: NDArray[np.bool_], degrees: Row, sizes: Table,
    found: Table, turn: Row, out: Features,
) -> None:  # fmt: skip
    """Writes the features after the first three of ``NAMES``; ``found`` and ``sizes`` by block."""
    days, blocks = full.shape[1], found.shape[1]
    last = max(days - BLOCK, 0)
    at = 0
    for k in range(found.shape[0]):
        ordered = sorted_few(found[k])
        best = ordered[blocks - 1] if k in (0, 4, 6) else ordered[0]
        out[at], out[at + 1], out[at + 2] = found[k, 0], best, ordered[blocks // 2]
        at += 3
    mean = max(float(levels[0].mean()), TINY)
    means, floors = sorted_few(sizes[0]), sorted_few(sizes[1])
    out[at] = (means[blocks - 1] - means[0]) / mean
    out[at + 1] = (floors[blocks - 1] - floors[0]) / mean
    out[at + 2], out[at + 3] = sizes[1, blocks - 1] / mean, sizes[1, 0] / mean
    floor, level = np.sort(levels[1]), np.sort(levels[3])
    out[at + 4], out[at + 5], out[at + 6] = (
        rank(floor, 0.05) / mean, rank(floor, 0.5) / mean, rank(floor, 0.95) / mean,
    )  # fmt: skip
    out[at + 7], out[at + 8], out[at + 9] = (
        rank(level, 0.05) / mean, rank(level, 0.5) / mean, rank(level, 0.95) / mean,
    )  # fmt: skip
    out[at + 10] = levels[0].std() / mean
    night, noon = _sums(full, 0, 6), _sums(full, 9, 18)
    for k in range(2):
        begin = last if k else 0
        ratio = (_mean(night, begin) / 6 + TINY) / (_mean(noon, begin) / 9 + TINY)
        out[at + 11 + k] = min(ratio, 10.0)
    out[at + 13] = _weekend_ratio(levels[0], weekend, 0, days)
    out[at + 14] = _weekend_ratio(levels[0], weekend, last, days)
    zeros = sorted_few(found[6])
    out[at + 15] = zeros[blocks - 1] - zeros[0]
    out[at + 16] = _mean(turn, 0) / (HOURS - 1) / mean
    out[at + 17] = _mean(turn, last) / (HOURS - 1) / max(float(sizes[0, 0]), TINY)
    weather_features(levels, degrees, mean, out[at + 18 : at + 23])
