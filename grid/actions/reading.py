"""Reading a batch's file with its supplier's settings, keeping the counts true meanwhile."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from common.clock import now
from grid.formats.problems import Problems
from grid.formats.readings import Reading, ReadingFile
from grid.formats.sources import estimated_rows
from grid.lake.runs import RunWriter
from grid.lake.store import find_twice
from grid.models import Meter, Supplier

Progress = Callable[[int, int], None]
"""Told of rows read and rows in all (an estimate until the end)."""

EVERY_SECONDS = 0.5


@dataclass(slots=True)
class Span:
    """First and last interval of a meter, milliseconds since 1970, and how many it has."""

    first: int
    last: int
    count: int = 0


@dataclass(slots=True)
class Taken:
    """A file that was read: its readings in sorted runs, its problems, its meters."""

    file: ReadingFile
    runs: RunWriter
    problems: Problems
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def coverage(self) -> float | None:
        """Share of intervals present between each meter's first and last, over all meters."""
        step = self.file.found.step_minutes * 60_000
        expected = sum((s.last - s.first) // step + 1 for s in self.spans.values())
        have = sum(s.count for s in self.spans.values())
        return min(have / expected, 1.0) if expected else None


def reading_of(supplier: Supplier, unit: str) -> Reading:
    """How this supplier's files are meant."""
    return Reading(
        zone=ZoneInfo(supplier.zone) if supplier.zone else None,
        unit=unit or supplier.unit or None,  # type: ignore[arg-type]  # a value of Unit
        step_minutes=supplier.interval,
        now=now(),
        foreign=foreign_meters(supplier),
    )


def foreign_meters(supplier: Supplier) -> Callable[[list[str]], set[str]]:
    """Which of some codes another supplier reports already."""

    def ask(codes: list[str]) -> set[str]:
        rows = Meter.objects.filter(code__in=codes).exclude(supplier=supplier)
        return set(rows.values_list("code", flat=True))

    return ask


@contextmanager
def taken(
    path: Path, how: Reading, folder: Path, progress: Progress | None = None
) -> Iterator[Taken]:
    """Read a file whole into sorted runs in ``folder``; every problem is in ``problems``.

    Raises BadFile when the file as a whole cannot be read.
    """
    with Problems(folder / "errors.csv") as problems:
        file = ReadingFile(path, how, problems)
        found = Taken(file, RunWriter(folder), problems)
        total, told = estimated_rows(file.source), 0.0
        for table in file.tables():
            found.runs.add(table)
            _note_spans(found.spans, table)
            if progress and time.monotonic() - told > EVERY_SECONDS:
                progress(file.found.rows, max(total, file.found.rows))
                told = time.monotonic()
        find_twice(found.runs, _twice(found))
        if progress:
            progress(file.found.rows, file.found.rows)
        yield found


def _twice(found: Taken) -> Callable[[int, str, str, int], None]:
    def note(row: int, meter: str, start: str, kept: int) -> None:
        found.problems.add(row, "start", f"{meter} {start}", "duplicate", other=kept)
        found.spans[meter].count -= 1

    return note


def _note_spans(spans: dict[str, Span], table: pa.Table) -> None:
    starts = table.select(["meter", "start"]).group_by("meter", use_threads=False)
    sums = starts.aggregate([("start", "min"), ("start", "max"), ("start", "count")])
    low, high = (pc.cast(sums[c], pa.int64()).to_pylist() for c in ("start_min", "start_max"))
    rows = zip(sums["meter"].to_pylist(), low, high, sums["start_count"].to_pylist(), strict=True)
    for meter, first, last, count in rows:
        span = spans.setdefault(meter, Span(first, last))
        span.first, span.last = min(span.first, first), max(span.last, last)
        span.count += count
