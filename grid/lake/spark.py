"""The profiles of a lake by a Spark cluster: the same function on the same ranges of meters.

Spark moves no readings: it hands out ranges, and each worker reads its range from the lake by
itself. SPARK_REMOTE (Spark Connect) or SPARK_MASTER says where the cluster is; without either
this machine's processors are used. Workers need this code, NumPy, numba and pyarrow.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa
from pyspark.sql import SparkSession

from grid.lake.engine import Part, Span, do
from grid.lake.place import Lake
from grid.lake.profiling import PROFILED

AT_ONCE = 64  # ranges of one job; their profiles are held together
RANGES = "at long, after string, until string"
LISTS = pa.schema([
    (f.name, pa.list_(f.type.value_type) if pa.types.is_fixed_size_list(f.type) else f.type)
    for f in PROFILED
])  # fmt: skip
# Spark knows no lists of fixed size.
ANSWER = ", ".join([
    "meter string", "verdict array<double>", "weights array<double>", "features array<float>",
    "figures array<double>",
])  # fmt: skip


def session() -> SparkSession:
    """The session of this process, started when there is none."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("load profiles")
    if not os.environ.get("SPARK_REMOTE"):
        builder = builder.master(os.environ.get("SPARK_MASTER", "local[*]"))
    return builder.getOrCreate()


def spark(lake: Lake, span: Span, parts: Sequence[Part]) -> Iterator[pa.Table]:
    """Yields tables in schema ``PROFILED``, by meter code, of at most ``AT_ONCE`` ranges each."""
    cluster = session()
    run = _worker(lake, span)
    for first in range(0, len(parts), AT_ONCE):
        some = parts[first : first + AT_ONCE]
        rows = [(at, part.after, part.until) for at, part in enumerate(some)]
        ranges = cluster.createDataFrame(rows, RANGES).repartitionByRange(len(rows), "at")
        yield ranges.mapInArrow(run, ANSWER).toArrow().cast(PROFILED).sort_by("meter")


def _worker(
    lake: Lake, span: Span
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                found = do(lake, span, Part(row["after"], row["until"]))
                yield from found.cast(LISTS).to_batches()

    return run
