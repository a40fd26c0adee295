"""How fast readings come in, beside DuckDB's COPY of the same CSV, and how fast a year is drawn.

    python -m benchmarks.readings [--rows 5000000] [--rounds 3] [--json]

The import is the whole of it: taking the file in (hash, copy, journal), judging every value,
sorting, looking for doubles, writing the lake, counting the days, naming the files in PostgreSQL.
DuckDB only turns the text into Parquet (zstd) with its own reader, on all processors. Both orders
of rows are measured, by meter and by time; the machine may be shared, so the ratio counts.

A year of one meter is drawn by the page's own selector from a lake of the same meters; beside it
DuckDB reads the same meter from the same files.
"""

import argparse
import importlib
import importlib.util
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

FIRST = date(2025, 1, 1)
MONTH_DAYS, YEAR_DAYS = 30, 365
YEAR_METERS = 500
ORDERS = ("by meter", "by time")
YEAR_SQL = "SELECT start, kwh FROM read_parquet({}) WHERE meter = '{}' ORDER BY start"
DRAWN = 20  # meters whose year is drawn


@contextmanager
def a_portal() -> Iterator[None]:
    """A migrated database and an empty lake that live as long as the run."""
    with tempfile.TemporaryDirectory(prefix="readings-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings_test")
        from portal.local import servers

        with servers(folder):
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", database="owner", verbosity=0)
            yield
            from django.db import connections

            connections.close_all()


def invented(meters: int, days: int, order: str, prefix: str) -> pa.Table:
    """Hourly readings as suppliers write them: text times with their offset, three decimals."""
    hours = days * 24
    clock = np.datetime64(FIRST, "s") + np.arange(hours) * np.timedelta64(1, "h")
    starts = pa.array([f"{text[:16]}+05:00" for text in np.datetime_as_string(clock)])
    codes = pa.array([f"{prefix}-{n:08d}" for n in range(meters)])
    meter, hour = np.repeat(np.arange(meters), hours), np.tile(np.arange(hours), meters)
    if order == "by time":
        meter, hour = np.tile(np.arange(meters), hours), np.repeat(np.arange(hours), meters)
    kwh = np.round(np.random.default_rng(meters).gamma(2.0, 1.5, meter.size), 3)
    return pa.table({
        "meter": pc.take(codes, pa.array(meter)), "start": pc.take(starts, pa.array(hour)),
        "kwh": kwh,
    })  # fmt: skip


def by_import(path: Path, supplier: Any) -> float:
    """Seconds from a file on disk to readings that the portal reads."""
    from django.core.files import File

    from grid import actions

    begun = time.perf_counter()
    with path.open("rb") as file:
        batch, _ = actions.receive_batch(
            supplier=supplier, file=File(file), file_name=path.name, actor=None, channel="command"
        )
    batch = actions.store_batch(batch.pk)
    spent = time.perf_counter() - begun
    if batch.state != "stored":
        raise SystemExit(f"{path.name}: {batch.state}")
    return spent


def by_duckdb(path: Path) -> float | None:
    """Seconds of DuckDB's COPY to Parquet; None where DuckDB is not installed."""
    if not importlib.util.find_spec("duckdb"):
        return None
    target = path.with_suffix(".parquet")
    begun = time.perf_counter()
    importlib.import_module("duckdb").sql(
        f"COPY (SELECT * FROM '{path}') TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 - our own path
    )
    return time.perf_counter() - begun


def compared(folder: Path, rows: int, rounds: int) -> dict[str, Any]:
    """Median seconds of both ways for each order of rows, measured in turn; every round is new."""
    from grid.tests.factories import SupplierFactory

    meters = max(rows // (MONTH_DAYS * 24), 1)
    result = {}
    for order in ORDERS:
        ours, theirs = [], []
        for turn in range(rounds):
            path = folder / f"{order.replace(' ', '-')}-{turn}.csv"
            prefix = f"{order[3:].upper()}{turn}"
            pacsv.write_csv(invented(meters, MONTH_DAYS, order, prefix), path)
            if (seconds := by_duckdb(path)) is not None:
                theirs.append(seconds)
            ours.append(by_import(path, SupplierFactory()))
            path.unlink()
        result[order] = {
            "rows": meters * MONTH_DAYS * 24, "import_s": round(statistics.median(ours), 2),
            "rows_a_second": round(meters * MONTH_DAYS * 24 / statistics.median(ours)),
            "duckdb_s": round(statistics.median(theirs), 2) if theirs else None,
            "of_duckdb_speed": round(
                statistics.median(t / o for t, o in zip(theirs, ours, strict=True)), 2
            ) if theirs else None,
        }  # fmt: skip
    return result


def a_year(folder: Path) -> dict[str, Any]:
    """Milliseconds to draw a meter's year: median and worst of some meters, and DuckDB's."""
    from grid.models import LakeFile
    from grid.selectors import load_curve
    from grid.selectors.lake import the_lake
    from grid.tests.factories import SupplierFactory

    path = folder / "year.csv"
    pacsv.write_csv(invented(YEAR_METERS, YEAR_DAYS, "by meter", "Y"), path)
    supplier = SupplierFactory()
    by_import(path, supplier)
    last = FIRST + timedelta(days=YEAR_DAYS - 1)
    files = LakeFile.objects.live().filter(supplier=supplier).values_list("name", flat=True)
    lake, ours, theirs = the_lake(), [], []
    for n in np.linspace(0, YEAR_METERS - 1, DRAWN).astype(int):
        code = f"Y-{n:08d}"
        begun = time.perf_counter()
        curve = load_curve(code, FIRST, last)
        ours.append(time.perf_counter() - begun)
        if curve is None or len(curve.kw) != YEAR_DAYS * 24:
            raise SystemExit(f"{code}: the year is not whole")
        if importlib.util.find_spec("duckdb"):
            listed = [lake.path(name) for name in files]
            begun = time.perf_counter()
            importlib.import_module("duckdb").sql(YEAR_SQL.format(listed, code)).fetchnumpy()
            theirs.append(time.perf_counter() - begun)
    ms = [round(seconds * 1000, 1) for seconds in (statistics.median(ours), max(ours))]
    peer = round(statistics.median(theirs) * 1000, 1) if theirs else None
    times = round(peer / ms[0], 2) if peer else None
    return {"median_ms": ms[0], "worst_ms": ms[1], "duckdb_ms": peer, "times_as_fast": times}


def told(result: dict[str, Any]) -> str:
    lines = []
    for order, r in result["import"].items():
        lines.append(
            f"{order}: {r['rows']:,} rows in {r['import_s']} s ({r['rows_a_second']:,} a second); "
            f"DuckDB COPY {r['duckdb_s']} s; {r['of_duckdb_speed']} of its speed"
        )
    y = result["year"]
    lines.append(
        f"a meter's year: {y['median_ms']} ms, worst {y['worst_ms']} ms; "
        f"DuckDB {y['duckdb_ms']} ms; {y['times_as_fast']} times as fast"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with a_portal(), tempfile.TemporaryDirectory(prefix="readings-csv-") as folder:
        result = {
            "import": compared(Path(folder), options.rows, options.rounds),
            "year": a_year(Path(folder)),
        }
    print(json.dumps(result) if options.json else told(result))


if __name__ == "__main__":
    main()
