"""Peer: the token sort ratio with every entry by rapidfuzz' cdist, the twenty best re-scored."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.matchers.measuring import Ask, Guess, Row
from benchmarks.matchers.rescoring import TOP, WORKERS, Scorer, normal

CHUNK = 100  # tips in one table


def build(rows: Iterable[Row], _folder: Path) -> Ask:
    """The registry's names with their words in order: what token sort does at every call."""
    scorer = Scorer(rows)
    ordered = [_sorted(name) for name in scorer.names]

    def ask(tips: Sequence[Row]) -> list[Guess]:
        guesses = []
        for low in range(0, len(tips), CHUNK):
            some = tips[low : low + CHUNK]
            names = [normal(tip["name"]) for tip in some]
            table = process.cdist(
                [_sorted(name) for name in names], ordered, scorer=fuzz.ratio, workers=WORKERS,
                dtype=np.uint8,
            )  # fmt: skip
            for tip, name, row in zip(some, names, table, strict=True):
                best = np.argpartition(row, -min(TOP, row.size))[-TOP:]
                guesses.append(scorer.best(tip, name, best))
        return guesses

    return ask


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))
