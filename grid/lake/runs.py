"""Sorting more than memory holds: sorted runs, then merged a range of meters at a time.

The first run stays in memory, the others of large files go to disk.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq
from numpy.typing import NDArray

from common.ahead import ahead
from grid.lake.counting import by_count
from grid.lake.order import CODED, coded, in_order, milliseconds, ranks

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
KEPT_ROWS = 6_000_000  # in memory, about 40 bytes each
MOST_GROUPS = 4_000_000  # of a month and a meter, which take 24 bytes each while it is sorted
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
    """Readings in memory, read in ``order`` like a sorted file of them.

    ``edges`` are where the rows of each of the ``names`` begin in the order, and where they end.
    """

    readings: pa.Table
    names: list[str]
    order: NDArray[np.integer[Any]]
    edges: NDArray[np.int64]

    @property
    def groups(self) -> Groups:
        """The meter span and rows of stretches as long as a file's row groups."""
        begins = np.arange(0, len(self.order), ROW_GROUP)
        ends = np.append(begins[1:], len(self.order))
        low, high = (
            (np.searchsorted(self.edges, rows, "right") - 1).tolist() for rows in (begins, ends - 1)
        )
        counts = (ends - begins).tolist()
        return tuple(
            (self.names[a], self.names[b], n) for a, b, n in zip(low, high, counts, strict=True)
        )

    def read(self, after: str | None, until: str, *, names: bool = True) -> pa.Table:
        """Rows with ``after`` < meter <= ``until``; ``names``: with codes as text."""
        first = 0 if after is None else bisect_right(self.names, after)
        last = bisect_right(self.names, until)
        edges = self.edges[first : last + 1]
        codes = np.repeat(np.arange(last - first, dtype=np.int32), np.diff(edges))
        meter = pa.DictionaryArray.from_arrays(codes, pa.array(self.names[first:last], pa.string()))
        part = self.readings.take(pa.array(self.order[edges[0] : edges[-1]]))
        return part.add_column(0, "meter", meter.cast(pa.string()) if names else meter)


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
        tables = [file.read(*part, names=names) for file in files]
        return tables[0] if len(tables) == 1 else in_order(pa.concat_tables(tables))

    yield from ahead(whole, ranges(files, rows), workers=1)


class RunWriter:
    """Gathers readings and makes a sorted run of each load, of each month unless told otherwise.

    As much as may stay in memory is one load. Sorting and writing are done in a thread, one load
    behind the giver.
    """

    def __init__(self, folder: Path, rows: int = RANGE_ROWS, *, by_month: bool = True) -> None:
        self.folder = folder
        self.rows = rows
        self.by_month = by_month
        self.runs: dict[str, list[Run]] = {}
        self._kept = False
        self._waiting: list[pa.Table] = []
        self._size = 0
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def add(self, table: pa.Table) -> None:
        """Take a table that has at least meter and start; sorted when enough has come.

        Raises what went wrong with the load before.
        """
        if self._size + len(table) > (self.rows if self._kept else KEPT_ROWS):
            self._hand_over()
        if len(table):
            self._waiting.append(table)
            self._size += len(table)

    def flush(self) -> None:
        """Sort what waits; when this returns all runs are there."""
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
            make = self._write if self._kept else self._keep
            self._last = self._thread.submit(make, self._waiting)
            self._waiting, self._size, self._kept = [], 0, True

    def _keep(self, tables: list[pa.Table]) -> None:
        for key, load in self._sorted(tables):
            self.runs[key] = [load]

    def _write(self, tables: list[pa.Table]) -> None:
        for key, load in self._sorted(tables):
            runs = self.runs.setdefault(key, [])
            path = self.folder / f"{key}-{len(runs)}.run"
            table = load.read(None, load.names[-1], names=False)
            pq.write_table(table, path, row_group_size=ROW_GROUP, **RUN_ENCODING)
            runs.append(Sorted.open(str(path), pafs.LocalFileSystem()))

    def _sorted(self, tables: list[pa.Table]) -> Iterator[tuple[str, Kept]]:
        table = pa.concat_tables([_with_codes(t) for t in tables])
        table = table.unify_dictionaries().combine_chunks()
        return _in_months(table) if self.by_month else iter([("all", _in_order(table))])


def _in_months(table: pa.Table) -> Iterator[tuple[str, Kept]]:
    """Readings in order, apart by months in UTC: one sorting for all of them."""
    starts, (rank, names) = milliseconds(table), ranks(table["meter"])
    months = _months_of(starts)
    if len(months) * len(names) > MOST_GROUPS:  # years of very many meters
        for month, begin, end in months:
            here = (starts >= begin) & (starts < end)
            if here.any():
                yield month, _in_order(_with_own_codes(table.filter(pa.array(here))))
        return
    keys = rank.copy()
    for _, begin, _ in months[1:]:
        np.add(keys, len(names), out=keys, where=starts >= begin)
    order, edges = _order_of(keys, len(months) * len(names), starts)
    readings = table.drop_columns("meter")
    for at, (month, _, _) in enumerate(months):
        own = edges[at * len(names) : (at + 1) * len(names) + 1]
        if own[-1] > own[0]:
            yield month, Kept(readings, names, order[own[0] : own[-1]], own - own[0])


def _in_order(table: pa.Table) -> Kept:
    rank, names = ranks(table["meter"])
    order, edges = _order_of(rank, len(names), milliseconds(table))
    return Kept(table.drop_columns("meter"), names, order, edges)


def _order_of(
    keys: NDArray[np.int32], size: int, starts: NDArray[np.int64]
) -> tuple[NDArray[np.integer[Any]], NDArray[np.int64]]:
    order, edges, ascending = by_count(keys, size, starts)
    return (order if ascending else np.lexsort((starts, keys))), edges


def _months_of(starts: NDArray[np.int64]) -> list[tuple[str, int, int]]:
    """The months in UTC that the moments may lie in, and when each begins and ends in ms."""
    first, last = (
        np.datetime64(int(moment), "ms").astype("datetime64[M]")
        for moment in (starts.min(), starts.max())
    )
    edges = np.arange(first, last + 2).astype("datetime64[ms]").astype(np.int64).tolist()
    return list(zip(map(str, np.arange(first, last + 1)), edges[:-1], edges[1:], strict=True))


def _with_own_codes(table: pa.Table) -> pa.Table:
    at = table.column_names.index("meter")
    return table.set_column(at, "meter", table["meter"].cast(pa.string()).dictionary_encode())


def _with_codes(table: pa.Table) -> pa.Table:
    at = table.column_names.index("meter")
    return table.set_column(at, "meter", coded(table["meter"]).cast(CODED))
