"""Brings files of meter readings in: `import_readings FILE… --supplier CODE`."""

import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand

from common.errors import PortalError, RowProblem
from grid import actions
from grid.choices import BatchState, Channel, Unit
from grid.formats.problems import accepted
from grid.management.reporting import answer, bar, stop
from grid.models import ReadingBatch, Supplier
from grid.wording import describe_failure

SHOWN = 20


class Command(BaseCommand):
    """Exit status: 0 all stored, 1 something was refused, 2 could not run."""

    help = "Imports CSV, Parquet or XLSX files of meter readings of one supplier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--supplier", required=True, metavar="CODE")
        parser.add_argument("--dry-run", action="store_true", help="check, store nothing")
        parser.add_argument(
            "--partial", action="store_true", help="store the good rows of a bad file"
        )
        parser.add_argument(
            "--unit", choices=Unit.values, default="", help="where no heading has it"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the files one after another."""
        supplier = Supplier.objects.filter(code=options["supplier"]).first()
        if supplier is None:
            known = ", ".join(Supplier.objects.values_list("code", flat=True)) or "none yet"
            stop(self, f"no supplier has the code {options['supplier']!r}; known: {known}")
        for path in options["files"]:
            if not path.is_file():
                stop(self, f"{path}: there is no such file")
        results = [self._one(supplier, path, options) for path in options["files"]]
        lines = [line for result in results for line in _lines(result)]
        bad = any(
            result["state"] in {"refused", "failed"} or result["rejected"] for result in results
        )
        answer(self, as_json=options["json"], result={"files": results}, lines=lines)
        if bad:
            sys.exit(1)

    def _one(self, supplier: Supplier, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        unit, partial = options["unit"], options["partial"]
        if options["dry_run"]:
            checked = actions.check_file(
                supplier=supplier, path=path, unit=unit, progress=bar("rows")
            )
            return {
                "file": str(path), "batch": None, "new": True,
                "state": "refused" if checked.problems.count and not partial else "checked",
                "rows": checked.rows, "stored": 0, "rejected": checked.rejected,
                "meters": checked.meters, "coverage": checked.coverage, "error": "",
                "problems": [_problem(p) for p in checked.problems.kept],
                "problems_in_all": checked.problems.count,
                "registers_back": len(checked.changes), "left_out": checked.left_out,
                "changes": [
                    _change(c.meter, c.at, c.kind, c.before, c.after, c.serial)
                    for c in checked.changes[:SHOWN]
                ],
            }  # fmt: skip
        try:
            with path.open("rb") as file:
                batch, new = actions.receive_batch(
                    supplier=supplier, file=File(file), file_name=path.name, actor=None,
                    channel=Channel.COMMAND, unit=unit, partial=partial,
                )  # fmt: skip
        except PortalError as error:
            stop(self, f"{path}: {error}")
        if batch.state in {BatchState.RECEIVED, BatchState.STORING}:  # also of a killed process
            batch, new = _stored(batch), True
        return _result(batch, path, new=new)


def _stored(batch: ReadingBatch) -> ReadingBatch:
    """The batch after storing; a disk without room fails it, and it says so."""
    try:
        return actions.store_batch(batch.pk, progress=bar("rows"))
    except OSError:
        batch.refresh_from_db()
        return batch


def _result(batch: ReadingBatch, path: Path, *, new: bool) -> dict[str, Any]:
    rejects = batch.rejects.all() if new else []
    return {
        "file": str(path), "batch": batch.pk, "new": new, "state": batch.state,
        "rows": batch.rows_read, "stored": batch.rows_stored if new else 0,
        "rejected": batch.rows_rejected if new else 0, "meters": batch.meters,
        "coverage": batch.coverage, "error": describe_failure(batch.error),
        "problems": [
            _problem(RowProblem(r.row, r.column, r.value, r.code, r.params)) for r in rejects
        ],
        "problems_in_all": batch.problems if new else 0,
        "registers_back": batch.registers_back, "left_out": batch.left_out,
        "changes": [
            _change(c.meter.code, c.moment, c.kind, c.before_kwh, c.after_kwh, c.serial)
            for c in batch.changes.select_related("meter")[:SHOWN]
        ],
    }  # fmt: skip


def _change(
    meter: str, moment: datetime, kind: str, before: float, after: float, serial: str
) -> dict[str, Any]:
    return {
        "meter": meter, "moment": moment.isoformat(), "kind": kind, "before_kwh": before,
        "after_kwh": after, "serial": serial,
    }  # fmt: skip


def _problem(problem: RowProblem) -> dict[str, Any]:
    return {
        "row": problem.row, "column": problem.column, "value": problem.value,
        "problem": problem.code, "accepted": accepted(problem.code, problem.params),
    }  # fmt: skip


def _lines(result: dict[str, Any]) -> list[str]:
    if not result["new"]:
        return [
            f"{result['file']}: already received as batch {result['batch']}; nothing was changed"
        ]
    lines = [
        f"{result['file']}: {result['state']}; {result['rows']} rows, {result['stored']} stored, "
        f"{result['rejected']} refused, {result['meters']} meters"
    ]
    lines += [
        f"  row {p['row']}, {p['column'] or 'file'}: {p['value']!r}: {p['problem']}; "
        f"accepted: {p['accepted']}"
        for p in result["problems"][:SHOWN]
    ]
    if result["registers_back"]:
        lines.append(
            f"  registers that went back: {result['registers_back']}, their intervals are left out"
        )
        lines += [
            f"    {c['meter']} {c['moment']}: {c['kind']}, {c['before_kwh']:.15g} kWh before, "
            f"{c['after_kwh']:.15g} kWh after"
            for c in result["changes"]
        ]
    if result["left_out"]:
        lines.append(f"  other intervals without energy: {result['left_out']}")
    if result["error"]:
        lines.append(f"  {result['error']} Nothing of the file was stored; it may be sent again.")
    more = result["problems_in_all"] - SHOWN
    return [*lines, f"  … and {more} more"] if more > 0 else lines
