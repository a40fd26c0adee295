"""Sorting more than memory holds: sorted runs, then merged a range of meters at a time.

The first runs stay in memory, those of large files go to disk.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq
from numpy.typing import NDArray

from common.ahead import ahead
from grid.lake.order import CODED, coded, in_order, milliseconds

STORED = pa.schema(
    [
        ("meter", pa.string()),
        ("start", pa.timestamp("ms", tz="UTC")),
        ("kwh", pa.float64()),
        ("minutes", pa.int16()),
        ("batch", pa.int64()),
    ]
)
RUN_ENCODING = {"compression": "none", "use_dictionary": ["meter"], "store_schema": False}
ROW_GROUP = 32 * 1024  # a meter is found among few others; the larger, the smaller the file
RANGE_ROWS = 1_000_000
KEPT_ROWS = 6_000_000  # of all runs in memory, about 30 bytes each
Groups = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A Parquet file sorted by meter, with the meter span and rows of each of its row groups."""

    path: str
    fs: pafs.FileSystem
    groups: Groups

    @classmethod
    def open(cls, path: str, fs: pafs.FileSystem) -> "Sorted":
        with pq.ParquetFile(path, filesystem=fs) as file:
            meta = file.metadata
            groups = []
            for i in range(meta.num_row_groups):
                stats = meta.row_group(i).column(0).statistics
                groups.append((stats.min, stats.max, meta.row_group(i).num_rows))
        return cls(path, fs, tuple(groups))

    def read(self, after: str | None, until: str, *, names: bool = True) -> pa.Table:
        """Rows with ``after`` < meter <= ``until``; ``names``: with codes as text."""
        wanted = _touching(self.groups, after, until)
        with pq.ParquetFile(self.path, filesystem=self.fs, read_dictionary=["meter"]) as file:
            table = file.read_row_groups(wanted)
        return _between(table, after, until, names=names)


@dataclass(frozen=True, slots=True)
class Kept:
    """A sorted table in memory, read like a file of it."""

    table: pa.Table
    groups: Groups

    @classmethod
    def of(cls, table: pa.Table) -> "Kept":
        meter, size = table["meter"], len(table)
        spans = [(at, min(at + ROW_GROUP, size)) for at in range(0, size, ROW_GROUP)]
        return cls(table, tuple((meter[a].as_py(), meter[b - 1].as_py(), b - a) for a, b in spans))

    def read(self, after: str | None, until: str, *, names: bool = True) -> pa.Table:
        """Rows with ``after`` < meter <= ``until``; ``names``: with codes as text."""
        wanted = _touching(self.groups, after, until)
        first, count = (wanted[0], wanted[-1] + 1 - wanted[0]) if wanted else (0, 0)
        part = self.table.slice(first * ROW_GROUP, count * ROW_GROUP)
        return _between(part, after, until, names=names)


Run = Sorted | Kept


def _touching(groups: Groups, after: str | None, until: str) -> list[int]:
    return [
        i for i, (low, high, _) in enumerate(groups)
        if low <= until and (after is None or high > after)
    ]  # fmt: skip


def _between(table: pa.Table, after: str | None, until: str, *, names: bool) -> pa.Table:
    """The rows of a range of meters, coded by these meters' names alone."""
    meter = coded(table["meter"])
    low = after if after is not None else ""
    names_kept = [low < name <= until for name in meter.dictionary.to_pylist()]
    keep = np.array(names_kept, dtype=bool)
    if not keep.all():
        table = _stretch(table, keep[meter.indices.to_numpy()])
        places = (np.cumsum(keep, dtype=np.int32) - 1)[coded(table["meter"]).indices.to_numpy()]
        fewer = pa.DictionaryArray.from_arrays(places, meter.dictionary.filter(pa.array(keep)))
        table = table.set_column(0, "meter", fewer)
    return table.set_column(0, "meter", table["meter"].cast(pa.string())) if names else table


