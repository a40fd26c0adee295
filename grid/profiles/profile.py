"""The one pure function from a load curve to its profile: how much like mining, and why.

The score adds up. Each *reason* carries a weight; the weights of one pattern add to a total, and
the pattern with the highest total is the answer. A total of 0.5 gives the score 0.5; 0 gives
0.05 and 1 gives 0.95. Negative reasons speak for a lawful explanation. The words for a reason's
code live in ``grid.wording``.

What the shape cannot separate: a telecom site or a data centre runs as flat as a farm of many
devices. Such a load scores high; only a document tells them apart.
"""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from grid.profiles import evidence
from grid.profiles.curve import HOURS_A_DAY, LoadCurve, LocalClock, hourly, local_clock
from grid.profiles.evidence import Case, Reason
from grid.profiles.shape import Shape, shape
from grid.profiles.steps import usual_before

WINDOW_DAYS = 28  # four whole weeks: every weekday weighs the same
SHORTEST_DAYS = 7
MINING_LIKE = 0.5
STEEPNESS = 6.0
DODGING_HOURS = 16
LEAST_WEIGHT = 0.01  # a reason that says less is left out


@dataclass(frozen=True, slots=True)
class Profile:
    """What a load curve looks like.

    ``score`` 0 to 1; ``pattern`` flat, night_block, stepped or none; ``est_kw`` the estimated
    mining part in kW; ``coverage`` share of intervals present; ``shape`` of the last 28 days,
    whichever part of them decided; ``total`` the sum of the reasons' weights.
    """

    score: float
    pattern: str
    est_kw: float
    coverage: float
    reasons: tuple[Reason, ...] = ()
    shape: Shape | None = None
    total: float = 0.0


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
    judged = (
        curve.kw[-WINDOW_DAYS * HOURS_A_DAY * (60 // curve.step_minutes) :] if latest else curve.kw
    )
    coverage = float(np.isfinite(judged).mean()) if judged.size else 0.0
    late = _since_steps(kw.size, clock, history)
    cases = [_case(kw, clock, temperature, place, history) for place in [*whole, *late]]
    cases += [separated(case) for case in cases[len(whole) :] if case and may_separate(case)]
    best: Profile | None = None
    for case in cases:
        found = _best_pattern(case) if case else None
        if found is not None and (best is None or found.total > best.total):
            best = found
    seen = _shape_of(kw, clock, windows(kw.size)[0])
    if best is None:
        nothing = (Reason("too_little", {}, 0.0),)
        return Profile(squash(0.0), "none", 0.0, coverage, nothing, seen)
    return replace(best, coverage=coverage, shape=seen)


def _shape_of(kw: NDArray[np.float64], clock: LocalClock, place: tuple[int, int]) -> Shape:
    begin, end = place
    return shape(kw[begin:end], _part(clock, begin, end))


def _part(clock: LocalClock, begin: int, end: int) -> LocalClock:
    day = clock.day[begin:end]
    return LocalClock(clock.hour[begin:end], day - day[:1], clock.weekend[begin:end])


def windows(hours: int) -> list[tuple[int, int]]:
    """Windows of 28 days counted back from the end, half overlapping; one if the curve is short."""
    size = WINDOW_DAYS * HOURS_A_DAY
    if hours <= size:
        return [(0, hours)]
    ends = range(hours, size - 1, -size // 2)
    return [(end - size, end) for end in ends]


def _since_steps(hours: int, clock: LocalClock, history: evidence.History) -> list[tuple[int, int]]:
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


def _case(
    kw: NDArray[np.float64], clock: LocalClock, temperature: NDArray[np.float64] | None,
    place: tuple[int, int], history: evidence.History,
) -> Case | None:  # fmt: skip
    begin, end = place
    part = kw[begin:end]
    if np.isfinite(part).sum() < SHORTEST_DAYS * HOURS_A_DAY:
        return None
    local = _part(clock, begin, end)
    weather = None if temperature is None else temperature[begin:end]
    return Case(part, local, shape(part, local), history, int(clock.day[begin]), weather)


def may_separate(case: Case) -> bool:
    """Whether the window begins with a step that machines make."""
    return any(
        step.day == case.first_day and step.quality >= evidence.MACHINE
        for step in case.history.steps
    )


def separated(case: Case) -> Case:
    """The window without the usual load of its hours before the step."""
    usual = usual_before(case.history.days, case.history.weekend, case.first_day)
    rest = case.kw - usual[case.clock.weekend.astype(int), case.clock.hour]
    left = np.where(rest < 0, 0.0, rest)
    return replace(case, kw=left, shape=shape(left, case.clock), separated=True)


def _best_pattern(case: Case) -> Profile:
    return max((_judge(kind, case) for kind in evidence.PATTERNS), key=lambda p: p.total)


def _judge(kind: str, case: Case) -> Profile:
    est_kw, reasons = evidence.PATTERNS[kind](case)
    reasons = [
        r
        for r in [*reasons, *evidence.common_doubts(case, est_kw)]
        if abs(r.weight) >= LEAST_WEIGHT
    ]
    total = sum(r.weight for r in reasons)
    score = squash(total)
    pattern = _named(kind, reasons) if score >= MINING_LIKE else "none"
    ordered = sorted(reasons, key=lambda r: -abs(r.weight))
    return Profile(score, pattern, est_kw, case.shape.coverage, tuple(ordered), case.shape, total)


def _named(kind: str, reasons: list[Reason]) -> str:
    """A block of most of the day is a flat load that dodges the dear evening."""
    hours = [r.params["hours"] for r in reasons if r.code == "clock_block"]
    return "flat" if kind == "night_block" and hours and hours[0] >= DODGING_HOURS else kind
