"""A curve's features: one row of numbers without unit (but ``size``), in the order of ``NAMES``."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grid.profiles import block, events, level, steps
from grid.profiles.compiled import compiled, inner
from grid.profiles.daily import day_levels, filled, known_hours, lay
from grid.profiles.level import TINY, Features
from grid.profiles.order import HOURS, Row

NAMES = (*level.NAMES, *events.NAMES, *steps.NAMES, *block.NAMES)
COUNT = len(NAMES)
AT = {name: place for place, name in enumerate(NAMES)}
LEVEL_END = len(level.NAMES)
EVENT_END = LEVEL_END + len(events.NAMES)
STEP_END = EVENT_END + len(steps.NAMES)

# What is told beside the features, in kW, days and local hours.
(
    MEAN, PEAK, LOAD_FACTOR, PRESENT, FIRST_DAY, DAYS, WHOLE_MEAN, FLOOR, LEVEL, TOP_FLOOR,
    FLOOR_RISE, BLOCK_UP, BLOCK_HOURS, BLOCK_KW, STEP_KW, STEP_DAY, STEP_BEGIN, STEP_HOURS,
    STEPS_KW, STEPS, DIP_KW, DIP_HOURS, NOISE_KW, COVERAGE, LOWEST_FLOOR,
) = range(25)  # fmt: skip
FIGURES = 25
FEWEST_DAYS = 14
ENOUGH = 0.25  # of the hours; fewer say nothing
SATURDAY = 5
THURSDAY = 3  # 1 January 1970


@inner
def weekends(first: int, days: int) -> NDArray[np.bool_]:
    found = np.zeros(days, dtype=np.bool_)
    for d in range(days):
        found[d] = (first + d + THURSDAY) % 7 >= SATURDAY
    return found


@compiled
def measure(
    starts: NDArray[np.int64], kwh: NDArray[Any], clock: NDArray[np.int64],
    shifts: NDArray[np.int64], degrees: Row, out: Features, figures: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Fills ``out`` (``NAMES``) and ``figures`` of one meter's readings in time order.

    ``clock``: ticks a minute, minutes an interval, first local day of ``degrees``. ``shifts``:
    UTC hours from which an offset in minutes holds, two rows. ``degrees``: daily mean
    temperature by local day. False when there is too little to judge; figures are filled then.
    """
    recent = np.zeros(5)
    table, first = lay(starts, kwh, clock[1], clock[0], shifts[0], shifts[1], recent)
    days = table.shape[1]
    figures[:] = 0.0
    figures[MEAN], figures[PEAK], figures[LOAD_FACTOR], figures[PRESENT] = (
        recent[0], recent[1], recent[2], recent[3],
    )  # fmt: skip
    figures[FIRST_DAY], figures[DAYS] = first, days
    count = known_hours(table)
    known = float(count.sum())
    figures[COVERAGE] = recent[4]
    out[:] = np.nan
    if days < FEWEST_DAYS or known < ENOUGH * HOURS * max(days, FEWEST_DAYS):
        return False
    full = filled(table)
    _ordered, levels = day_levels(full, count)
    mean = float(levels[0].mean())
    figures[WHOLE_MEAN] = mean
    if mean <= TINY:
        return False
    weekend = weekends(first, days)
    warmth = np.full(days, np.float32(np.nan))
    for d in range(days):
        place = first + d - clock[2]
        if 0 <= place < degrees.size:
            warmth[d] = degrees[place]
    blocks, sizes, turn = level.block_features(full, levels, weekend)
    out[0], out[1], out[2] = days, np.log(mean), recent[2]
    level.level_features(full, levels, weekend, warmth, sizes, blocks, turn, out[3:LEVEL_END])
    dip, hours = events.event_features(full, levels, mean, out[LEVEL_END:EVENT_END])
    found = steps.find_steps(full, levels)
    kw, ups = steps.step_features(found, levels, mean, out[EVENT_END:STEP_END])
    told = np.zeros(3, dtype=np.float32)
    block.block_part(full, weekend, sizes[0], out[STEP_END:], told)
    order = steps.step_order(found, 1.0)
    if order.size:
        best = found[order[0]]
        figures[STEP_KW], figures[STEP_DAY] = best[steps.KW], best[steps.DAY] + first
        figures[STEP_BEGIN], figures[STEP_HOURS] = best[steps.BEGIN], best[steps.ON]
    figures[STEPS_KW], figures[STEPS], figures[DIP_KW], figures[DIP_HOURS] = kw, ups, dip, hours
    figures[BLOCK_UP], figures[BLOCK_HOURS], figures[BLOCK_KW] = told[0], told[1], told[2]
    figures[FLOOR], figures[LEVEL] = sizes[1, 0], sizes[2, 0]
    figures[TOP_FLOOR], figures[LOWEST_FLOOR] = sizes[1].max(), sizes[1].min()
    figures[FLOOR_RISE] = figures[TOP_FLOOR] - figures[LOWEST_FLOOR]
    figures[NOISE_KW] = max(float(blocks[6, 0]), 0.0) * sizes[0, 0]
    return True
