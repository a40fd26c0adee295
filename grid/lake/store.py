"""Writing a batch into the lake, and drawing a month's files together into one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from grid.lake.order import CODED, coded, meter_edges, milliseconds, named_apart
from grid.lake.place import UNKNOWN_REGION, Lake, new_name
from grid.lake.runs import ROW_GROUP, STORED, RunWriter, Sorted, merged
from grid.lake.survey import Survey

Twice = Callable[[int, str, str, int], None]
"""Told of a second reading of one meter and interval: row, meter, start, and the row kept."""

Regions = Callable[[list[str]], Mapping[str, str]]
"""The regions of some meters by code; a meter left out lies in none that is known."""

MOST_WAITING = 2  # tables, of some 30 MB each
WRITTEN = STORED.set(0, pa.field("meter", CODED))
ENCODING = {
    "compression": "zstd", "use_dictionary": ["meter", "minutes", "batch"], "store_schema": False,
    "column_encoding": {"kwh": "BYTE_STREAM_SPLIT", "start": "DELTA_BINARY_PACKED"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose readings they are: supplier and batch by number, interval in minutes."""

    supplier: int
    batch: int
    minutes: int


@dataclass(slots=True)
class Stored:
    """A file for the lake: where it was written, its name there, and what is in it.

    ``first`` and ``last`` are starts of intervals, milliseconds since 1970; ``low`` and ``high``
    the first and last meter by code; ``size`` in bytes.
    """

    path: Path
    name: str
    month: str
    region: str
    rows: int = 0
    meters: int = 0
    low: str = ""
    high: str = ""
    first: int = 0
    last: int = 0
    size: int = 0

    def note(self, table: pa.Table) -> None:
        """Count in a table that comes after those before it."""
        span = pc.min_max(table["start"])
        first, last = (span[name].cast(pa.int64()).as_py() for name in ("min", "max"))
        self.first = min(self.first or first, first)
        self.last = max(self.last, last)
        self.low = self.low or table["meter"][0].as_py()
        self.high = table["meter"][-1].as_py()
        self.rows += len(table)
        self.meters += len(meter_edges(coded(table["meter"]))) - 1


@dataclass(slots=True)
class Gathered:
    """A batch being written aside: its files, not yet in the lake, and what they are of."""

    writing: ExitStack
    files: list[Stored] = field(default_factory=list)
    survey: Survey = field(default_factory=Survey)

    def finish(self) -> list[Stored]:
        """Wait until the files are whole; raises what went wrong with them."""
        self.writing.close()
        for file in self.files:
            file.size = file.path.stat().st_size
        return self.files


@contextmanager
def gather(runs: RunWriter, origin: Origin, twice: Twice, regions: Regions) -> Iterator[Gathered]:
    """Merge the runs of one batch to a file a month and region, beside the runs.

    The last of them are still being written until ``finish``, or the end.
    """
    with ExitStack() as writing:
        found = Gathered(writing)
        for month, tables in _months(runs, twice):
            writing.close()
            stamped = (_stamped(_surveyed(table, found.survey), origin) for table in tables)
            found.files += _write_month(writing, runs.folder, month, origin, stamped, regions)
        yield found


def find_twice(runs: RunWriter, twice: Twice) -> Survey:
    """Only look at a batch: what it is of, and its double readings."""
    survey = Survey()
    for _, tables in _months(runs, twice):
        for table in tables:
            survey.take(table)
    return survey


def publish(lake: Lake, files: Sequence[Stored]) -> None:
    """Move files that were written aside into the lake: all of them, or none."""
    try:
        for file in files:
            lake.publish(file.path, file.name)
    except BaseException:
        lake.withdraw([file.name for file in files])
        raise


