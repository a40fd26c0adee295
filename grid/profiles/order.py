"""Order within days and among few values: sorting networks and small medians.

A table of load is 24 rows (local hours) by days, so that one comparison of two rows sorts all
days at once in vector instructions.
"""

import numpy as np
from numpy.typing import NDArray

from grid.profiles.compiled import compiled, inner

Table = NDArray[np.float32]  # 24 local hours x days, kW
Row = NDArray[np.float32]  # a value a day

HOURS = 24


def _network(size: int) -> NDArray[np.int64]:
    """Comparators of Batcher's odd-even merge sort, cut down to ``size`` rows (Batcher 1968).

    Leaving out comparators with rows beyond the end is sound: such rows would hold infinity.
    """
    whole = 1 << (size - 1).bit_length()
    pairs: list[tuple[int, int]] = []
    p = 1
    while p < whole:
        k = p
        while k >= 1:
            for j in range(k % p, whole - k, 2 * k):
                pairs += [
                    (i + j, i + j + k)
                    for i in range(min(k, whole - j - k))
                    if (i + j) // (2 * p) == (i + j + k) // (2 * p)
                ]
            k //= 2
        p *= 2
    return np.array([pair for pair in pairs if pair[1] < size], dtype=np.int64)


DAY, MONTH, FORTNIGHT, WEEK = (_network(size) for size in (HOURS, 28, 14, 7))


@inner
def sort_columns(table: Table, pairs: NDArray[np.int64]) -> None:
    """Sorts each column in place by the network of as many rows as there are."""
    for p in range(pairs.shape[0]):
        low, high = table[pairs[p, 0]], table[pairs[p, 1]]
        for c in range(table.shape[1]):
            a, b = low[c], high[c]
            low[c] = a if a < b else b
            high[c] = b if a < b else a


@inner
def middle(ordered: Table, column: int, count: int) -> float:
    """The median of the first ``count`` values of a sorted column."""
    if count % 2:
        return float(ordered[count // 2, column])
    return float(ordered[count // 2 - 1, column] + ordered[count // 2, column]) / 2


@compiled
def sort_days(table: Table) -> Table:
    """Each day's hours in rising order; hours that were not read (NaN) come last as infinity."""
    found = np.empty_like(table)
    for h in range(HOURS):
        for d in range(table.shape[1]):
            value = table[h, d]
            found[h, d] = value if value == value else np.float32(np.inf)  # noqa: PLR0124 - NaN
    sort_columns(found, DAY)
    return found


@inner
def sorted_few(values: Row) -> Row:
    """A sorted copy of up to some dozens of values (insertion sort)."""
    found = values.copy()
    for i in range(1, found.size):
        value = found[i]
        j = i - 1
        while j >= 0 and found[j] > value:
            found[j + 1] = found[j]
            j -= 1
        found[j + 1] = value
    return found


@inner
def median_within(scratch: Row, count: int) -> float:
    """The median of the first ``count`` values of ``scratch``, which are sorted in place."""
    for i in range(1, count):
        value = scratch[i]
        j = i - 1
        while j >= 0 and scratch[j] > value:
            scratch[j + 1] = scratch[j]
            j -= 1
        scratch[j + 1] = value
    if count % 2:
        return float(scratch[count // 2])
    return float(scratch[count // 2 - 1] + scratch[count // 2]) / 2 if count else 0.0


@inner
def rank(ordered: Row, share: float) -> float:
    """The value at a share (0 lowest, 1 highest) of sorted values; 0 of none."""
    if ordered.size == 0:
        return 0.0
    return float(ordered[int(share * (ordered.size - 1) + 0.5)])


@inner
def median_few(values: Row) -> float:
    """The median of up to some dozens of values; 0 of none."""
    return median_within(values.copy(), values.size)
