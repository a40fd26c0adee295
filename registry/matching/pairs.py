"""Two given parties, compared as the index would compare them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.matching.index import Index
from registry.matching.parties import Party, Score

USUAL_SIZE = 100_000  # entries of the register that a pair is thought to stand in


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many entries of a register hold a word (as it sounds), of how many entries."""

    size: int = USUAL_SIZE
    words: Mapping[str, int] = field(default_factory=dict)


def score_pair(a: Party, b: Party, frequencies: Frequencies | None = None) -> Score:
    """How probable it is that ``a`` means ``b``, had ``b`` been found in a register of that size.

    Without ``frequencies`` every word counts as rare.
    """
    known = frequencies or Frequencies()
    index = Index.build([b], size=known.size, often=known.words)
    match = index.best([a])[0]
    return Score(match.score, match.verdict, match.reasons)
