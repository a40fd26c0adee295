"""Readings laid on local days, and what each day shows by itself."""

import numpy as np
from numpy.typing import NDArray

from grid.profiles.compiled import compiled, inner
from grid.profiles.order import HOURS, Row, Table, sort_days

LONGEST_DAYS = 371  # 53 weeks: a curve is judged by its last year
WINDOW_HOURS = 28 * HOURS
HALF_A_DAY = HOURS // 2
WEEK = 7
MINUTES_AN_HOUR = 60
TOP = 4  # the fourth-highest of 672 hours is their 99.5 % quantile
LOW, QUARTER, MIDDLE, THREE_QUARTERS, HIGH = 2, 6, 12, 17, 21  # ranks among 24 hours

Ticks = NDArray[np.int64]
Numbers = NDArray[np.int64]


@inner
def local_hour(hour: int, shifts: Numbers, offsets: Numbers) -> int:
    """Local hours since 1970 of a UTC hour; ``offsets`` (minutes) hold from ``shifts`` on."""
    at = 0
    while at + 1 < shifts.size and shifts[at + 1] <= hour:
        at += 1
    local: int = (hour * MINUTES_AN_HOUR + offsets[at]) // MINUTES_AN_HOUR
    return local


@inner
def hourly(starts: Ticks, kwh: NDArray[np.float64], step: int, tick: int) -> tuple[Row, int]:
    """Readings in time order as mean kW of every hour, NaN where none, and the first UTC hour.

    Of equal starts the last counts; an hour counts when at least half of it was read.
    """
    hour_ticks = tick * MINUTES_AN_HOUR
    size, parts = starts.size, MINUTES_AN_HOUR // step
    first = starts[0] // hour_ticks
    count = starts[size - 1] // hour_ticks - first + 1
    found = np.full(count, np.float32(np.nan))
    strays = 0
    for i in range(1, size):
        strays += starts[i] - starts[i - 1] != hour_ticks
    if parts == 1 and strays == 0:
        for i in range(size):
            found[i] = np.float32(kwh[i])
    else:
        i = 0
        while i < size:
            hour = starts[i] // hour_ticks
            end = (hour + 1) * hour_ticks
            energy, seen = 0.0, 0
            while i < size and starts[i] < end:
                value = float(kwh[i])
                if value >= 0 and (i + 1 == size or starts[i + 1] != starts[i]):
                    energy += value
                    seen += 1
                i += 1
            if 2 * seen >= parts:
                found[hour - first] = energy * parts / seen
    for k in range(count):
        if found[k] < 0:
            found[k] = np.float32(np.nan)
    return found, first


@inner
def recent_figures(kw: Row, out: NDArray[np.float64]) -> None:
    """Of the last 28 days: mean kW, highest kW, load factor, share of hours present.

    The load factor takes the fourth-highest hour for the peak: the 99.5 % quantile of 672.
    """
    top = np.full(TOP, -1.0)
    total, count = 0.0, 0
    begin = max(kw.size - WINDOW_HOURS, 0)
    for k in range(begin, kw.size):
        value = float(kw[k])
        if value >= 0:
            total += value
            count += 1
            if value > top[0]:
                place = 0
                while place + 1 < TOP and value > top[place + 1]:
                    top[place] = top[place + 1]
                    place += 1
                top[place] = value
    mean = total / count if count else 0.0
    peak = top[0] if top[0] > 0 else top[TOP - 1]
    out[0], out[1] = mean, max(top[TOP - 1], 0.0)
    out[2] = min(mean / peak, 1.0) if peak > 0 else 0.0
    out[3] = count / (kw.size - begin)


