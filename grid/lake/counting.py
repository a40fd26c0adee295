"""Sorting readings by counting them: rows of a few thousand meters need no comparison."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from common.compiled import Compiler

compiled = Compiler([Path(__file__)]).outer


@compiled
def by_count(
    keys: NDArray[np.int32], size: int, moments: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64], bool]:
    """A stable order by keys below ``size``, and where the rows of each key begin in it and end.

    The last tells whether the moments of each key ascend in that order.
    """
    edges = np.zeros(size + 1, np.int64)
    for key in keys:
        edges[key + 1] += 1
    for key in range(size):
        edges[key + 1] += edges[key]
    place = edges[:-1].copy()
    latest = np.full(size, np.iinfo(np.int64).min, np.int64)
    order = np.empty(keys.size, np.int32)
    ascending = True
    for row in range(keys.size):
        key = keys[row]
        order[place[key]] = row
        place[key] += 1
        ascending &= moments[row] >= latest[key]
        latest[key] = moments[row]
    return order, edges, ascending
