"""Which machine computes the profiles: this one's threads, or a Spark cluster.

The lake is cut into ranges of meters; a range is read from all its files and given to
``profiled``. Both engines run that same function on the same ranges, so they answer alike to
the last bit.
"""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import pyarrow as pa

from common.ahead import ahead
from grid.lake.place import Lake
from grid.lake.profiling import PROFILED, profiled
from grid.lake.read import readings_between
from grid.lake.runs import Sorted, ranges

ROWS = 1_000_000  # of a range; a thread holds about 40 bytes a row
LOCAL, SPARK = "local", "spark"


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked of a lake: files by name, readings in [start, end), and how they are judged."""

    names: tuple[str, ...]
    start: datetime
    end: datetime
    zone: ZoneInfo
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A range of meters, ``after`` < code <= ``until``."""

    after: str | None
    until: str


class Engine(Protocol):
    """Yields tables in schema ``PROFILED``, by meter code."""

    def __call__(self, lake: Lake, span: Span, parts: Sequence[Part]) -> Iterator[pa.Table]: ...


def do(lake: Lake, span: Span, part: Part) -> pa.Table:
    """The profiles of one range of meters."""
    files = [Sorted.open(lake.path(name), lake.fs) for name in span.names]
    table = readings_between(files, part.after, part.until, span.start, span.end)
    return profiled(table, span.zone, latest=span.latest) if len(table) else PROFILED.empty_table()


def local(lake: Lake, span: Span, parts: Sequence[Part]) -> Iterator[pa.Table]:
    """On this machine's processors; the loops run without the interpreter's lock."""
    yield from ahead(lambda part: do(lake, span, part), parts)


def engine(name: str) -> Engine:
    """The engine of that name. ValueError for another name; ImportError without its packages."""
    if name == LOCAL:
        return local
    if name == SPARK:
        found: Callable[..., Iterator[pa.Table]] = importlib.import_module("grid.lake.spark").spark
        return found
    raise ValueError(f"GRID_ENGINE={name}; known: {LOCAL}, {SPARK}")


def profile_lake(
    lake: Lake, span: Span, *, by: str = LOCAL, rows: int = ROWS
) -> Iterator[pa.Table]:
    """The profiles of all meters in a span, in schema ``PROFILED``, by meter code."""
    files = [Sorted.open(lake.path(name), lake.fs) for name in span.names]
    parts = [Part(after, until) for after, until in ranges(files, rows)]
    if parts:
        yield from engine(by)(lake, span, parts)
