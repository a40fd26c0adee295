"""The quick way through a text file: parts of it in which every value is plainly right.

Arrow reads a part in a thread of its own; meters and times are judged once for each distinct
one. A part with anything else in it is left to the careful way, which names what is wrong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from grid.formats.sources import Part, Source

CODED = pa.dictionary(pa.int32(), pa.string())
NAME = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,62}\S)?")  # as ``values.texts`` takes it, trimmed
MOST_TIMES = 1_000_000  # distinct ones that are remembered
OLDEST_START = 946_684_800_000  # 2000-01-01, milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Judged:
    """Coded meters with their names, and starts in milliseconds since 1970."""

    meters: pa.DictionaryArray
    names: list[str]
    starts: NDArray[np.int64]


@dataclass(slots=True)
class Plain:
    """Judges the parts of one file of three columns; ``moments`` reads texts of time (ms, UTC).

    ``step`` in minutes, ``latest`` start in milliseconds since 1970, ``most`` in kWh.
    """

    source: Source
    columns: list[str]
    moments: Callable[[pa.Array], NDArray[np.int64]]
    step: int
    latest: int
    most: float
    _fine: set[str] = field(default_factory=set)
    _known: dict[str, int] = field(default_factory=dict)

    def read(self, part: Part) -> pa.Table | None:
        """Meter, start and kWh as Arrow reads them; None where that cannot be done."""
        meter, start, kwh = self.columns
        try:
            table = pacsv.read_csv(
                pa.BufferReader(part.content),
                read_options=pacsv.ReadOptions(
                    use_threads=False, block_size=len(part.content) + 1,
                    column_names=self.source.columns,
                ),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.source.delimiter, ignore_empty_lines=False
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types={meter: CODED, start: CODED, kwh: pa.float64()},
                    strings_can_be_null=False, null_values=[],
                ),
            )  # fmt: skip
        except pa.ArrowInvalid:
            return None
        energy = table[kwh].to_numpy()
        sound = ((energy >= 0) & (energy <= self.most)).all()  # nor is NaN
        return table.select(self.columns) if sound else None

    def judged(self, table: pa.Table) -> Judged | None:
        """Meters and starts of a table; None where one is not plain."""
        meters, times = (column.combine_chunks() for column in table.columns[:2])
        names = meters.dictionary.to_pylist()
        new = set(names) - self._fine
        if not all(NAME.fullmatch(name) for name in new):
            return None
        self._fine |= new
        starts = self._starts(times.dictionary)
        off = starts % (self.step * 60_000) != 0
        if (off | (starts < OLDEST_START) | (starts > self.latest)).any():
            return None
        return Judged(meters, names, starts[times.indices.to_numpy()])

    def _starts(self, texts: pa.Array) -> NDArray[np.int64]:
        """Distinct times as milliseconds; far in the past where one is not plain."""
        listed = texts.to_pylist()
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
