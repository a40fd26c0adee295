"""How far apart the readings of a file stand; a day's or a month's total is no reading."""

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grid.formats.values import trimmed
from grid.profiles.curve import STEPS, usual_step

A_DAY = 24 * 60
SHIFT = 60  # minutes by which a day may be shorter or longer when the clocks change
ENOUGH = 3  # distances; fewer may be what is left of a file with holes
DAY_OR_MONTH = re.compile(
    r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:\d{1,2}[-./])?\d{1,2}[-./]\d{4}"
)  # fmt: skip
PERIODS = frozenset(
    {"day", "month", "period", "день", "сутки", "месяц", "период", "күн", "тәулік", "ай", "кезең"}
)
CLOCKLIKE = re.compile("time|hour|час|время|уақыт|сағат", re.IGNORECASE)


def judged_step(meters: NDArray[np.int32], minutes: NDArray[np.int64]) -> tuple[int, int, str]:
    """The interval in minutes, the usual distance, and the code of what is wrong with it.

    ``meters`` are codes, ``minutes`` the times that stand beside them, in any order. The distance
    is that of neighbours of one meter; the code is empty when nothing is wrong.
    """
    order = np.lexsort((minutes, meters))
    meters, minutes = meters[order], minutes[order]
    gaps = np.diff(minutes)[np.diff(meters) == 0]
    gaps = gaps[gaps > 0]
    step = usual_step(np.concatenate([[0], np.cumsum(gaps)]))
    if not gaps.size:
        return step, 0, ""
    values, counts = np.unique(gaps, return_counts=True)
    usual, often = int(values[np.argmax(counts)]), int(counts.max())
    if is_mostly(gaps, of_days(gaps)):
        return step, usual, "totals"
    odd = usual not in STEPS and gaps.size >= ENOUGH and often * 2 > gaps.size
    return step, usual, "step" if odd else ""


def of_days(minutes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which distances are whole days or months."""
    found: NDArray[np.bool_] = (minutes >= A_DAY - SHIFT) & ((minutes + SHIFT) % A_DAY <= 2 * SHIFT)
    return found


def is_mostly(whole: NDArray[np.int64], part: NDArray[np.bool_]) -> bool:
    """Whether more than half is marked; never of nothing."""
    return int(part.sum()) * 2 > whole.size


def bare_day(column: pa.ChunkedArray | pa.Array) -> str:
    """The first of a column's times when all are days or months without a time of day."""
    texts = [text for text in pc.unique(trimmed(column)).to_pylist() if text]
    return texts[0] if texts and all(map(DAY_OR_MONTH.fullmatch, texts)) else ""


def lacks_hours(roles: Iterable[str], unknown: list[str]) -> bool:
    """Whether headings tell of days or months, and nothing of the time of day."""
    here = set(roles)
    if any(map(CLOCKLIKE.search, unknown)):
        return False
    if "date" in here:
        return "value" in here or ("meter" not in here and bool(unknown))
    periods = [n for n in unknown if n.casefold() in PERIODS or DAY_OR_MONTH.fullmatch(n)]
    return "meter" in here and bool(periods)
