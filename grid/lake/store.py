"""Writing a batch into the lake, and drawing a month's files together into one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from grid.lake.place import Lake, new_name
from grid.lake.runs import ROW_GROUP, STORED, RunWriter, Sorted, merged

Twice = Callable[[int, str, str, int], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A published file: its name in the lake, month, rows, distinct meters and size in bytes."""

    name: str
    month: str
    rows: int
    meters: int
    size: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose readings they are: supplier and batch by number, interval in minutes."""

    supplier: int
    batch: int
    minutes: int


def publish_runs(lake: Lake, runs: RunWriter, origin: Origin, twice: Twice) -> list[Stored]:
    """Merge the runs of one batch to a file a month and publish them.

    ``twice(row, meter, start, kept_row)`` is told of each second reading of one meter and
    interval within the file; the first is kept.
    """
    runs.flush()
    return [
        _publish_month(lake, runs.folder, month, paths, origin, twice)
        for month, paths in sorted(runs.runs.items())
    ]


def find_twice(runs: RunWriter, twice: Twice) -> None:
    """Only look for double readings, without publishing."""
    runs.flush()
    local = pafs.LocalFileSystem()
    for _, paths in sorted(runs.runs.items()):
        for table in merged([Sorted.open(str(path), local) for path in paths]):
            first_of_each(table, twice)


def _publish_month(
    lake: Lake, folder: Path, month: str, paths: Sequence[Path], origin: Origin, twice: Twice
) -> Stored:  # fmt: skip
    local = pafs.LocalFileSystem()
    tables = (
        _stamped(first_of_each(table, twice), origin)
        for table in merged([Sorted.open(str(path), local) for path in paths])
    )
    return _write_month(lake, folder, month, origin, tables)


def draw_together(
    lake: Lake, folder: Path, names: Sequence[str], origin: Origin, month: str
) -> Stored:
    """Merge several files of one month into one; every row of every batch stays."""
    files = [Sorted.open(lake.path(name), lake.fs) for name in names]
    return _write_month(lake, folder, month, origin, merged(files))


def _write_month(
    lake: Lake, folder: Path, month: str, origin: Origin, tables: Iterable[pa.Table]
) -> Stored:
    written = folder / f"{month}.parquet"
    rows, meters = 0, 0
    with pq.ParquetWriter(
        written, STORED, compression="zstd", use_dictionary=["meter", "minutes", "batch"],
        column_encoding={"kwh": "BYTE_STREAM_SPLIT"},
    ) as writer:  # fmt: skip
        for table in tables:
            writer.write_table(table, row_group_size=ROW_GROUP)
            rows += len(table)
            meters += len(table["meter"].unique())
    size = written.stat().st_size
    name = new_name(month, origin.supplier, origin.batch)
    lake.publish(written, name)
    return Stored(name, month, rows, meters, size)


def first_of_each(table: pa.Table, twice: Twice) -> pa.Table:
    """Keep the first row of each meter and start; tell of the others."""
    table = table.sort_by([("meter", "ascending"), ("start", "ascending"), ("row", "ascending")])
    meter = (
        table["meter"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    )
    start = table["start"].to_numpy().astype("datetime64[ms]").astype(np.int64)
    again = np.zeros(len(table), dtype=bool)
    again[1:] = (np.diff(meter) == 0) & (np.diff(start) == 0)
    if not again.any():
        return table
    rows = table["row"].to_numpy()
    kept = rows[np.maximum.accumulate(np.where(again, 0, np.arange(len(table))))]
    for at in np.flatnonzero(again):
        twice(
            int(rows[at]),
            table["meter"][int(at)].as_py(),
            str(table["start"][int(at)]),
            int(kept[at]),
        )
    return table.filter(pa.array(~again))


def _stamped(table: pa.Table, origin: Origin) -> pa.Table:
    size = len(table)
    return pa.Table.from_arrays(
        [
            table["meter"].combine_chunks(), table["start"].combine_chunks(),
            table["kwh"].combine_chunks(),
            pa.array(np.full(size, origin.minutes, dtype=np.int16)),
            pa.array(np.full(size, origin.batch, dtype=np.int64)),
        ],
        schema=STORED,
    )  # fmt: skip
