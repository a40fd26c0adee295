"""Sorting more than memory holds: sorted runs on disk, then merged a range of meters at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs as pafs
import pyarrow.parquet as pq

STORED = pa.schema(
    [
        ("meter", pa.string()),
        ("start", pa.timestamp("ms", tz="UTC")),
        ("kwh", pa.float64()),
        ("minutes", pa.int16()),
        ("batch", pa.int64()),
    ]
)
ORDER = [("meter", "ascending"), ("start", "ascending"), ("batch", "ascending")]
ROW_GROUP = 128 * 1024
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

    def read(self, after: str | None, until: str, columns: list[str] | None = None) -> pa.Table:
        """Rows with ``after`` < meter <= ``until``."""
        wanted = [
            i for i, (low, high, _) in enumerate(self.groups)
            if low <= until and (after is None or high > after)
        ]  # fmt: skip
        with pq.ParquetFile(self.path, filesystem=self.fs) as file:
            table = file.read_row_groups(wanted, columns=columns)
        keep = pc.less_equal(table["meter"], until)
        if after is not None:
            keep = pc.and_(keep, pc.greater(table["meter"], after))
        return table.filter(keep)


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


def merged(
    files: Sequence[Sorted], columns: list[str] | None = None, rows: int = RANGE_ROWS
) -> Iterator[pa.Table]:
    """All rows of sorted files in order, whole meters at a time, in bounded memory."""
    for after, until in ranges(files, rows):
        tables = [file.read(after, until, columns) for file in files]
        yield in_order(pa.concat_tables(tables))


def in_order(table: pa.Table) -> pa.Table:
    """Sorted by meter, start and batch; left alone when it already is."""
    keys = [key for key in ORDER if key[0] in table.column_names]
    return table if _is_sorted(table) else table.sort_by(keys)


def _is_sorted(table: pa.Table) -> bool:
    if len(table) <= 1:
        return True
    codes = pc.dictionary_encode(table["meter"].combine_chunks())
    names = codes.dictionary.to_pylist() if hasattr(codes, "dictionary") else []
    if names != sorted(names):
        return False
    meter = codes.indices.to_numpy(zero_copy_only=False)
    start = table["start"].to_numpy().astype("datetime64[ms]").astype(np.int64)
    same, ahead = np.diff(meter) == 0, np.diff(start)
    return bool((np.diff(meter) >= 0).all() and (ahead[same] > 0).all())


class RunWriter:
    """Gathers readings month by month and writes each full load as a sorted run."""

    def __init__(self, folder: Path, rows: int = RANGE_ROWS, *, by_month: bool = True) -> None:
        self.folder = folder
        self.rows = rows
        self.by_month = by_month
        self.runs: dict[str, list[Path]] = {}
        self._waiting: list[pa.Table] = []
        self._size = 0

    def add(self, table: pa.Table) -> None:
        """Take a table that has at least meter and start; flushed when enough has come."""
        if len(table):
            self._waiting.append(table)
            self._size += len(table)
        if self._size >= self.rows:
            self.flush()

    def flush(self) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        self._waiting, self._size = [], 0
        if not self.by_month:
            self._write(in_order(table), "all")
            return
        months = table["start"].to_numpy().astype("datetime64[M]")
        for month in np.unique(months):
            part = table.filter(pa.array(months == month))
            self._write(in_order(part), str(month))

    def _write(self, table: pa.Table, key: str) -> None:
        paths = self.runs.setdefault(key, [])
        path = self.folder / f"{key}-{len(paths)}.run"
        write(table, path)
        paths.append(path)


def write(table: pa.Table, path: Path) -> None:
    pq.write_table(
        table, path, compression="zstd", row_group_size=ROW_GROUP, use_dictionary=["meter"],
        column_encoding={"kwh": "BYTE_STREAM_SPLIT"},
    )  # fmt: skip
