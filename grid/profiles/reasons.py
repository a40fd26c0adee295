"""Why a score is what it is: the model's moves gathered into reasons with their figures.

Each feature belongs to one *family*; what the trees moved by its features is the family's weight
in log odds. Weights add up to the score's log odds. The words for a code are in ``grid.wording``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grid.profiles import features as f

EPOCH = date(1970, 1, 1)
MOST = 6  # reasons told; the rest is summed up
LEAST_WEIGHT = 0.15
EVEN_STEP = 0.5
SEVERAL = 2
CLOCK_SIZE, CLOCK_SURE = 0.15, 1.5  # of the mean load; times its own spread over the days

# family: features that begin so; the longest match counts
FAMILIES: dict[str, tuple[str, ...]] = {
    "size": ("size", "days", "coverage"),
    "floor": ("floor_share", "floor_first", "floor_last", "floor_low", "floor_mid", "floor_top",
              "level_", "load_factor"),
    "steady": ("floor_spread", "swing", "ripple", "band", "rough", "turning", "day_spread",
               "lean"),
    "noise": ("noise_zero",),
    "day": ("night_day", "profile_"),
    "week": ("weekend",),
    "season": ("mean_season", "floor_season"),
    "weather": ("weather",),
    "outages": ("dip",),
    "added": ("up1_", "up2_", "ups", "jump_ratio"),
    "taken": ("down_", "downs"),
    "clock": ("block_",),
}  # fmt: skip
ORDER = tuple(FAMILIES)


@dataclass(frozen=True, slots=True)
class Reason:
    """One argument: ``code`` (worded above), ``params`` its figures, ``weight`` for or against."""

    code: str
    params: dict[str, Any]
    weight: float


def family_of(name: str) -> int:
    """The place in ``ORDER`` of a feature's family. KeyError for a feature without one."""
    found = [
        (len(start), place) for place, starts in enumerate(FAMILIES.values())
        for start in starts if name.startswith(start)
    ]  # fmt: skip
    if not found:
        raise KeyError(name)
    return max(found)[1]


FAMILY = np.array([family_of(name) for name in f.NAMES], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Seen:
    """A curve's features and figures, by name."""

    features: NDArray[np.float32]
    figures: NDArray[np.float64]

    def of(self, name: str) -> float:
        """A feature; 0 where it is unknown."""
        value = float(self.features[f.AT[name]])
        return value if value == value else 0.0  # noqa: PLR0124 - NaN

    def figure(self, place: int) -> float:
        return float(self.figures[place])

    def day(self) -> str:
        """The calendar day of the greatest step, ISO 8601."""
        return (EPOCH + timedelta(days=self.figure(f.STEP_DAY))).isoformat()


Found = tuple[str, dict[str, Any]]


def _either(yes: str, no: str, params: Callable[[Seen], dict[str, Any]]) -> Callable[..., Found]:
    return lambda seen, favours: (yes if favours else no, params(seen))


def _floor(seen: Seen) -> dict[str, Any]:
    return {"kw": seen.figure(f.FLOOR), "share": min(max(seen.of("floor_share_last"), 0.0), 1.0)}


def _added(seen: Seen, favours: bool) -> Found:  # noqa: FBT001 - as every telling
    step = {"kw": seen.figure(f.STEP_KW), "since": seen.day() if seen.figure(f.STEP_KW) else ""}
    even = seen.figure(f.STEP_KW) > 0 and seen.of("up1_even") >= EVEN_STEP
    if favours and even and seen.figure(f.STEPS) >= SEVERAL:
        return "steps_up", {"count": seen.figure(f.STEPS), "kw": seen.figure(f.STEPS_KW)}
    if favours:
        return ("constant_load_added", step) if even else ("ran_before", {})
    return ("uneven_step", step) if seen.figure(f.STEP_KW) > 0 else ("nothing_added", {})


def _clock(seen: Seen, favours: bool) -> Found:  # noqa: FBT001
    if seen.of("block_size") >= CLOCK_SIZE and seen.of("block_rise") >= CLOCK_SURE:
        begin, hours = seen.figure(f.BLOCK_UP), seen.figure(f.BLOCK_HOURS)
        block = {
            "begin": begin, "end": (begin + hours) % 24, "kw": seen.figure(f.BLOCK_KW),
            "hours": hours,
        }  # fmt: skip
        return ("clock_block" if favours else "working_hours"), block
    return ("no_working_hours" if favours else "no_clock_block"), {}


def _outages(seen: Seen, favours: bool) -> Found:  # noqa: FBT001
    hours = seen.figure(f.DIP_HOURS)
    if not hours:
        return ("no_outages" if favours else "never_out"), {}
    return ("fell_whole" if favours else "outages_differ"), {
        "hours": hours, "kw": seen.figure(f.DIP_KW),
    }  # fmt: skip


def _taken(seen: Seen, favours: bool) -> Found:  # noqa: FBT001
    kw = seen.of("downs_kw") * seen.figure(f.WHOLE_MEAN)
    if favours or kw <= 0:
        return ("stayed" if favours else "level_fell"), {}
    return "taken_away", {"kw": kw}


TELLINGS: dict[str, Callable[..., Found]] = {
    "size": _either("size_of_farm", "size_unlike", lambda s: {"kw": s.figure(f.WHOLE_MEAN)}),
    "floor": _either("high_floor", "low_floor", _floor),
    "steady": _either("steady_hours", "rough_hours", lambda s: {"spread": s.of("swing_last")}),
    "noise": _either("constant_beneath", "all_changes", lambda s: {"kw": s.figure(f.NOISE_KW)}),
    "day": _either("night_as_day", "night_differs", lambda s: {"ratio": s.of("night_day_last")}),
    "week": _either(
        "weekend_as_weekday", "weekend_unlike", lambda s: {"ratio": s.of("weekend_last")}
    ),
    "season": _either("season_fits", "wandering", lambda s: {"share": s.of("floor_season")}),
    "weather": _either("ignores_weather", "follows_weather", lambda s: {"r": s.of("weather")}),
    "outages": _outages,
    "added": _added,
    "taken": _taken,
    "clock": _clock,
}


def reasons(
    seen: Seen, weights: NDArray[np.float64], extra: list[Reason], total: float
) -> tuple[Reason, ...]:
    """The weightiest reasons first, ``extra`` ones among them; last the sum of all the rest."""
    told = list(extra)
    for place, name in enumerate(ORDER):
        weight = float(weights[place])
        if abs(weight) >= LEAST_WEIGHT:
            told.append(Reason(*TELLINGS[name](seen, weight > 0), weight))
    told.sort(key=lambda reason: -abs(reason.weight))
    kept = told[:MOST]
    rest = total - sum(reason.weight for reason in kept)
    return (*kept, Reason("rest", {}, rest))
