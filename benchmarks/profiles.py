"""Throughput of the load profiles beside polars, DuckDB and the raw scan, all in one run.

    python -m benchmarks.profiles [FILE.parquet] [--rows N] [--larger] [--peers-rows N] [--json]

FILE: hourly ``meter_id,ts,kwh`` sorted by meter and time, row groups of whole meters. Without it
one is made of invented meters. Ratios count: the machine may be shared. ``--larger`` adds 10
times the rows (10^9 after 10^8), to show that time stays linear and memory bounded.
"""

import argparse
import importlib
import importlib.util
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.planted import START, UTC_ZONE, YEAR
from common.ahead import ahead
from grid.profiles.profile import Readings, profiles
from grid.profiles.synthetic import LEGAL_KINDS, Farm, legal_load, mining_load

METERS_A_GROUP = 110  # about a million rows
REPEATS = 3
SCHEMA = pa.schema([("meter_id", pa.int32()), ("ts", pa.timestamp("us")), ("kwh", pa.float32())])
FULL_SQL = """
with r as (select *, hour(ts) h, isodow(ts) d from '{path}'),
m as (select meter_id, avg(kwh) mean, stddev_pop(kwh)/avg(kwh) cv,
  avg(kwh)/quantile_cont(kwh, .995) lf,
  avg(kwh) filter (h < 6)/nullif(avg(kwh) filter (h between 9 and 17), 0) nightday,
  avg(kwh) filter (d < 6)/nullif(avg(kwh) filter (d >= 6), 0) ww from r group by 1),
c as (select r.meter_id, ts, kwh, mean, sum(kwh - mean) over w cs,
  case when abs(kwh - lag(kwh) over w) <= .05 * mean then 0 else 1 end brk
  from r join m using (meter_id) window w as (partition by r.meter_id order by ts)),
g as (select *, sum(brk) over (partition by meter_id order by ts) run from c),
n as (select meter_id, run, count(*) n from g group by 1, 2),
f as (select meter_id, max(n) flat from n group by 1),
o as (select meter_id, arg_min(ts, cs) onset from c group by 1)
select count(*), sum(lf), sum(flat) from m join f using (meter_id) join o using (meter_id)
"""


