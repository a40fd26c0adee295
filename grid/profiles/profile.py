"""The one pure function from a load curve to its profile: how much like mining, and why.

The score adds up. Each *reason* carries a weight; the weights of one pattern add to a total, and
the pattern with the highest total is the answer. A total of 0.5 gives the score 0.5; 0 gives
0.05 and 1 gives 0.95. Negative reasons speak for a lawful explanation. The words for a reason's
code live in ``grid.wording``.

What the shape cannot separate: a telecom site or a data centre runs as flat as a farm of many
devices. Such a load scores high; only a document tells them apart.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from grid.profiles import evidence
from grid.profiles.curve import HOURS_A_DAY, LoadCurve, LocalClock, hourly, local_clock
from grid.profiles.evidence import Case, Reason
from grid.profiles.shape import Shape, shape

WINDOW_DAYS = 28  # four whole weeks: every weekday weighs the same
SHORTEST_DAYS = 7
MINING_LIKE = 0.5
STEEPNESS = 6.0
DODGING_HOURS = 16


@dataclass(frozen=True, slots=True)
class Profile:
    """What a load curve looks like.

    ``score`` 0 to 1; ``pattern`` flat, night_block, stepped or none; ``est_kw`` the estimated
    mining part in kW; ``coverage`` share of intervals present; ``shape`` of the window that
    decided (None when nothing was read); ``total`` the sum of the reasons' weights.
    """

    score: float
    pattern: str
    est_kw: float
    coverage: float
    reasons: tuple[Reason, ...] = ()
    shape: Shape | None = None
    total: float = 0.0
    window_start_hour: int = field(default=0)


def profile(
    curve: LoadCurve, zone: ZoneInfo, temperature: NDArray[np.float64] | None = None, *,
    latest: bool = False,
) -> Profile:  # fmt: skip
    """The profile of a load curve of any length; the window of 28 days that says most decides.

    ``temperature``: degrees C, one value for each hour of the curve (NaN where unknown).
    ``latest``: only the last 28 days are judged; what came before tells when a load was added.
    """
    even = hourly(curve)
    kw = np.where(even.kw < 0, np.nan, even.kw)
    clock = local_clock(even.start, kw.size, zone)
    history = evidence.history(kw, clock, even.start.astimezone(zone).date())
    whole = windows(kw.size)[: 1 if latest else None]
    judged = curve.kw[-WINDOW_DAYS * HOURS_A_DAY * (60 // curve.step_minutes) :] if latest else curve.kw
    coverage = float(np.isfinite(judged).mean()) if judged.size else 0.0
    best: Profile | None = None
    for begin, end in [*whole, *_since_steps(kw.size, clock, history)]:
        found = _window(kw, clock, temperature, (begin, end), history)
        if found is not None and (best is None or found.total > best.total):
            best = found
    if best is None:
        return Profile(squash(0.0), "none", 0.0, coverage, (Reason("too_little", {}, 0.0),))
    return _with_coverage(best, coverage)


def windows(hours: int) -> list[tuple[int, int]]:
    """Windows of 28 days counted back from the end, half overlapping; one if the curve is short."""
    size = WINDOW_DAYS * HOURS_A_DAY
    if hours <= size:
        return [(0, hours)]
    ends = range(hours, size - 1, -size // 2)
    return [(end - size, end) for end in ends]


def _since_steps(
    hours: int, clock: LocalClock, history: evidence.History
) -> list[tuple[int, int]]:
    """From each lasting rise in the last four weeks to the end: what came is seen alone."""
    found = []
    for step in history.steps:
        begin = int(np.searchsorted(clock.day, step.day))
        if step.kw > 0 and SHORTEST_DAYS <= (hours - begin) / HOURS_A_DAY <= WINDOW_DAYS:
            found.append((begin, hours))
    return found


def squash(total: float) -> float:
    """The score of a sum of weights: rises steadily, never quite 0 or 1."""
    return float(1 / (1 + np.exp(-STEEPNESS * (total - 0.5))))


def _window(
    kw: NDArray[np.float64], clock: LocalClock, temperature: NDArray[np.float64] | None,
    place: tuple[int, int], history: evidence.History,
) -> Profile | None:  # fmt: skip
    begin, end = place
    part = kw[begin:end]
    if np.isfinite(part).sum() < SHORTEST_DAYS * HOURS_A_DAY:
        return None
    local = LocalClock(
        clock.hour[begin:end], clock.day[begin:end] - clock.day[begin], clock.weekend[begin:end]
    )
    seen = shape(part, local)
    case = Case(
        part, local, seen, history, int(clock.day[begin]),
        None if temperature is None else temperature[begin:end],
    )  # fmt: skip
    return max((_judge(kind, case, begin) for kind in evidence.PATTERNS), key=lambda p: p.total)


def _judge(kind: str, case: Case, begin: int) -> Profile:
    est_kw, reasons = evidence.PATTERNS[kind](case)
    reasons = [r for r in [*reasons, *evidence.common_doubts(case, est_kw)] if abs(r.weight) >= 0.01]
    total = sum(r.weight for r in reasons)
    score = squash(total)
    pattern = _named(kind, reasons) if score >= MINING_LIKE else "none"
    ordered = sorted(reasons, key=lambda r: -abs(r.weight))
    return Profile(
        score, pattern, est_kw, case.shape.coverage, tuple(ordered), case.shape, total, begin
    )


def _named(kind: str, reasons: list[Reason]) -> str:
    """A block of most of the day is a flat load that dodges the dear evening."""
    hours = [r.params["hours"] for r in reasons if r.code == "clock_block"]
    return "flat" if kind == "night_block" and hours and hours[0] >= DODGING_HOURS else kind


def _with_coverage(best: Profile, coverage: float) -> Profile:
    return Profile(
        best.score, best.pattern, best.est_kw, coverage, best.reasons, best.shape, best.total,
        best.window_start_hour,
    )  # fmt: skip


def window_start(curve: LoadCurve, found: Profile) -> str:
    """When the window that decided begins, ISO 8601 in UTC."""
    return (hourly(curve).start + timedelta(hours=found.window_start_hour)).isoformat()
