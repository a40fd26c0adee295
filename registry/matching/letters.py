"""How far two words are apart, counted in sounds."""

import numpy as np

from registry.matching.compiled import compiled, inner
from registry.matching.shapes import LONGEST, Array

SIGNS = 128
# What it costs to take one sound for another, of 1. Vowels are heard apart least.
CLOSE = {
    "ao": 0.25, "ae": 0.4, "ai": 0.5, "au": 0.6, "ei": 0.3, "eo": 0.4, "eu": 0.6, "io": 0.6,
    "iu": 0.5, "ou": 0.35, "gh": 0.25, "hk": 0.35, "gk": 0.4, "cs": 0.4, "ck": 0.6, "cq": 0.4,
    "kq": 0.6, "sx": 0.4, "qx": 0.4, "jz": 0.4, "ij": 0.4, "jx": 0.5, "gj": 0.5, "bp": 0.5,
    "dt": 0.5, "fv": 0.35, "bv": 0.5, "uv": 0.4, "sz": 0.4, "cz": 0.4, "mn": 0.7, "dj": 0.6,
}  # fmt: skip
DROPPED = {"i": 0.35, "h": 0.45, "a": 0.7, "e": 0.6, "o": 0.7, "u": 0.6}
SWAPPED = np.float32(0.8)


def _costs() -> tuple[Array, Array]:
    taken = np.ones((SIGNS, SIGNS), np.float32)
    np.fill_diagonal(taken, 0)
    for (left, right), cost in ((tuple(pair), cost) for pair, cost in CLOSE.items()):
        taken[ord(left), ord(right)] = taken[ord(right), ord(left)] = cost
    dropped = np.ones(SIGNS, np.float32)
    for letter, cost in DROPPED.items():
        dropped[ord(letter)] = cost
    return taken, dropped


TAKEN, DROP = _costs()
TOO_FAR = 99.0


@inner
def first_at(values: Array, wanted: int) -> int:
    """Where ``wanted`` stands first in sorted values, or would stand.

    numpy's own search takes longer to compile than all that is here.
    """
    low, high = 0, values.size
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def apart(a: Array, b: Array, rows: Array, limit: float) -> float:
    """Cost of turning ``a`` into ``b``: sounds taken for others, dropped, added, swapped.

    Gives up with a large number above ``limit``. ``rows`` is scratch of 3 × (LONGEST + 1).
    """
    n, m = min(a.size, LONGEST), min(b.size, LONGEST)
    rows[0, 0] = 0.0
    for j in range(m):
        rows[0, j + 1] = rows[0, j] + DROP[b[j]]
    before, here, spare = 0, 1, 2
    for i in range(n):
        x = a[i]
        dropped = DROP[x]
        left = rows[before, 0] + dropped
        rows[here, 0] = left
        least = left
        for j in range(m):
            y = b[j]
            cost = min(rows[before, j] + TAKEN[x, y], rows[before, j + 1] + dropped, left + DROP[y])
            if i and j and x == b[j - 1] and y == a[i - 1]:
                cost = min(cost, rows[spare, j - 1] + SWAPPED)
            rows[here, j + 1] = cost
            left = cost
            least = min(least, cost)
        if least > limit:
            return TOO_FAR
        before, here, spare = here, spare, before
    return float(rows[before, m])
