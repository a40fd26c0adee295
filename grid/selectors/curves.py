"""Load curves and daily peaks, read from the lake."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from common.clock import grid_day, grid_days
from grid.lake.read import meter_readings
from grid.models import Meter
from grid.selectors.lake import live_files, the_lake


@dataclass(frozen=True, slots=True)
class Curve:
    """Mean kW of each interval from ``start`` on, None where there is no reading."""

    start: datetime
    step_minutes: int
    kw: list[float | None]


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest mean power of an interval in kW and when that interval began (UTC)."""

    kw: float
    at: datetime


def load_curve(code: str, first: date, last: date) -> Curve | None:
    """A meter's curve over the grid days ``first`` to ``last``; None without any reading."""
    meter = Meter.objects.select_related("supplier").filter(code=code).first()
    if meter is None:
        return None
    start, end = grid_days(first, last)
    names = live_files(meter.supplier, first, last, meter=code)
    found = meter_readings(the_lake(), names, code, start, end)
    if found is None:
        return None
    curve = found.curve()
    kw = [None if np.isnan(value) else round(float(value), 3) for value in curve.kw]
    return Curve(curve.start, curve.step_minutes, kw)


def peaks_on(day: date) -> dict[str, Peak]:
    """The peak of every meter on a grid day, by meter code; the newest readings count."""
    start, end = grid_day(day)
    lake = the_lake()
    kind = pa.timestamp("ms", tz="UTC")
    low, high = (pa.scalar(int(t.timestamp() * 1000), pa.int64()).cast(kind) for t in (start, end))
    within = (pc.field("start") >= low) & (pc.field("start") < high)
    tables = [
        pq.read_table(lake.path(name), filesystem=lake.fs, filters=within)
        for name in live_files(None, day, day)
    ]
    return _peaks(pa.concat_tables(tables)) if tables else {}


def _peaks(table: pa.Table) -> dict[str, Peak]:
    newest = table.sort_by(
        [("meter", "ascending"), ("start", "ascending"), ("batch", "descending")]
    )
    newest = newest.group_by(["meter", "start"], use_threads=False).aggregate(
        [("kwh", "first"), ("minutes", "first")]
    )
    kw = pc.multiply(
        newest["kwh_first"], pc.divide(60.0, pc.cast(newest["minutes_first"], pa.float64()))
    )
    table = newest.append_column("kw", kw).sort_by([("kw", "descending"), ("start", "ascending")])
    top = table.group_by("meter", use_threads=False).aggregate(
        [("kw", "first"), ("start", "first")]
    )
    return {
        row["meter"]: Peak(row["kw_first"], row["start_first"].astimezone(UTC))
        for row in top.to_pylist()
    }
