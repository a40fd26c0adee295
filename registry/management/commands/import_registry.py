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
from registry import actions
from registry.choices import ImportKind, ImportState
from registry.imports.plans import as_json, from_json
from registry.models import ImportBatch
from registry.selectors.error_files import error_file
from registry.wording import NOTICES, problem_words

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
        content = _content(options["file"])
        try:
            report, problems = self._run(content, options)
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
            form = options["errors"].suffix.lstrip(".").lower()
            options["errors"].write_bytes(error_file(options["file"].name, content, problems, form))
        if report["rejected"]:
            raise SystemExit(DONE_WITH_REJECTS)

    def _run(
        self, content: bytes, options: dict[str, Any]
    ) -> tuple[dict[str, Any], list[RowProblem]]:
        name = options["file"].name
        if options["dry_run"]:
            self._progress(_("Checking"))
            plan = actions.plan_file(
                kind=ImportKind.REGISTRATIONS, name=name, content=content, act=options["act"]
            )
            counts = {key: plan.count(key) for key in ("new", "same", "changed")}
            report = {"rows": plan.rows, **counts, "rejected": plan.rejected, "applied": False}
            return {"file": name, **report, "notices": plan.notices}, plan.problems
        batch = self._bring(name, content, options)
        return _report(batch), from_json(batch.problems)

    def _bring(self, name: str, content: bytes, options: dict[str, Any]) -> ImportBatch:
        self._progress(_("Checking"))
        batch = actions.check_file(
            name=name,
            content=content,
            actor=None,
            act_reference=options["act"],
            act_date=options["act_date"],
        )
        if batch.state == ImportState.UNREADABLE:
            raise BadFile(from_json(batch.problems))
        if not batch.rejected or options["partial"]:
            self._progress(_("Applying"))
            actions.apply_batch(batch=batch, actor=None, partial=options["partial"])
        return batch

    def _progress(self, stage: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{stage}…", self.style.NOTICE)

    def _tell(self, report: dict[str, Any], problems: list[RowProblem], *, as_object: bool) -> None:
        if as_object:
            stored = as_json(problems)
            for one, problem in zip(stored, problems, strict=True):
                one["message"] = problem_words(problem)
            told = {**report, "problems": stored}
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
            return
        for notice in report["notices"]:
            self.stdout.write(str(NOTICES.get(notice, notice)))
        if problems:
            self.stdout.write(_lines(problems[:SHOWN]))
        if len(problems) > SHOWN:
            more = _("… and %(n)d more: see --json or --errors FILE.")
            self.stdout.write(more % {"n": len(problems) - SHOWN})
        self.stdout.write(_summary(report))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=COULD_NOT_RUN) from error


def _report(batch: ImportBatch) -> dict[str, Any]:
    return {
        "file": batch.file_name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "new": batch.new,
        "same": batch.same,
        "changed": batch.changed,
        "rejected": batch.rejected,
        "applied": batch.state == ImportState.APPLIED,
        "notices": batch.notices,
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
    words = problem_words(problem)
    if not problem.row:
        return words
    place = _("Row %(row)d") % {"row": problem.row}
    shown = [place, problem.column, f"“{problem.value}”" if problem.value else ""]
    return f"{', '.join(part for part in shown if part)}: {words}"