def draw_together(
    lake: Lake, folder: Path, names: Sequence[str], origin: Origin, place: tuple[str, str]
) -> Stored:
    """Merge several files of one month and region into one; every row of every batch stays."""
    month, region = place
    files = [Sorted.open(lake.path(name), lake.fs) for name in names]
    tables = (table.cast(WRITTEN) for table in merged(files, names=False))
    with ExitStack() as writing:
        whole = Gathered(writing, _write_month(
            writing, folder, month, origin, tables, lambda names: dict.fromkeys(names, region)
        )).finish()  # fmt: skip
    publish(lake, whole)
    return whole[0]


def _months(runs: RunWriter, twice: Twice) -> Iterator[tuple[str, Iterator[pa.Table]]]:
    runs.flush()
    for month, parts in sorted(runs.runs.items()):
        yield month, (first_of_each(table, twice) for table in merged(parts, names=False))


def _surveyed(table: pa.Table, survey: Survey) -> pa.Table:
    survey.take(table)
    return table


def _write_month(
    writing: ExitStack, folder: Path, month: str, origin: Origin, tables: Iterable[pa.Table],
    regions: Regions,
) -> list[Stored]:  # fmt: skip
    """One file of each region that the meters lie in, whole when ``writing`` is closed."""
    files: dict[str, Stored] = {}
    writers: dict[str, Behind] = {}
    for table in tables:
        for region, part in _by_region(table, regions):
            if region not in files:
                name = new_name(month, region, origin.supplier, origin.batch)
                path = folder / name.replace("/", "-")
                files[region] = Stored(path, name, month, region)
                writers[region] = writing.enter_context(Behind(path))
            writers[region].write(part)
            files[region].note(part)
    return list(files.values())


class Behind:
    """Writes one Parquet file in a thread of its own, some tables behind its giver."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetWriter(path, WRITTEN, **ENCODING)
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def write(self, table: pa.Table) -> None:
        """Hand over a table; raises what went wrong with one before."""
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()
        apart = named_apart(table, ROW_GROUP)
        self._waiting.append(
            self._thread.submit(self._file.write_table, apart, row_group_size=ROW_GROUP)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_about: object) -> None:
        self._thread.shutdown()
        try:
            while self._waiting and kind is None:
                self._waiting.popleft().result()
        finally:
            self._file.close()


def _by_region(table: pa.Table, regions: Regions) -> Iterator[tuple[str, pa.Table]]:
    keys = coded(table["meter"])
    names = keys.dictionary.to_pylist()
    known = regions(names)
    here = [known.get(name) or UNKNOWN_REGION for name in names]
    listed = sorted(set(here))
    if len(listed) == 1:
        yield listed[0], table
        return
    place = np.array([listed.index(region) for region in here])[keys.indices.to_numpy()]
    for at, region in enumerate(listed):
        if (part := table.filter(pa.array(place == at))).num_rows:
            yield region, part


def first_of_each(table: pa.Table, twice: Twice) -> pa.Table:
    """Keep the first row of each meter and start of a table in order; tell of the others."""
    start = milliseconds(table)
    again = np.zeros(len(table), dtype=bool)
    again[1:] = start[1:] == start[:-1]
    again[meter_edges(coded(table["meter"]))[:-1]] = False
    if not again.any():
        return table
    rows = table["row"].to_numpy()
    kept = rows[np.maximum.accumulate(np.where(again, 0, np.arange(len(table))))]
    for at in np.flatnonzero(again):
        moment = str(table["start"][int(at)])
        twice(int(rows[at]), table["meter"][int(at)].as_py(), moment, int(kept[at]))
    return table.filter(pa.array(~again))


def _stamped(table: pa.Table, origin: Origin) -> pa.Table:
    size = len(table)
    minutes = pa.array(np.full(size, origin.minutes, dtype=np.int16))
    batch = pa.array(np.full(size, origin.batch, dtype=np.int64))
    columns = [coded(table["meter"]), table["start"], table["kwh"], minutes, batch]
    return pa.Table.from_arrays(columns, schema=WRITTEN)
