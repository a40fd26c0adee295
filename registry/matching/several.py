"""Every entry that a party may be, best first, not the best alone."""

from collections.abc import Collection, Mapping

import numpy as np

from registry.matching.features import ID_CLASH
from registry.matching.index import Index, verdict
from registry.matching.parties import Match, Party
from registry.matching.reasons import explain
from registry.matching.search import FATAL
from registry.matching.weights import MODEL

SURE = 500.0  # log-odds beyond which an exponential overflows


def several(
    index: Index, party: Party, *, alone: bool = False, without: Collection[str] = ()
) -> list[Match]:
    """Matches of one party with the score that each would have as the best, highest first.

    Scores are the entries' shares of one probability, as ``Index.best`` gives them; ``alone``,
    each entry is scored as if no other were there, so that namesakes do not hide each other.
    Entries whose keys are in ``without`` are as if they were not in the register.
    """
    best: dict[int, tuple[float, int, list[float]]] = {}
    reader, [rows] = index.read([party])
    found = index.search(reader, keep=1)
    for t in rows:
        for entry, features in zip(found.all_entries[t], found.all_features[t], strict=True):
            if entry >= 0:
                odds = FATAL if features[ID_CLASH] else float(features @ MODEL.weights)
                owner = int(index.owner[entry])
                row = features.tolist()
                if index.keys[owner] not in without and (
                    owner not in best or odds > best[owner][0]
                ):
                    best[owner] = odds, int(entry), row
    nobody = float(MODEL.nobody[0] + MODEL.nobody[1] * index.known.log_size)
    shares = _shares({owner: one[0] for owner, one in best.items()}, nobody, alone=alone)
    matches = []
    for owner, (_odds, entry, row) in best.items():
        reasons = explain(row, int(index.entries.number[entry]))
        score = shares[owner]
        matches.append(Match(index.keys[owner], score, verdict(score, row), reasons))
    return sorted(matches, key=lambda match: -match.score)


def _shares(odds: Mapping[int, float], nobody: float, *, alone: bool) -> dict[int, float]:
    if alone:
        return {
            key: float(1 / (1 + np.exp(min(nobody - value, 500)))) for key, value in odds.items()
        }
    top = max([nobody, *odds.values()])
    whole = np.exp(nobody - top) + sum(np.exp(value - top) for value in odds.values())
    return {key: float(np.exp(value - top) / whole) for key, value in odds.items()}
