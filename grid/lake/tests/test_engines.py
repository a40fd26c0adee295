"""One function, several engines: threads and Spark answer alike to the last bit."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from common.ahead import ahead
from common.clock import GRID_ZONE
from grid.lake.engine import LOCAL, SPARK, Span, engine, profile_lake
from grid.lake.place import Lake
from grid.lake.profiling import PROFILED, profiled, told
from grid.lake.runs import STORED
from grid.profiles.curve import Kw, LoadCurve
from grid.profiles.profile import profile
from grid.profiles.synthetic import LEGAL_KINDS, Farm, legal_load, mining_load

START = datetime(2024, 1, 31, 19, tzinfo=UTC)
DAYS = 60
HOURS = DAYS * 24
CODES = [f"M{n:02d}" for n in range(16)]


def load_of(n: int) -> np.ndarray:
    kind = list(LEGAL_KINDS)[n % len(LEGAL_KINDS)]
    kw = legal_load(kind, 50, START, HOURS, seed=n, zone=GRID_ZONE)
    if n % 4 == 0:
        kw = kw + mining_load(Farm(devices=30), START, HOURS, seed=n, zone=GRID_ZONE)
    kw[np.random.default_rng(n).random(HOURS) < 0.01] = np.nan
    return kw


def stored(first: int, last: int) -> pa.Table:
    """Readings of all meters in the hours from ``first`` to ``last``."""
    tables = []
    for n, code in enumerate(CODES):
        kwh = load_of(n)[first:last]
        known = np.isfinite(kwh)
        starts = (int(START.timestamp()) + 3600 * np.arange(first, last))[known] * 1000
        rows = int(known.sum())
        tables.append(
            pa.table(
                {
                    "meter": [code] * rows,
                    "start": pa.array(starts, pa.timestamp("ms", tz="UTC")),
                    "kwh": kwh[known],
                    "minutes": pa.array([60] * rows, pa.int16()),
                    "batch": pa.array([1] * rows, pa.int64()),
                },
                schema=STORED,
            )
        )
    return pa.concat_tables(tables)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake of two months: a meter's history lies in two files."""
    for name, first, last in (("a.parquet", 0, 700), ("b.parquet", 700, HOURS)):
        pq.write_table(stored(first, last), tmp_path / name, row_group_size=3000)
    return Lake(str(tmp_path))


SPAN = Span(("a.parquet", "b.parquet"), START, START + timedelta(days=DAYS), GRID_ZONE)


def whole(lake: Lake, by: str) -> pa.Table:
    return pa.concat_tables(profile_lake(lake, SPAN, by=by, rows=5000)).combine_chunks()


def test_ranges_of_the_lake_give_what_one_curve_gives_by_itself(lake: Lake) -> None:
    found = dict(told(whole(lake, LOCAL)))
    assert sorted(found) == CODES
    for n, code in enumerate(CODES):
        kw = load_of(n)
        known = np.flatnonzero(np.isfinite(kw))
        begin = int(known[0])
        curve = LoadCurve(START + timedelta(hours=begin), 60, Kw(kw[begin : known[-1] + 1]))
        assert found[code] == profile(curve, GRID_ZONE)


def test_how_the_lake_is_cut_changes_no_bit(lake: Lake) -> None:
    small = whole(lake, LOCAL)
    large = pa.concat_tables(profile_lake(lake, SPAN, rows=10**9)).combine_chunks()
    assert same_bits(small, large)


def same_bits(one: pa.Table, other: pa.Table) -> bool:
    """Equal to the last bit, unknown values included."""
    if one["meter"].to_pylist() != other["meter"].to_pylist():
        return False
    for name in PROFILED.names[1:]:
        values = [t[name].combine_chunks().flatten().to_numpy() for t in (one, other)]
        if values[0].tobytes() != values[1].tobytes():
            return False
    return True


@pytest.mark.spark
def test_spark_and_threads_answer_alike_to_the_last_bit(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_spec("pyspark") is None:
        pytest.fail("Type: .venv/bin/pip install -r requirements-spark.txt")
    if shutil.which("java") is None:
        pytest.fail("Type: sudo apt-get install default-jre-headless")
    monkeypatch.setenv("SPARK_MASTER", "local[2]")
    seen = [os.getcwd(), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(seen))
    assert same_bits(whole(lake, LOCAL), whole(lake, SPARK))


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ValueError, match="GRID_ENGINE=hadoop"):
        engine("hadoop")


def test_no_readings_no_profiles() -> None:
    assert profiled(STORED.empty_table(), GRID_ZONE).equals(PROFILED.empty_table())


def test_work_ahead_keeps_its_order_and_brings_up_what_broke() -> None:
    assert list(ahead(lambda n: n * n, range(50), workers=3)) == [n * n for n in range(50)]

    def breaks(n: int) -> int:
        if n == 7:
            raise ValueError("seven")
        return n

    def taken() -> Iterator[int]:
        yield from ahead(breaks, range(20), workers=2)

    with pytest.raises(ValueError, match="seven"):
        list(taken())