def make(path: Path, rows: int) -> None:
    """A file of invented meters, a year each, sorted; a few kinds are repeated with other noise."""
    draw = np.random.default_rng(1)
    kinds = [legal_load(kind, 40, START, YEAR, seed=1, zone=UTC_ZONE) for kind in LEGAL_KINDS] + [
        mining_load(Farm(), START, YEAR, seed=1, zone=UTC_ZONE)
    ]
    hours = np.datetime64(START.replace(tzinfo=None), "us") + np.arange(YEAR) * np.timedelta64(
        1, "h"
    )
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", use_dictionary=["meter_id"]) as file:
        meters = max(rows // YEAR, 1)
        for first in range(0, meters, METERS_A_GROUP):
            some = np.arange(first, min(first + METERS_A_GROUP, meters))
            kwh = np.concatenate([
                kinds[int(m) % len(kinds)] * draw.lognormal(0, 0.04, YEAR) for m in some
            ])  # fmt: skip
            columns = [np.repeat(some, YEAR).astype(np.int32), np.tile(hours, some.size)]
            table = pa.table([*columns, np.round(kwh, 3).astype(np.float32)], schema=SCHEMA)
            file.write_table(table, row_group_size=len(table))


def ours(path: Path) -> int:
    """Every meter's full profile: score, pattern, kW, reasons' weights, all features."""
    groups = pq.ParquetFile(path).num_row_groups

    def judged(group: int) -> int:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            table = file.read_row_group(group, use_threads=False)
        return judge_group(table)

    return sum(ahead(judged, range(groups)))


def judge_group(table: pa.Table) -> int:
    meter = table["meter_id"].to_numpy()
    edges = np.flatnonzero(np.concatenate([[True], meter[1:] != meter[:-1], [True]]))
    starts = table["ts"].to_numpy().view(np.int64)
    minutes = np.full(edges.size - 1, 60)
    kwh = np.ascontiguousarray(table["kwh"].to_numpy())
    found = profiles(Readings(edges, starts, kwh, minutes, 60_000_000), UTC_ZONE)
    return len(found.verdict)


def scan(path: Path) -> float:
    duckdb = importlib.import_module("duckdb")
    return float(duckdb.sql(f"select sum(kwh) from '{path}'").fetchone()[0])  # noqa: S608 - our own path


def duckdb_full(path: Path) -> Any:
    return importlib.import_module("duckdb").sql(FULL_SQL.format(path=path)).fetchone()


def polars_full(path: Path) -> Any:
    pl = importlib.import_module("polars")
    kwh, mean, h, d = (
        pl.col("kwh"),
        pl.col("kwh").mean(),
        pl.col("ts").dt.hour(),
        pl.col("ts").dt.weekday(),
    )
    steady = (kwh - kwh.shift(1)).abs() <= 0.05 * mean
    full = pl.scan_parquet(path).group_by("meter_id").agg(
        mean=mean, cv=kwh.std(ddof=0) / mean, lf=mean / kwh.quantile(0.995),
        nightday=kwh.filter(h < 6).mean() / kwh.filter((h >= 9) & (h < 18)).mean(),
        ww=kwh.filter(d < 6).mean() / kwh.filter(d >= 6).mean(),
        onset=(kwh - mean).cum_sum().arg_min(),
        flat=(~steady.fill_null(value=False)).cast(pl.Int32).cum_sum().rle().struct.field("len").max(),
    )  # fmt: skip
    return full.collect().shape


def median_seconds(work: Callable[[Path], Any], path: Path, repeats: int = REPEATS) -> float:
    spent = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work(path)
        spent.append(time.perf_counter() - begun)
    return float(np.median(spent))


def peak_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def compared(path: Path, *, repeats: int, larger: bool) -> dict[str, Any]:
    """Seconds of each way over one file; ours first, since it tells its own peak of memory.

    ``larger`` adds ten times the rows, before a peer takes memory of this process.
    """
    rows = pq.ParquetFile(path).metadata.num_rows
    seconds = {"load profile": median_seconds(ours, path, repeats)}
    result: dict[str, Any] = {"rows": rows, "peak_gib": round(peak_gib(), 2)}
    if larger:
        result["larger"] = linear(path, 10)
    peers = {"DuckDB sum(kwh): scan": ("duckdb", scan), "DuckDB windows": ("duckdb", duckdb_full),
             "polars": ("polars", polars_full)}  # fmt: skip
    for name, (package, work) in peers.items():
        if importlib.util.find_spec(package):
            seconds[name] = median_seconds(work, path, repeats if work is scan else 1)
    own = seconds["load profile"]
    result["seconds"] = {name: round(spent, 2) for name, spent in seconds.items()}
    result["million_rows_a_second"] = round(rows / own / 1e6, 1)
    result["times_faster"] = {
        name: round(spent / own, 3) for name, spent in seconds.items() if spent is not own
    }
    return result


def linear(path: Path, times: int) -> dict[str, Any]:
    """The same file so many times over: rows, seconds, memory."""
    begun = time.perf_counter()
    for _ in range(times):
        ours(path)
    rows = times * pq.ParquetFile(path).metadata.num_rows
    spent = time.perf_counter() - begun
    return {"rows": rows, "seconds": round(spent, 1), "peak_gib": round(peak_gib(), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--larger", action="store_true", help="ten times the rows as well")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="profiles-") as folder:
        path = options.file or Path(folder) / "readings.parquet"
        if options.file is None:
            make(path, options.rows)
        judge_group(pq.ParquetFile(path).read_row_group(0))  # compiled beforehand, as the portal is
        result = compared(path, repeats=options.repeats, larger=options.larger)
    print(json.dumps(result) if options.json else told(result))


def told(result: dict[str, Any]) -> str:
    lines = [f"{result['rows']:,} meter-hours, {timedelta(hours=YEAR).days} days a meter"]
    for name, spent in result["seconds"].items():
        against = result["times_faster"].get(name)
        note = f"  load profile is {against} times as fast" if against is not None else ""
        lines.append(f"  {name:24s} {spent:8.2f} s{note}")
    lines.append(f"  {result['million_rows_a_second']} M rows/s, peak {result['peak_gib']} GiB")
    if "larger" in result:
        lines.append(f"  ten times over: {result['larger']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
