"""Brings a file of registrations into the registry: check everything, then apply it whole."""

import json
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import BadFile, PortalError, RowProblem
from intake import actions
from intake.catalogue import KINDS
from intake.choices import ImportState, Stage
from intake.models import ImportBatch
from intake.selectors.error_files import write_errors
from intake.selectors.previews import problems_of
from intake.wording import notice_words, problem_words
from registry.choices import REGISTRATIONS_FILE

SLUG = REGISTRATIONS_FILE
SHOWN = 50  # problems printed for a person; --json and --errors give all of them
DONE_WITH_REJECTS, COULD_NOT_RUN = 1, 2


class Command(BaseCommand):
    """Exit status: 0 done, 1 with refused rows, 2 could not run."""

    help = "Imports registrations from CSV or XLSX. Nothing is half-applied."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument("--partial", action="store_true", help="apply without the refused rows")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--errors", type=Path, help="write the refused rows here (.csv, .xlsx)")
        parser.add_argument("--act", default="", help="the competent body's act behind the file")
        parser.add_argument("--act-date", type=date.fromisoformat, help="its date, 2026-11-20")

    def handle(self, **options: Any) -> None:
        begun = time.monotonic()
        _readable(options["file"])
        try:
            report, problems = self._run(options)
        except BadFile as bad:
            if options["json"]:
                unread = {"file": options["file"].name, "applied": False, "notices": []}
                self._tell(unread, bad.problems, as_object=True)
            line = _lines(bad.problems, between="; ")
            raise CommandError(line, returncode=COULD_NOT_RUN) from bad
        except PortalError as refusal:
            raise CommandError(str(refusal), returncode=COULD_NOT_RUN) from refusal
        report["seconds"] = round(time.monotonic() - begun, 2)
        self._tell(report, problems, as_object=options["json"])
        if options["errors"] and problems:
            self._write_errors(options["file"], options["errors"], problems)
        if report["rejected"]:
            raise SystemExit(DONE_WITH_REJECTS)

    def _run(self, options: dict[str, Any]) -> tuple[dict[str, Any], list[RowProblem]]:
        path = options["file"]
        about: dict[str, Any] = {
            "kind": SLUG, "name": path.name, "content": path,
            "act_reference": options["act"], "act_date": options["act_date"],
        }  # fmt: skip
        if options["dry_run"]:
            batch = actions.look_at_file(**about, listener=self._bar)
            return _report(batch, dry=True), list(batch.found)
        batch = actions.check_file(**about, actor=None, listener=self._bar)
        problems = problems_of(batch)
        if batch.state == ImportState.UNREADABLE:
            raise BadFile(problems)
        if not batch.rejected or options["partial"]:
            batch = actions.apply_batch(
                batch=batch, actor=None, partial=options["partial"], listener=self._bar
            )
        return _report(batch), problems

    def _write_errors(self, path: Path, target: Path, problems: list[RowProblem]) -> None:
        with target.open("wb") as file:
            write_errors(
                kind=KINDS.get(SLUG), name=path.name, path=path, problems=problems,
                form=target.suffix.lstrip(".").lower(), target=file,
            )  # fmt: skip

    def _bar(self, stage: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            told = f"{Stage(stage).label}: {done}/{total}"
            self.stderr.write(f"\r{told:<70}", ending="")

    def _tell(self, report: dict[str, Any], problems: list[RowProblem], *, as_object: bool) -> None:
        if as_object:
            told = {**report, "problems": [_as_json(problem) for problem in problems]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
            return
        for notice in notice_words(report["notices"]):
            self.stdout.write(notice)
        if problems:
            self.stdout.write(_lines(problems[:SHOWN]))
        if len(problems) > SHOWN:
            more = _("… and %(n)d more: see --json or --errors FILE.")
            self.stdout.write(more % {"n": len(problems) - SHOWN})
        self.stdout.write(_summary(report))


def _readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=COULD_NOT_RUN) from error


def _report(batch: ImportBatch, *, dry: bool = False) -> dict[str, Any]:
    kept = {} if dry else {"sha256": batch.sha256}
    return {
        "file": batch.file_name,
        **kept,
        "rows": batch.rows,
        "new": batch.new,
        "same": batch.same,
        "changed": batch.changed,
        "rejected": batch.rejected,
        "applied": batch.state == ImportState.APPLIED,
        "notices": batch.notices,
    }


def _as_json(problem: RowProblem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "params": dict(problem.params),
        "message": problem_words(problem, KINDS.get(SLUG)),
    }


def _summary(report: dict[str, Any]) -> str:
    counts = _(
        "Rows: %(rows)d. New: %(new)d, the same: %(same)d, changed: %(changed)d, "
        "refused: %(rejected)d."
    )
    outcome = _("Applied.") if report["applied"] else _("Nothing was written.")
    return f"{counts % report} {outcome}"


def _lines(problems: list[RowProblem], between: str = "\n") -> str:
    return between.join(_line(problem) for problem in problems)


def _line(problem: RowProblem) -> str:
    words = problem_words(problem, KINDS.get(SLUG))
    if not problem.row:
        return words
    place = _("Row %(row)d") % {"row": problem.row}
    shown = [place, problem.column, f"“{problem.value}”" if problem.value else ""]
    return f"{', '.join(part for part in shown if part)}: {words}"
