"""How often a check was right, never without n and its interval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

from cases.selectors import lead_outcomes
from crosschecks.models import Finding
from crosschecks.wording import precision_words

# Of a case: what became of the suspicion. A regularised miner was unregistered before.
RIGHT = ("confirmed", "regularised")
WRONG = ("not_confirmed",)


@dataclass(frozen=True)
class Precision:
    """Checked findings of a check: ``right`` of ``n``; shares in percent, bounds at 95 %."""

    right: int
    n: int
    unchecked: int

    @property
    def words(self) -> str:
        low, high = exact_bounds(self.right, self.n)
        return precision_words(self.right, self.n, 100 * low, 100 * high)


def precision_by_check(keys: Mapping[str, str] | None = None) -> dict[str, Precision]:
    """Own precision from what people decided: case outcomes, and leads dismissed in triage.

    ``keys`` are the leads' keys, each with its check, for who has read them already.
    """
    if keys is None:
        keys = dict(Finding.objects.exclude(lead_key="").values_list("lead_key", "check_slug"))
    tally: dict[str, list[int]] = {slug: [0, 0, 0] for slug in keys.values()}
    for key, outcome in lead_outcomes(keys).items():
        column = _verdict(outcome.state, outcome.case_outcome)
        tally[keys[key]][column] += 1
    return {
        slug: Precision(right=right, n=right + wrong, unchecked=unchecked)
        for slug, (right, wrong, unchecked) in tally.items()
    }


def _verdict(state: str, case_outcome: str) -> int:
    if case_outcome in RIGHT:
        return 0
    if case_outcome in WRONG or state == "dismissed":
        return 1
    return 2


def exact_bounds(right: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper-Pearson interval of a share, 0 to 1.

    The exact interval, because a handful of checked cases is the usual number here. Source:
    Clopper and Pearson, Biometrika 26 (1934).
    """
    if n == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if right == 0 else _solve(lambda p: 1 - _at_most(right - 1, n, p) - tail)
    high = 1.0 if right == n else _solve(lambda p: tail - _at_most(right, n, p))
    return low, high


def _at_most(k: int, n: int, p: float) -> float:
    """P(X <= k) of a binomial; in logarithms, so that thousands of cases do not overflow."""
    if not 0 < p < 1:
        return 1.0 if p <= 0 or k >= n else 0.0
    ways = (lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in range(k + 1))
    return sum(exp(w + i * log(p) + (n - i) * log1p(-p)) for i, w in enumerate(ways))


def _solve(rising: Callable[[float], float]) -> float:
    """The root in [0, 1] of a function that rises through zero."""
    low, high = 0.0, 1.0
    for _step in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
