"""Scores of meters in files, without a database: `profile_readings IN… OUT.csv`."""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.core.management.base import BaseCommand

from common.ahead import ahead
from common.errors import BadFile
from grid.formats.meaning import Reading
from grid.formats.problems import Problems, accepted
from grid.formats.readings import ReadingFile
from grid.formats.scores import write_scores
from grid.formats.weather import Weather, read_weather
from grid.lake.profiling import profiled, told
from grid.lake.runs import RunWriter, merged
from grid.management.reporting import answer, bar, stop
from grid.profiles.profile import Profile
from grid.wording import describe_reason

NO_ZONE = ZoneInfo("UTC")


class Command(BaseCommand):
    """Exit status: 0 done, 1 done without the rows that were refused, 2 could not run."""

    help = "The load-profile score of every meter in Parquet or CSV files, without a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("inputs", nargs="+", type=Path, metavar="IN")
        parser.add_argument("output", type=Path, metavar="OUT.csv")
        parser.add_argument("--weather", type=Path, help="start,temp or ts,temp; hourly")
        parser.add_argument("--zone", default=NO_ZONE.key, help="local clock of the meters (UTC)")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, score, write."""
        started = datetime.now(UTC)
        problems = Problems()
        try:
            weather = read_weather(options["weather"]) if options["weather"] else None
            zone = ZoneInfo(options["zone"])
            with tempfile.TemporaryDirectory(prefix="readings-") as folder:
                runs, rows = _read(options["inputs"], Path(folder), problems)
                scored = _scores(runs, zone, weather, bar("meters"))
                meters = write_scores(options["output"], scored, _words)
        except BadFile as error:
            stop(self, _first(error))
        except (OSError, KeyError, ValueError) as error:
            stop(self, str(error))
        seconds = round((datetime.now(UTC) - started).total_seconds(), 2)
        result = {
            "meters": meters, "rows": rows, "rejected": len(problems.rows), "seconds": seconds,
            "problems": [
                {"row": p.row, "column": p.column, "value": p.value, "problem": p.code}
                for p in problems.kept
            ],
        }  # fmt: skip
        lines = [f"{meters} meters, {rows} rows, {len(problems.rows)} refused, {seconds} s"]
        answer(self, as_json=options["json"], result=result, lines=lines)
        if problems.count:
            sys.exit(1)


def _read(inputs: list[Path], folder: Path, problems: Problems) -> tuple[RunWriter, int]:
    runs, rows = RunWriter(folder, by_month=False), 0
    minutes = 0
    for path in inputs:
        how = Reading(zone=NO_ZONE, aliases=True, meter_facts=False, loose=True)
        file = ReadingFile(path, how, problems)
        for table in file.tables():
            minutes = file.found.step_minutes
            size = len(table)
            timed = table.append_column("minutes", pa.array([minutes] * size, pa.int16()))
            runs.add(timed.append_column("batch", pa.array([0] * size, pa.int64())))
        rows += file.found.rows
    runs.flush()
    return runs, rows


def _scores(
    runs: RunWriter, zone: ZoneInfo, weather: Weather | None, tell: Any
) -> Iterator[tuple[str, Profile]]:
    files = [run for parts in runs.runs.values() for run in parts]
    degrees = weather.by_day(zone) if weather else None
    done = 0
    for table in ahead(lambda part: profiled(part, zone, degrees), merged(files)):
        for found in told(table):
            yield found
            done += 1
        tell(done, done)


def _words(found: Profile) -> list[str]:
    return [describe_reason(reason.code, reason.params) for reason in found.reasons]


def _first(error: BadFile) -> str:
    p = error.problems[0]
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return (
        f"{p.column or 'file'}: {p.value!r}: {p.code}; accepted: {accepted(p.code, p.params)}{more}"
    )
