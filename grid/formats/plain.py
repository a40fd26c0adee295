"""The quick way through a text file: stretches of it in which every value is plainly right.

Threads read and judge them; each distinct time is judged once. A stretch with
anything else in it is left to the careful way, which names what is wrong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grid.formats.blocks import Source
from grid.formats.lines import Order, cells_of
from grid.formats.text import Stretch, is_whole, lines_of

CODED = pa.dictionary(pa.int32(), pa.string())
NAME = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,62}\S)?")  # as ``values.texts`` takes it, trimmed
MOST_TIMES = 1_000_000  # distinct ones that are remembered
OLDEST_START = 946_684_800_000  # 2000-01-01, milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Judged:
    """Coded meters whose names nobody judged, starts in milliseconds since 1970, and kWh."""

    meters: pa.DictionaryArray
    starts: NDArray[np.int64]
    kwh: NDArray[np.float64]


@dataclass(slots=True)
class Plain:
    """Judges stretches of one file of three columns; ``moments`` reads texts of time (ms, UTC).

    ``order`` is what its cells are, as ``cells_of`` has it; ``step`` in minutes, ``latest`` start
    in milliseconds since 1970, ``most`` in kWh. Several threads may ask it at once.
    """

    source: Source
    order: Order
    moments: Callable[[pa.Array], NDArray[np.int64]]
    step: int
    latest: int
    most: float
    _known: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def judged(self, stretch: Stretch) -> Judged | None:
        """The readings of a stretch; None where one of them is not plain."""
        content = lines_of(self.source, stretch)
        if not is_whole(content, self.source.delimiter):
            return None
        cells = cells_of(content, self.source.delimiter, self.order)
        if cells is None or not ((cells.numbers >= 0) & (cells.numbers <= self.most)).all():
            return None
        starts = self._starts(cells.times.dictionary)
        off = starts % (self.step * 60_000) != 0
        if (off | (starts < OLDEST_START) | (starts > self.latest)).any():
            return None
        return Judged(cells.meters, starts[cells.times.indices.to_numpy()], cells.numbers)

    def _starts(self, texts: pa.Array) -> NDArray[np.int64]:
        """Distinct times as milliseconds; far in the past where one is not plain."""
        listed = texts.to_pylist()
        with self._lock:
            new = [text for text in listed if text not in self._known]
            if new:
                if len(self._known) > MOST_TIMES:
                    self._known.clear()
                    new = listed
                self._known.update(zip(new, self.moments(pa.array(new)).tolist(), strict=True))
            return np.array([self._known[text] for text in listed], dtype=np.int64)


def latest_start(now: datetime | None) -> int:
    """An hour from now, milliseconds since 1970; any time without a clock."""
    if now is None:
        return int(np.iinfo(np.int64).max)
    return int((now + timedelta(hours=1)).timestamp() * 1000)
