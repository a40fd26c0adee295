"""Outages: hours in which a load fell by its whole size and came back.

A hall of devices falls by all of them at once (supply, internet, curtailment), and a single
device by itself now and then, each time by the same kW. Ordinary loads do neither.
"""

import numpy as np

from grid.profiles.compiled import inner
from grid.profiles.daily import WEEK
from grid.profiles.level import TINY, Features
from grid.profiles.order import HOURS, Row, Table, median_few, middle, sort_columns
from grid.profiles.order import WEEK as SEVEN

NAMES = ("dips", "dip_days", "dip_depth", "dip_spread", "dip_floor", "dip_longest")
MOST = 120  # depths kept
FALLEN = 0.8  # of the usual floor; less is an outage
SPAN = 3  # days on either side that tell the usual floor


@inner
def usual_floor(floor: Row) -> Row:
    """The median floor of a week around each day."""
    days, width = floor.size, 2 * SPAN + 1
    around = np.full((width, days), np.float32(np.inf))
    for k in range(width):
        shift = k - SPAN
        around[k, max(-shift, 0) : days - max(shift, 0)] = floor[
            max(shift, 0) : days + min(shift, 0)
        ]
    sort_columns(around, SEVEN)
    found = np.empty_like(floor)
    for d in range(days):
        found[d] = middle(around, d, min(d + SPAN + 1, days) - max(d - SPAN, 0))
    return found


@inner
def event_features(full: Table, levels: Table, mean: float, out: Features) -> tuple[float, int]:
    """Writes ``NAMES``; returns the median depth in kW and the number of hours."""
    days = full.shape[1]
    usual = usual_floor(levels[1])
    depths = np.empty(MOST, dtype=np.float32)
    lows = np.empty(MOST, dtype=np.float32)
    kept, hours, on_days, run, longest = 0, 0, 0, 0, 0
    for d in range(days):
        limit = np.float32(FALLEN) * usual[d]
        if levels[8, d] >= limit or usual[d] <= 0.02 * mean:
            run = 0
            continue
        fallen = 0
        for h in range(HOURS):
            if full[h, d] >= limit:
                run = 0
                continue
            run += 1
            longest = max(longest, run)
            fallen += 1
            hours += 1
            before = full[h, d - WEEK] if d >= WEEK else full[h, min(d + WEEK, days - 1)]
            after = full[h, d + WEEK] if d + WEEK < days else before
            if kept < MOST:
                depths[kept] = max(min(before, after) - full[h, d], np.float32(0.0))
                lows[kept] = full[h, d] / usual[d]
                kept += 1
        on_days += fallen > 0
    depth = median_few(depths[:kept])
    apart = np.empty(kept, dtype=np.float32)
    for k in range(kept):
        apart[k] = abs(depths[k] - np.float32(depth))
    out[0] = hours * 1000.0 / (days * HOURS)
    out[1] = on_days / days
    out[2] = depth / mean
    out[3] = median_few(apart) / depth if depth > TINY else 1.0
    out[4] = median_few(lows[:kept]) if kept else 1.0
    out[5] = min(longest, 200)
    return depth, hours
