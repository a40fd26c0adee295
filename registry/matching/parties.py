"""What the matcher is given, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["same", "possible", "none"]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone or some place as a source describes it; everything but ``key`` may be missing.

    ``names`` are spellings of one name in several languages; ``bin`` is the number as written,
    good or bad; ``lat`` and ``lon`` are degrees.
    """

    key: str
    names: tuple[str, ...] = ()
    bin: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is: a code with parameters; the app above holds the wording."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The best entry for a party, with the probability that it is the one that is meant.

    ``key`` is empty when no entry comes into question. ``next_score`` is that of the second.
    """

    key: str
    score: float
    verdict: Verdict
    reasons: Sequence[Reason] = ()
    next_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two given parties are, 0 to 1, and why."""

    score: float
    verdict: Verdict
    reasons: Sequence[Reason] = ()
