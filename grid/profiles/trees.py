"""Boosted decision trees, walked by our own code: sums, and what each feature moved them by.

The trees were grown by ``benchmarks/training.py`` and lie in ``mining.npz``; ``docs/model-card.md``
says on what. Nothing but NumPy and numba is needed to use them.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grid.profiles.compiled import compiled

FILE = Path(__file__).with_name("mining.npz")
LEAF = -1


class Forest(NamedTuple):
    """Trees node by node: ``feature`` is LEAF at a leaf, ``value`` the mean of the leaves below.

    ``roots`` are the trees' first nodes; of a node with ``feature`` f the way goes ``left`` when
    f <= ``limit`` (or f is unknown and ``unknown_left``), else to the node after ``left``.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    limit: NDArray[np.float32]
    left: NDArray[np.int32]
    unknown_left: NDArray[np.bool_]
    value: NDArray[np.float32]


class Model(NamedTuple):
    """The forest of the score, the forest of the estimate, and the features they were grown on."""

    score: Forest
    estimate: Forest
    names: tuple[str, ...]
    shift: float  # from the share of mining in training to the expected one, in log odds


@cache
def read_model(path: Path = FILE) -> Model:
    """The model of a file written by ``benchmarks/training.py``."""
    with np.load(path) as file:
        score, estimate = (
            Forest(*(file[f"{kind}_{field}"] for field in Forest._fields))
            for kind in ("score", "estimate")
        )
        return Model(score, estimate, tuple(file["names"].tolist()), float(file["shift"]))


@compiled
def walk(forest: Forest, x: NDArray[np.float32]) -> float:
    """The sum of the leaves that a row of features falls into."""
    total = 0.0
    for t in range(forest.roots.size):
        node = forest.roots[t]
        while forest.feature[node] != LEAF:
            value = x[forest.feature[node]]
            known = value == value  # noqa: PLR0124 - NaN
            goes = value <= forest.limit[node] if known else forest.unknown_left[node]
            node = forest.left[node] + (0 if goes else 1)
        total += forest.value[node]
    return total


@compiled
def explain(
    forest: Forest, x: NDArray[np.float32], family: NDArray[np.int64], out: NDArray[np.float64]
) -> float:
    """The same sum, taken apart: each split's move of the mean goes to its feature's family.

    ``out`` receives a sum for each family; the answer is their sum and the trees' root means,
    which nothing about this row has moved (Saabas 2014).
    """
    total = 0.0
    out[:] = 0.0
    for t in range(forest.roots.size):
        node = forest.roots[t]
        while forest.feature[node] != LEAF:
            at = forest.feature[node]
            value = x[at]
            known = value == value  # noqa: PLR0124 - NaN
            goes = value <= forest.limit[node] if known else forest.unknown_left[node]
            child = forest.left[node] + (0 if goes else 1)
            out[family[at]] += float(forest.value[child]) - float(forest.value[node])
            node = child
        total += forest.value[node]
    return total
