"""Runs checks now, in the foreground."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from common.errors import Refused
from crosschecks import actions
from crosschecks.catalogue import CHECKS
from crosschecks.choices import COUNTED_STATES
from crosschecks.models import CheckRun
from crosschecks.selectors.runs import newest_complete_day, why_ended

COULD_NOT_RUN = 2


class Command(BaseCommand):
    help = "Runs checks over one day (by default the newest complete one) in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="see list_checks")
        parser.add_argument("--all", action="store_true", help="run every check")
        parser.add_argument("--day", type=date.fromisoformat, help="grid day, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *_args: str, **options: Any) -> None:
        names = self._names(options["names"], everything=options["all"])
        day = options["day"] or newest_complete_day()
        if day is None:
            raise CommandError(
                "There is no complete day of readings yet.", returncode=COULD_NOT_RUN
            )
        runs = [self._run(name, day) for name in names]
        if options["json"]:
            self.stdout.write(json.dumps({"runs": [_row(run) for run in runs]}))
        else:
            self._tell(runs)
        if any(run.state not in COUNTED_STATES for run in runs):
            sys.exit(1)

    def _names(self, names: Sequence[str], *, everything: bool) -> list[str]:
        known = [check.slug for check in CHECKS]
        if everything == bool(names):
            raise CommandError("Name checks, or give --all.", returncode=COULD_NOT_RUN)
        unknown = [name for name in names if name not in CHECKS]
        if unknown:
            text = f"Unknown check: {', '.join(unknown)}. Known: {', '.join(known)}."
            raise CommandError(text, returncode=COULD_NOT_RUN)
        return list(dict.fromkeys(names)) or known

    def _run(self, name: str, day: date) -> CheckRun:
        try:
            run = actions.queue_run(slug=name, day=day)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=COULD_NOT_RUN) from refusal
        with progress_bar(name) as bar:
            return actions.run_now(
                run_id=run.pk, progress=lambda done, total: move(bar, done, total)
            )

    def _tell(self, runs: Sequence[CheckRun]) -> None:
        for run in runs:
            row = _row(run)
            counts = ", ".join(f"{word} {row[word]}" for word in ("hits", "new", "same", "gone"))
            line = f"{run.check_slug} {row['day']}: {run.state}, {counts} ({row['seconds']} s)"
            self.stdout.write(line)
            if run.error:
                self.stderr.write(f"{run.check_slug}: {why_ended(run)}")


def _row(run: CheckRun) -> dict[str, Any]:
    return {
        "check": run.check_slug,
        "day": run.day.isoformat(),
        "state": str(run.state),
        "hits": run.hits,
        "new": run.new,
        "same": run.same,
        "gone": run.gone,
        "back": run.back,
        "held": run.held,
        "left_out": run.left_out,
        "leads": run.leads,
        "seconds": round(run.took.total_seconds(), 1) if run.took else None,
    }


@contextmanager
def progress_bar(name: str) -> Iterator["tqdm[None]"]:
    """A bar on standard error; silent when that is not a terminal."""
    with tqdm(desc=name, unit="", disable=None, file=sys.stderr, leave=False) as bar:
        yield bar


def move(bar: "tqdm[None]", done: int, total: int) -> None:
    if done < bar.n:  # the next phase counts from the start
        bar.reset()
    bar.total = total or None
    bar.update(done - bar.n)
