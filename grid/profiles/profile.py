"""The one pure function from load curves to their profiles: how much like mining, and why.

``profiles`` takes many meters' readings at once, as arrays, and is what every engine calls;
``profile`` is the same for one curve. What decides is a model grown on real meters with invented
farms added (``docs/model-card.md``); its moves are gathered into reasons that add up to the score.

What the shape cannot separate: a telecom site or a data centre may run as flat as a farm of many
devices. Such a load can score high; only a document tells them apart.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from grid.profiles import features as f
from grid.profiles import verdict as v
from grid.profiles.curve import LoadCurve
from grid.profiles.reasons import ORDER, Reason, Seen, reasons
from grid.profiles.trees import Model, read_model
from grid.profiles.verdict import EXPECTED, MINING_LIKE

__all__ = [
    "EXPECTED", "MINING_LIKE", "WINDOW_DAYS", "Degrees", "Profile", "Profiles", "Readings",
    "Shape", "profile", "profiles",
]  # fmt: skip

WINDOW_DAYS = 28  # what the shape is told of
SHORTEST_DAYS = f.FEWEST_DAYS
FIRST_YEAR, LAST_YEAR = 1995, 2060  # whose changes of the clocks are known
HOUR, DAY = 3600, 86_400


class Readings(NamedTuple):
    """Readings of whole meters, by meter and time; of equal starts the last counts.

    Rows of meter *i* lie from ``edges[i]`` to ``edges[i + 1]``. ``starts`` in ticks since 1970
    UTC, ``tick`` of them a minute; ``kwh`` an interval (NaN where none); ``minutes`` an interval,
    by meter.
    """

    edges: NDArray[np.int64]
    starts: NDArray[np.int64]
    kwh: NDArray[np.float64] | NDArray[np.float32]
    minutes: NDArray[np.int64]
    tick: int


class Degrees(NamedTuple):
    """Daily mean temperature in degrees C from the local day ``first`` (days since 1970) on."""

    first: int
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The last 28 days: mean and highest kW of an hour, and their load factor (0 to 1)."""

    mean_kw: float
    peak_kw: float
    load_factor: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What a load curve looks like.

    ``score`` 0 to 1; ``pattern`` flat, night_block, stepped or none; ``est_kw`` the estimated
    mining part in kW while it runs, 0 when the score is below ``EXPECTED``; ``coverage`` share
    of hours present; ``shape`` of the last 28 days; ``total`` the sum of the reasons' weights,
    which are log odds.
    """

    score: float
    pattern: str
    est_kw: float
    coverage: float
    reasons: tuple[Reason, ...]
    shape: Shape
    total: float


class Profiles(NamedTuple):
    """Profiles of many meters as arrays, a row a meter; ``one`` tells one of them.

    ``verdict``: see ``grid.profiles.verdict``; ``weights`` by family of reasons; ``features`` and
    ``figures``: see ``grid.profiles.features``.
    """

    verdict: NDArray[np.float64]
    weights: NDArray[np.float64]
    features: NDArray[np.float32]
    figures: NDArray[np.float64]
    latest: bool

    def one(self, at: int) -> Profile:
        """The profile of one meter, with its reasons."""
        row, figures = self.verdict[at], self.figures[at]
        shape = Shape(*(float(figures[k]) for k in (f.MEAN, f.PEAK, f.LOAD_FACTOR)))
        coverage = float(figures[f.PRESENT if self.latest else f.COVERAGE])
        if not row[v.JUDGED]:
            nothing = (Reason("too_little", {}, 0.0),)
            return Profile(0.0, "none", 0.0, coverage, nothing, shape, 0.0)
        total = float(row[v.TOTAL])
        extra = []
        if row[v.SMALL]:
            extra.append(Reason("below_one_device", {"kw": row[v.EST_KW]}, float(row[v.SMALL])))
        if row[v.LITTLE]:
            extra.append(Reason("little_data", {"share": coverage}, float(row[v.LITTLE])))
        seen = Seen(self.features[at], figures)
        told = reasons(seen, self.weights[at], extra, total)
        pattern = v.PATTERNS[int(row[v.PATTERN])]
        return Profile(
            float(row[v.SCORE]), pattern, float(row[v.EST_KW]), coverage, told, shape, total
        )


def profiles(
    readings: Readings, zone: ZoneInfo, degrees: Degrees | None = None, *,
    latest: bool = False, model: Model | None = None,
) -> Profiles:  # fmt: skip
    """The profiles of readings of any number of meters, in the local time of ``zone``.

    A curve is judged by its last 53 weeks. ``latest``: a load that fell for good before the last
    28 days is judged by what is left. The model is the one of the repository unless given.
    """
    model = model or read_model()
    count = readings.edges.size - 1
    x = np.empty((count, f.COUNT), dtype=np.float32)
    figures = np.empty((count, f.FIGURES))
    weights, out = np.empty((count, len(ORDER))), np.empty((count, v.VERDICT))
    warmth = degrees.values if degrees else np.empty(0, dtype=np.float32)
    clock = np.array([readings.tick, degrees.first if degrees else 0, latest], dtype=np.int64)
    v.judge_all(
        readings.edges, readings.starts, readings.kwh, readings.minutes, clock, clock_shifts(zone),
        warmth, model.score, model.estimate, model.shift, x, figures, weights, out,
    )  # fmt: skip
    return Profiles(out, weights, x, figures, latest)


def profile(
    curve: LoadCurve, zone: ZoneInfo, degrees: Degrees | None = None, *, latest: bool = False
) -> Profile:
    """The profile of one load curve of any length."""
    size = curve.kw.size
    if size == 0:
        nothing = (Reason("too_little", {}, 0.0),)
        return Profile(0.0, "none", 0.0, 0.0, nothing, Shape(0.0, 0.0, 0.0), 0.0)
    first = int(curve.start.timestamp()) // 60
    readings = Readings(
        edges=np.array([0, size], dtype=np.int64),
        starts=first + curve.step_minutes * np.arange(size, dtype=np.int64),
        kwh=curve.kw * (curve.step_minutes / 60),
        minutes=np.array([curve.step_minutes], dtype=np.int64),
        tick=1,
    )
    return profiles(readings, zone, degrees, latest=latest).one(0)


@cache
def clock_shifts(zone: ZoneInfo) -> NDArray[np.int64]:
    """UTC hours since 1970 from which an offset holds, and the offsets in minutes: two rows."""
    begin = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    shifts, offsets = [0], [_offset(begin, zone)]
    for day in range(begin, end, DAY):
        if _offset(day + DAY, zone) != offsets[-1]:
            hour = next(
                h for h in range(day, day + DAY + 1, HOUR) if _offset(h, zone) != offsets[-1]
            )
            shifts.append(hour // HOUR)
            offsets.append(_offset(hour, zone))
    return np.array([shifts, offsets], dtype=np.int64)


def _offset(moment: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0