def ranges(files: Sequence[Run], rows: int = RANGE_ROWS) -> Iterator[tuple[str | None, str]]:
    """Meter ranges (after, until] that cover all files, each of about ``rows`` rows or more."""
    ends = sorted((high, count) for file in files for _, high, count in file.groups)
    after: str | None = None
    size = 0
    for i, (high, count) in enumerate(ends):
        size += count
        last = i + 1 == len(ends)
        if last or (size >= rows and ends[i + 1][0] > high):
            yield after, high
            after, size = high, 0


def _stretch(table: pa.Table, keep: NDArray[np.bool_]) -> pa.Table:
    """The rows to keep of a sorted table: they stand together."""
    at = np.flatnonzero(keep)
    return table.slice(int(at[0]), len(at)) if len(at) else table.slice(0, 0)


def merged(
    files: Sequence[Run], rows: int = RANGE_ROWS, *, names: bool = True
) -> Iterator[pa.Table]:
    """All rows of sorted runs in order, whole meters at a time, in bounded memory."""

    def whole(part: tuple[str | None, str]) -> pa.Table:
        return in_order(pa.concat_tables([file.read(*part, names=names) for file in files]))

    yield from ahead(whole, ranges(files, rows), workers=1)


class RunWriter:
    """Gathers readings month by month and makes a sorted run of each full load.

    Sorting and writing are done in a thread, one load behind the giver.
    """

    def __init__(self, folder: Path, rows: int = RANGE_ROWS, *, by_month: bool = True) -> None:
        self.folder = folder
        self.rows = rows
        self.by_month = by_month
        self.runs: dict[str, list[Run]] = {}
        self._kept = 0
        self._waiting: list[pa.Table] = []
        self._size = 0
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def add(self, table: pa.Table) -> None:
        """Take a table that has at least meter and start; written when enough has come.

        Raises what went wrong with the load before.
        """
        if len(table):
            self._waiting.append(table)
            self._size += len(table)
        if self._size >= self.rows:
            self._hand_over()

    def flush(self) -> None:
        """Write what waits; when this returns all runs are there."""
        self._hand_over()
        if self._last:
            self._last.result()

    def close(self) -> None:
        """Wait for the thread, whatever became of its work."""
        self._thread.shutdown()

    def _hand_over(self) -> None:
        if self._waiting:
            if self._last:
                self._last.result()
            self._last = self._thread.submit(self._sort_and_write, self._waiting)
            self._waiting, self._size = [], 0

    def _sort_and_write(self, tables: list[pa.Table]) -> None:
        table = in_order(pa.concat_tables([_with_codes(t) for t in tables]))
        if not self.by_month:
            self._write(table, "all")
            return
        for month, part in _months_of(table):
            self._write(part, month)

    def _write(self, table: pa.Table, key: str) -> None:
        runs = self.runs.setdefault(key, [])
        if self._kept + len(table) <= KEPT_ROWS:
            self._kept += len(table)
            runs.append(Kept.of(table))
            return
        path = self.folder / f"{key}-{len(runs)}.run"
        pq.write_table(table, path, row_group_size=ROW_GROUP, **RUN_ENCODING)
        runs.append(Sorted.open(str(path), pafs.LocalFileSystem()))


def _months_of(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each month in UTC, in their order."""
    starts = milliseconds(table).view("datetime64[ms]")
    first, last = (moment.astype("datetime64[M]") for moment in (starts.min(), starts.max()))
    for month in np.arange(first, last + 1):
        begin, end = (at.astype("datetime64[ms]") for at in (month, month + 1))
        within = (starts >= begin) & (starts < end)
        if within.any():
            yield str(month), table if within.all() else table.filter(pa.array(within))


def _with_codes(table: pa.Table) -> pa.Table:
    at = table.column_names.index("meter")
    return table.set_column(at, "meter", coded(table["meter"]).cast(CODED))
