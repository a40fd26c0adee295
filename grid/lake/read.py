"""Reading the lake: one meter's curve, or every meter's in turn. The newest batch wins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from numpy.typing import NDArray

from grid.lake.order import in_order, milliseconds, ranks
from grid.lake.place import Lake
from grid.lake.runs import STORED, Sorted, ranges
from grid.profiles.curve import KwhPerInterval, LoadCurve, curve_from_readings


@dataclass(frozen=True, slots=True)
class MeterReadings:
    """A meter's valid readings in time order: UTC starts (ms), kWh an interval, minutes, batch."""

    meter: str
    starts: NDArray[np.datetime64]
    kwh: KwhPerInterval
    minutes: int
    batches: NDArray[np.int64]

    def curve(self) -> LoadCurve:
        return curve_from_readings(self.starts, self.kwh, self.minutes)


def meter_readings(
    lake: Lake, names: Sequence[str], meter: str, start: datetime, end: datetime
) -> MeterReadings | None:
    """One meter's readings in [start, end), or None when there are none."""
    table = every_version(lake, names, meter, start, end)
    return next(split(table)) if len(table) else None


def every_version(
    lake: Lake, names: Sequence[str], meter: str, start: datetime, end: datetime
) -> pa.Table:
    """All readings ever sent for a meter's interval, with their batches: the older ones too."""
    if not names:
        return STORED.empty_table()
    files = ds.dataset([lake.path(name) for name in names], STORED, "parquet", lake.fs)
    wanted = (pc.field("meter") == meter) & _within(start, end)
    return in_order(files.to_table(filter=wanted))


def all_readings(
    lake: Lake, names: Sequence[str], start: datetime, end: datetime, rows: int = 2_000_000
) -> Iterator[MeterReadings]:
    """Every meter's readings in [start, end), by meter code, in bounded memory."""
    files = [Sorted.open(lake.path(name), lake.fs) for name in names]
    for after, until in ranges(files, rows):
        table = readings_between(files, after, until, start, end)
        if len(table):
            yield from split(table)


def newest_readings(
    lake: Lake, names: Sequence[str], start: datetime, end: datetime, rows: int = 2_000_000
) -> Iterator[pa.Table]:
    """Tables in order of all readings in [start, end), of each interval the newest only."""
    files = [Sorted.open(lake.path(name), lake.fs) for name in names]
    for after, until in ranges(files, rows):
        parts = [file.read(after, until, names=False) for file in files]
        table = in_order(pa.concat_tables([part.filter(_within(start, end)) for part in parts]))
        meter, moment = ranks(table["meter"])[0], milliseconds(table)
        newest = np.ones(len(table), dtype=bool)
        newest[:-1] = (np.diff(meter) != 0) | (np.diff(moment) != 0)
        yield table if newest.all() else table.filter(pa.array(newest))


def readings_between(
    files: Sequence[Sorted], after: str | None, until: str, start: datetime, end: datetime
) -> pa.Table:
    """Readings in [start, end) of the meters ``after`` < code <= ``until``, in order.

    Of one interval the newest batch stands last.
    """
    tables = [file.read(after, until).filter(_within(start, end)) for file in files]
    return in_order(pa.concat_tables(tables))


def _within(start: datetime, end: datetime) -> pc.Expression:
    kind = pa.timestamp("ms", tz="UTC")
    low, high = (pa.scalar(int(t.timestamp() * 1000), pa.int64()).cast(kind) for t in (start, end))
    return (pc.field("start") >= low) & (pc.field("start") < high)


def split(table: pa.Table) -> Iterator[MeterReadings]:
    """The meters of a table that is in order (columns of ``STORED``)."""
    codes = table["meter"].combine_chunks().dictionary_encode()
    meter = codes.indices.to_numpy(zero_copy_only=False)
    starts = table["start"].to_numpy().astype("datetime64[ms]")
    kwh, minutes, batches = (table[c].to_numpy() for c in ("kwh", "minutes", "batch"))
    last = np.ones(len(table), dtype=bool)  # of one interval the newest batch is the last
    last[:-1] = (np.diff(meter) != 0) | (np.diff(starts).astype(np.int64) != 0)
    edges = np.flatnonzero(np.concatenate([[True], np.diff(meter) != 0, [True]]))
    for begin, end in pairwise(edges):
        part = slice(int(begin), int(end))
        keep = last[part]
        yield MeterReadings(
            codes.dictionary[int(meter[begin])].as_py(),
            starts[part][keep],
            KwhPerInterval(kwh[part][keep]),
            int(minutes[part][keep].min()),
            batches[part][keep],
        )
