"""Sorting more than memory holds: sorted runs on disk, then merged a range of meters at a time."""

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
RANGE_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Sorted:
    """A Parquet file sorted by meter, with the meter span and rows of each of its row groups."""

    path: str
    fs: pafs.FileSystem
    groups: tuple[tuple[str, str, int], ...]

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
        wanted = [
            i for i, (low, high, _) in enumerate(self.groups)
            if low <= until and (after is None or high > after)
        ]  # fmt: skip
        with pq.ParquetFile(self.path, filesystem=self.fs, read_dictionary=["meter"]) as file:
            table = file.read_row_groups(wanted)
        meter = coded(table["meter"])
        low = after if after is not None else ""
        names_kept = [low < name <= until for name in meter.dictionary.to_pylist()]
        keep = np.array(names_kept, dtype=bool)
        if not keep.all():
            table = _stretch(table, keep[meter.indices.to_numpy()])
        return table.set_column(0, "meter", table["meter"].cast(pa.string())) if names else table


def ranges(files: Sequence[Sorted], rows: int = RANGE_ROWS) -> Iterator[tuple[str | None, str]]:
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
    files: Sequence[Sorted], rows: int = RANGE_ROWS, *, names: bool = True
) -> Iterator[pa.Table]:
    """All rows of sorted files in order, whole meters at a time, in bounded memory."""

    def whole(part: tuple[str | None, str]) -> pa.Table:
        return in_order(pa.concat_tables([file.read(*part, names=names) for file in files]))

    yield from ahead(whole, ranges(files, rows), workers=1)


class RunWriter:
    """Gathers readings month by month and writes each full load as a sorted run.

    Sorting and writing are done in a thread, one load behind the giver.
    """

    def __init__(self, folder: Path, rows: int = RANGE_ROWS, *, by_month: bool = True) -> None:
        self.folder = folder
        self.rows = rows
        self.by_month = by_month
        self.runs: dict[str, list[Path]] = {}
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
        months = milliseconds(table).astype("datetime64[ms]").astype("datetime64[M]")
        if not self.by_month or months.min() == months.max():
            self._write(table, str(months[0]) if self.by_month else "all")
            return
        for month in np.unique(months):
            self._write(table.filter(pa.array(months == month)), str(month))

    def _write(self, table: pa.Table, key: str) -> None:
        paths = self.runs.setdefault(key, [])
        path = self.folder / f"{key}-{len(paths)}.run"
        pq.write_table(table, path, row_group_size=ROW_GROUP, **RUN_ENCODING)
        paths.append(path)


def _with_codes(table: pa.Table) -> pa.Table:
    at = table.column_names.index("meter")
    return table.set_column(at, "meter", coded(table["meter"]).cast(CODED))
