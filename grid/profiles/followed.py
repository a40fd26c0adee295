"""Whether a load fell when a curtailment was ordered or the internet was out.

Devices that mine stop without the internet and pause for a curtailment; few other loads know of
either. It stands beside the score as evidence: the model was grown without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grid.profiles.curve import HOURS_A_DAY, MINUTES_AN_HOUR, LoadCurve

Span = tuple[datetime, datetime]
"""Begin and end of an event, aware; the end is not in it."""

DAYS_AROUND = 7  # before and after: what is usual moves with the season
FEWEST_DAYS = 3  # of readings at the same hours, else nothing is usual
USUAL_FLOOR = 0.2  # quantile of the same hours: an ordinary quiet day is no fall
LEAST_FALL = 0.3  # of the usual floor
PRESENT = 0.8  # share of an event's intervals that can be judged


@dataclass(frozen=True, slots=True)
class Followed:
    """The load fell in ``fell`` of ``of`` events that could be judged; median fall in kW."""

    fell: int
    of: int
    kw: float


def followed(curve: LoadCurve, spans: Iterable[Span], others: Iterable[Span] = ()) -> Followed:
    """How often the load fell by 30 % of its usual floor of the same hours in the days around.

    ``others`` are events of another kind: their hours are not usual either. Events that overlap
    are one; one without a whole interval, or without enough readings, is not judged.
    """
    mine = merged(spans)
    usual = curve.kw.copy()
    for begin, end in (*mine, *others):
        usual[_touched(curve, begin, end)] = np.nan
    falls = [_fall(curve, usual, begin, end) for begin, end in mine]
    judged = [one for one in falls if one is not None]
    fallen = [kw for kw, share in judged if share >= LEAST_FALL]
    return Followed(len(fallen), len(judged), float(np.median(fallen)) if fallen else 0.0)


def merged(spans: Iterable[Span]) -> Sequence[Span]:
    """The same time without overlaps, in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _touched(curve: LoadCurve, begin: datetime, end: datetime) -> slice:
    """The intervals that an event touches."""
    return _within(curve, floor(_place(curve, begin)), ceil(_place(curve, end)))


def _inside(curve: LoadCurve, begin: datetime, end: datetime) -> slice:
    """The intervals that lie wholly in an event."""
    return _within(curve, ceil(_place(curve, begin)), floor(_place(curve, end)))


def _place(curve: LoadCurve, moment: datetime) -> float:
    return (moment - curve.start) / timedelta(minutes=curve.step_minutes)


def _within(curve: LoadCurve, first: int, last: int) -> slice:
    first = min(max(first, 0), curve.kw.size)
    return slice(first, min(max(last, first), curve.kw.size))


def _fall(
    curve: LoadCurve, usual: NDArray[Any], begin: datetime, end: datetime
) -> tuple[float, float] | None:
    """By how many kW the load lay below its usual floor, and that as a share; None: not judged."""
    at = np.arange(curve.kw.size)[_inside(curve, begin, end)]
    if not at.size:
        return None
    around = _same_hours(usual, at, HOURS_A_DAY * MINUTES_AN_HOUR // curve.step_minutes)
    good = (np.isfinite(around).sum(axis=0) >= FEWEST_DAYS) & np.isfinite(curve.kw[at])
    if good.sum() < PRESENT * at.size:
        return None
    level = float(np.nanquantile(around[:, good], USUAL_FLOOR, axis=0).mean())
    if level <= 0:
        return None
    fall = level - float(curve.kw[at][good].mean())
    return fall, fall / level


def _same_hours(usual: NDArray[Any], at: NDArray[Any], a_day: int) -> NDArray[Any]:
    """A row a day around, a column an interval; NaN where nothing usual is known."""
    days = np.array([day for day in range(-DAYS_AROUND, DAYS_AROUND + 1) if day])
    places = at[None, :] + a_day * days[:, None]
    known = (places >= 0) & (places < usual.size)
    return np.where(known, usual[np.clip(places, 0, usual.size - 1)], np.nan)
