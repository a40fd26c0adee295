"""Reading a batch's file with its supplier's settings, keeping the counts true meanwhile."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from common.clock import now
from grid.choices import Convention, Shown
from grid.formats.interval import A_DAY, SHIFT, is_mostly, of_days
from grid.formats.meaning import Reading
from grid.formats.preview import Head, head_of
from grid.formats.problems import Problems
from grid.formats.readings import ReadingFile
from grid.formats.sources import estimated_rows
from grid.lake.registers import Registers
from grid.lake.runs import RunWriter, merged
from grid.lake.store import Gathered, Origin, Regions, Twice, find_twice, first_of_each, gather
from grid.lake.survey import Span, Survey
from grid.models import Meter, Supplier

Progress = Callable[[int, int], None]
"""Told of rows read and rows in all (an estimate until the end)."""

EVERY_SECONDS = 0.5
MINUTE_MS = 60_000


@dataclass(slots=True)
class Taken:
    """A file that was read: its readings in sorted runs, its problems, and what it is of.

    ``registers`` is there for files of what registers show.
    ``survey`` is full once the runs were merged, by ``look_over`` or ``written``.
    """

    file: ReadingFile
    runs: RunWriter
    problems: Problems
    survey: Survey = field(default_factory=Survey)
    registers: Registers | None = None

    @property
    def spans(self) -> dict[str, Span]:
        return self.survey.spans

    @property
    def coverage(self) -> float | None:
        """Share of intervals present between each meter's first and last, over all meters."""
        step = self.file.found.step_minutes * MINUTE_MS
        expected = sum((s.last - s.first) // step + 1 for s in self.spans.values())
        have = sum(s.count for s in self.spans.values())
        return min(have / expected, 1.0) if expected else None


PROFILE = (
    "zone", "convention", "day_first", "unit", "ratio", "header_row", "interval", "mapping",
    "shown", "register_digits",
)  # fmt: skip
# What profiles were silent about before they could say it: a file does not mean another thing
# because they can now.
UNSAID = {"shown": Shown.INTERVAL.value, "register_digits": None}


def profile_of(supplier: Supplier) -> dict[str, Any]:
    """How this supplier's files are meant now; kept with each batch, which is read by it."""
    return {name: getattr(supplier, name) for name in PROFILE}


def meaning_of(profile: dict[str, Any], unit: str) -> str:
    """A digest of all that a file's meaning rests on: the same file meant otherwise is another."""
    said = {name: value for name, value in profile.items() if (name, value) not in UNSAID.items()}
    told = json.dumps({**said, "unit": unit}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def reading_of(supplier: Supplier, profile: dict[str, Any], unit: str = "") -> Reading:
    """How a file of this supplier is meant by a profile, or by the unit that its sender named."""
    profile = {**UNSAID, **profile}
    return Reading(
        zone=ZoneInfo(profile["zone"]) if profile["zone"] else None,
        unit=unit or profile["unit"] or None,  # type: ignore[arg-type]  # a value of Unit
        step_minutes=profile["interval"],
        ends=profile["convention"] == Convention.END,
        day_first=profile["day_first"],
        ratio=profile["ratio"],
        register=profile["shown"] == Shown.REGISTER,
        digits=profile["register_digits"],
        header_row=profile["header_row"],
        mapping=profile["mapping"],
        now=now(),
        foreign=foreign_meters(supplier),
    )


def head_of_file(supplier: Supplier, path: Path, unit: str = "") -> Head | None:
    """What the first rows of a file show, read as this supplier's files are."""
    return head_of(path, reading_of(supplier, profile_of(supplier), unit))


def foreign_meters(supplier: Supplier) -> Callable[[list[str]], set[str]]:
    """Which of some codes another supplier reports already."""

    def ask(codes: list[str]) -> set[str]:
        rows = Meter.objects.of_codes(codes).exclude(supplier=supplier)
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
        try:
            _read_whole(found, progress)
            yield found
        finally:
            found.runs.close()


def _read_whole(found: Taken, progress: Progress | None) -> None:
    if not found.file.how.register:
        _read_into(found.runs, found.file, progress)
        return
    shown = RunWriter(found.runs.folder, by_month=False)
    try:
        _read_into(shown, found.file, progress)
        _subtract(found, shown)
    finally:
        shown.close()


def _read_into(runs: RunWriter, file: ReadingFile, progress: Progress | None) -> None:
    total, told = estimated_rows(file.source), 0.0
    for table in file.tables():
        runs.add(table)
        if progress and time.monotonic() - told > EVERY_SECONDS:
            progress(file.found.rows, max(total, file.found.rows))
            told = time.monotonic()
    if progress:
        progress(file.found.rows, file.found.rows)


def _subtract(found: Taken, shown: RunWriter) -> None:
    """Make energies of what registers showed, in the order of time whatever that of the rows.

    Raises BadFile where the values are no registers, or no energy comes of them.
    """
    registers = Registers(found.file.found.step_minutes, found.file.register_most)
    shown.flush()
    energies = 0
    for runs in shown.runs.values():
        for table in merged(runs, names=False):
            made = registers.energies(first_of_each(table, _twice(found)))
            if registers.unlikely:
                raise found.problems.stop("", f"{len(registers.changes)}", "not_a_register")
            found.runs.add(made)
            energies += len(made)
    if not energies:
        raise found.problems.stop("", found.file.source.path.name, "one_reading")
    found.registers = registers


def look_over(found: Taken) -> None:
    """Look for double readings, and what the file is of, without writing anything.

    Raises BadFile for totals of days or months.
    """
    found.survey = find_twice(found.runs, _twice(found))
    _refuse_totals(found)


@contextmanager
def written(found: Taken, origin: Origin, regions: Regions) -> Iterator[Gathered]:
    """The readings as files for the lake, being written aside; double ones are in ``problems``.

    Raises BadFile for totals of days or months.
    """
    with gather(found.runs, origin, _twice(found), regions) as gathered:
        found.survey = gathered.survey
        _refuse_totals(found)
        yield gathered


def _refuse_totals(found: Taken) -> None:
    """Where a file goes by time its first block may hold a single day; the whole shows it."""
    several = [span for span in found.spans.values() if span.count > 1]
    spent = np.array([span.last - span.first for span in several], dtype=np.int64) // MINUTE_MS
    gaps = np.array([span.count - 1 for span in several], dtype=np.int64)
    if is_mostly(gaps, of_days(spent) & (spent >= gaps * (A_DAY - SHIFT))):
        raise found.problems.stop("", f"{int(np.median(spent / gaps)) // 60} h", "totals")


def _twice(found: Taken) -> Twice:
    def note(row: int, meter: str, start: str, kept: int) -> None:
        found.problems.add(row, "start", f"{meter} {start}", "duplicate", other=kept)

    return note


def regions_of(found: Taken) -> Regions:
    """The regions of meters: as the file says, or as was known of them."""
    told = found.file.found.meters
    regions = {code: str(facts["kato"])[:2] for code, facts in told.items() if facts.get("kato")}

    def ask(codes: list[str]) -> dict[str, str]:
        if new := [code for code in codes if code not in regions]:
            known = dict(Meter.objects.of_codes(new).values_list("code", "kato"))
            regions.update({code: known.get(code, "")[:2] for code in new})
        return regions

    return ask
