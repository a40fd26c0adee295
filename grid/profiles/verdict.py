"""From a curve's features to its score, pattern and kW; compiled, for many meters at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from common import asic
from grid.profiles import features as f
from grid.profiles import steps
from grid.profiles.compiled import compiled, inner
from grid.profiles.daily import WINDOW_HOURS
from grid.profiles.estimate import estimate
from grid.profiles.order import HOURS
from grid.profiles.reasons import FAMILY
from grid.profiles.trees import Forest, explain

MINING_LIKE = 0.5
EXPECTED = 0.1  # share of mining among meters that a score of 0.1 stands for
NONE, FLAT, NIGHT_BLOCK, STEPPED = range(4)
PATTERNS = ("none", "flat", "night_block", "stepped")

SLOWED = 0.6  # of its rated power: a device slowed down by firmware
LEAST_KW = SLOWED * asic.smallest_kw()
TOO_SMALL = -6.0  # log odds when the estimate is less than one device takes
SPARSE, SPARSEST, UNSURE = 0.6, 0.3, -3.0  # coverage below which a score falls, by up to so much
BLOCK_HOURS = 15  # a longer block is a day that dodges the evening
NIGHT_UNTIL, NIGHT_LEAST = 6, 4  # hours after midnight; how many of them a night block covers
ALIKE = 0.35  # a block that is the farm has its kW, give or take
FEW_STEPS, MANY_STEPS = 2, 3
FALLEN = 0.3  # of the load before; a load that lost so much is judged by what is left
SCORE, TOTAL, EST_KW, PATTERN, SMALL, LITTLE, JUDGED = range(7)
VERDICT = 7
AT_RISE = f.AT["block_rise"]
AT_UP2, AT_WHEN1, AT_WHEN2 = f.AT["up2_kw"], f.AT["up1_when"], f.AT["up2_when"]
AT_EVEN2 = f.AT["up2_even"]
AT_DOWN_EVEN, AT_DOWN_SHARE, AT_DOWN_WHEN = (
    f.AT["down_even"], f.AT["down_share"], f.AT["down_when"],
)  # fmt: skip
APART = 14  # days between steps of a farm that grew


@inner
def night_hours(begin: float, hours: float) -> int:
    """How many of the hours from midnight to six a block of clock hours covers."""
    count = 0
    for k in range(int(hours)):
        count += (int(begin) + k) % HOURS < NIGHT_UNTIL
    return count


@inner
def pattern_of(x: NDArray[np.float32], figures: NDArray[np.float64], est_kw: float) -> int:
    """Which of the patterns a mining-like load of ``est_kw`` shows."""
    kw, hours = figures[f.BLOCK_KW], figures[f.BLOCK_HOURS]
    at_night = night_hours(figures[f.BLOCK_UP], hours) >= NIGHT_LEAST
    if hours <= BLOCK_HOURS and at_night and abs(kw / est_kw - 1) < ALIKE and x[AT_RISE] >= 1:
        return NIGHT_BLOCK
    step_hours = figures[f.STEP_HOURS]
    at_night = night_hours(figures[f.STEP_BEGIN], step_hours) >= NIGHT_LEAST
    if step_hours <= BLOCK_HOURS and at_night and figures[f.STEP_KW] > (1 - ALIKE) * est_kw / 2:
        return NIGHT_BLOCK
    count = figures[f.STEPS]
    if count < FEW_STEPS or figures[f.STEPS_KW] < (1 - ALIKE) * est_kw:
        return FLAT
    second = x[AT_UP2] * figures[f.WHOLE_MEAN] > 0.15 * est_kw and x[AT_EVEN2] >= steps.EVEN
    apart = abs(x[AT_WHEN1] - x[AT_WHEN2]) * figures[f.DAYS] >= APART
    return STEPPED if second and (apart or count >= MANY_STEPS) else FLAT


@inner
def since_fall(
    x: NDArray[np.float32], figures: NDArray[np.float64], starts: NDArray[np.int64], hour: int
) -> int:
    """The row from which a curve is judged by its present: after a lasting fall, if it is long ago.

    A farm that was switched off before the last 28 days is no farm of today. ``hour``: ticks.
    """
    days = figures[f.DAYS]
    day = x[AT_DOWN_WHEN] * days
    falls = x[AT_DOWN_EVEN] >= steps.EVEN and x[AT_DOWN_SHARE] <= -FALLEN
    if not falls or days - day < WINDOW_HOURS // HOURS:
        return 0
    left = int(days - day) * HOURS * hour
    return int(np.searchsorted(starts, starts[-1] - left + hour))


@inner
def judge(
    x: NDArray[np.float32], figures: NDArray[np.float64], score: Forest, estimates: Forest,
    shift: float, weights: NDArray[np.float64], out: NDArray[np.float64],
) -> None:  # fmt: skip
    """Fills ``weights`` (by family, log odds) and ``out`` (SCORE to JUDGED) of one meter."""
    total = explain(score, x, FAMILY, weights) + shift
    covered = min(figures[f.COVERAGE], figures[f.PRESENT])
    out[LITTLE] = UNSURE * min(max((SPARSE - covered) / (SPARSE - SPARSEST), 0.0), 1.0)
    total += out[LITTLE]
    if total >= np.log(EXPECTED / (1 - EXPECTED)):
        out[EST_KW] = estimate(estimates, x, figures)
        if out[EST_KW] < LEAST_KW:
            out[SMALL] = TOO_SMALL
            total += TOO_SMALL
    out[TOTAL], out[SCORE], out[JUDGED] = total, 1 / (1 + np.exp(-total)), 1.0
    if out[SCORE] >= MINING_LIKE:
        out[PATTERN] = pattern_of(x, figures, out[EST_KW])


@compiled
def judge_all(
    edges: NDArray[np.int64], starts: NDArray[np.int64], kwh: NDArray[Any],
    steps_of: NDArray[np.int64], clock: NDArray[np.int64], shifts: NDArray[np.int64],
    degrees: NDArray[np.float32], score: Forest, estimates: Forest, shift: float,
    x: NDArray[np.float32], figures: NDArray[np.float64], weights: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:  # fmt: skip
    """Judges the meters whose rows lie between neighbouring ``edges``; the last four are filled.

    ``steps_of``: minutes an interval, by meter. ``clock``: ticks a minute, first day of
    ``degrees``, and 1 when only the present counts.
    """
    own = np.empty(3, dtype=np.int64)
    for m in range(edges.size - 1):
        a, b = edges[m], edges[m + 1]
        own[0], own[1], own[2] = clock[0], steps_of[m], clock[1]
        enough = f.measure(starts[a:b], kwh[a:b], own, shifts, degrees, x[m], figures[m])
        if enough and clock[2]:
            first = since_fall(x[m], figures[m], starts[a:b], clock[0] * 60)
            if first > 0:
                a += first
                enough = f.measure(starts[a:b], kwh[a:b], own, shifts, degrees, x[m], figures[m])
        out[m] = 0.0
        weights[m] = 0.0
        if enough:
            judge(x[m], figures[m], score, estimates, shift, weights[m], out[m])