@compiled
def lay(
    starts: Ticks, kwh: NDArray[np.float64], step: int, tick: int, shifts: Numbers,
    offsets: Numbers, recent: NDArray[np.float64],
) -> tuple[Table, int]:  # fmt: skip
    """Readings in time order as a table of mean kW (local hours x days) and its first day.

    ``starts`` in ticks since 1970 UTC, ``tick`` of them a minute; ``step`` minutes an interval.
    Of an hour that comes twice the later stands in the table. ``recent`` receives what
    ``recent_figures`` tells of all UTC hours, and the share of hours present in the whole table.
    """
    kw, begun = hourly(starts, kwh, step, tick)
    recent_figures(kw, recent)
    last = begun + kw.size - 1
    until = local_hour(last, shifts, offsets) // HOURS
    first = max(local_hour(begun, shifts, offsets) // HOURS, until - LONGEST_DAYS + 1)
    table = np.full((HOURS, until - first + 1), np.float32(np.nan), dtype=np.float32)
    known, at, laid, k = 0, 0, 0, 0
    while k < kw.size:
        hour = begun + k
        while at + 1 < shifts.size and shifts[at + 1] <= hour:
            at += 1
        stop = kw.size
        if at + 1 < shifts.size:
            stop = min(stop, shifts[at + 1] - begun)
        local = (hour * MINUTES_AN_HOUR + offsets[at]) // MINUTES_AN_HOUR - first * HOURS
        k += max(-local, 0)  # what lies before the table
        local = max(local, 0)
        day, h = local // HOURS, local % HOURS
        while k < stop:
            value = kw[k]
            table[h, day] = value
            known += value >= 0
            laid += 1
            k += 1
            h += 1
            if h == HOURS:
                h = 0
                day += 1
    recent[4] = known / max(laid, 1)
    return table, first


@inner
def filled(table: Table) -> Table:
    """The table without gaps: a missing hour takes that of a week ago, else of the day before."""
    found = table.copy()
    days = table.shape[1]
    for h in range(HOURS):
        first = 0
        while first < days and found[h, first] != found[h, first]:
            first += 1
        before = found[h, first] if first < days else np.float32(0.0)
        for d in range(first):
            found[h, d] = before
        for d in range(first, days):
            if found[h, d] != found[h, d]:
                found[h, d] = found[h, d - WEEK] if d >= WEEK else found[h, d - 1]
    return found


@inner
def known_hours(table: Table) -> Row:
    """How many hours of each day were read."""
    count = np.zeros(table.shape[1], dtype=np.float32)
    for h in range(HOURS):
        for d in range(table.shape[1]):
            value = table[h, d]
            count[d] += np.float32(1.0) if value == value else np.float32(0.0)  # noqa: PLR0124
    return count


@compiled
def day_levels(full: Table, count: Row) -> tuple[Table, Table]:
    """Days in order, and of each day: mean, ranks LOW to HIGH, the top, quiet-hour ripple, lowest.

    A day of which less than half was read takes the levels of the day before.
    """
    days = full.shape[1]
    ordered = sort_days(full)
    levels = np.zeros((9, days), dtype=np.float32)
    squares = np.zeros(days, dtype=np.float32)
    for h in range(HOURS):
        for d in range(days):
            levels[0, d] += full[h, d]
    for h in range(1, 9):
        for d in range(days):
            levels[7, d] += ordered[h, d]
            squares[d] += ordered[h, d] * ordered[h, d]
    for d in range(days):
        levels[0, d] /= HOURS
        quiet = levels[7, d] / np.float32(8)
        spread = max(squares[d] / np.float32(8) - quiet * quiet, np.float32(0.0))
        levels[7, d] = np.sqrt(spread) / max(quiet, np.float32(1e-9))
        levels[1, d], levels[2, d] = ordered[LOW, d], ordered[QUARTER, d]
        levels[3, d], levels[4, d] = ordered[MIDDLE, d], ordered[THREE_QUARTERS, d]
        levels[5, d], levels[6, d] = ordered[HIGH, d], ordered[HOURS - 1, d]
        levels[8, d] = ordered[0, d]
    for d in range(1, days):
        if count[d] < HALF_A_DAY:
            for k in range(levels.shape[0]):
                levels[k, d] = levels[k, d - 1]
    return ordered, levels
