"""The mining part in kW: of the figures read off a curve, the one that fits.

Trees say about how much of the load mines; the figure nearest to that is the answer, since a
floor or a step is exact where a forest is only near.
"""

import numpy as np
from numpy.typing import NDArray

from grid.profiles import features as f
from grid.profiles.compiled import compiled
from grid.profiles.level import TINY
from grid.profiles.trees import Forest, walk

READ_OFF = (
    f.FLOOR, f.LEVEL, f.TOP_FLOOR, f.FLOOR_RISE, f.BLOCK_KW, f.STEP_KW, f.STEPS_KW, f.DIP_KW,
    f.NOISE_KW,
)  # fmt: skip
NAMES = (
    *f.NAMES,
    *(f"{name}_kw" for name in (
        "floor", "level", "top_floor", "floor_rise", "block", "step", "steps", "dip", "noise",
    )),
)  # fmt: skip
NEAR = 0.2  # of the logarithm; a figure farther from the trees' answer is another thing
LEAST = 1e-3
FIGURES_READ = np.array(READ_OFF)


@compiled
def with_figures(x: NDArray[np.float32], figures: NDArray[np.float64]) -> NDArray[np.float32]:
    """The features followed by the figures as logarithms of their share of the mean."""
    row = np.empty(x.size + FIGURES_READ.size, dtype=np.float32)
    row[: x.size] = x
    mean = max(figures[f.WHOLE_MEAN], TINY)
    for k in range(FIGURES_READ.size):
        row[x.size + k] = np.log(max(figures[FIGURES_READ[k]] / mean, LEAST))
    return row


@compiled
def estimate(forest: Forest, x: NDArray[np.float32], figures: NDArray[np.float64]) -> float:
    """The mining part in kW while it runs at its fullest."""
    mean = max(figures[f.WHOLE_MEAN], TINY)
    told = walk(forest, with_figures(x, figures))
    best: float = np.exp(told) * mean
    gap = NEAR
    for k in range(FIGURES_READ.size):
        kw = figures[FIGURES_READ[k]]
        if kw > TINY:
            distance = abs(np.log(kw / mean) - told)
            if distance < gap:
                best, gap = kw, distance
    return best
