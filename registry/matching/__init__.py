"""The matcher: which entry of a register a party or a place is, with a score that says why.

    index = Index.build(Party(number, (name,), bin, address, lat, lon) for … in …)
    for match in index.best(parties): …
    several(index, party)
    score_pair(a, b, Frequencies(index.size, index.frequencies()))

Pure Python over NumPy and numba, no Django. ``docs/matching.md`` tells the method and thresholds.
"""

from registry.matching.index import Index
from registry.matching.pairs import Frequencies, score_pair
from registry.matching.parties import Match, Party, Reason, Score, Verdict
from registry.matching.several import several
from registry.matching.weights import POSSIBLE, SAME

__all__ = [
    "POSSIBLE", "SAME", "Frequencies", "Index", "Match", "Party", "Reason", "Score", "Verdict",
    "score_pair", "several",
]  # fmt: skip
