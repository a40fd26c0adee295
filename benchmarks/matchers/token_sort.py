"""Peer for pairs of names: rapidfuzz' token sort ratio of the names in Latin letters."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from benchmarks.matchers.measuring import Row
from benchmarks.matchers.rescoring import normal


def score_pairs(rows: Iterable[Row]) -> list[float]:
    """The ratio of each pair, 0 to 100."""
    return [fuzz.token_sort_ratio(normal(row["a"]), normal(row["b"])) for row in rows]
