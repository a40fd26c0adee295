"""Checks a file: every cell of every row, the rows against each other and against the tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import loads
from pathlib import Path

import pyarrow as pa
from django.core.files.base import File
from django.db import transaction

from common.errors import BadFile, RowProblem
from intake.actions.claims import Claim, Progress, unheard
from intake.actions.files import fetched, working_folder
from intake.actions.planning import Plan, plan
from intake.actions.staging import Staging, quoted
from intake.catalogue import KINDS, Kind
from intake.choices import ImportState, Stage, Verdict
from intake.formats.judging import ROW
from intake.formats.sources import opened, unreadable
from intake.models import ImportBatch, RefusedCell
from intake.workflow import IMPORTS

SHOWN = 1000  # new and same rows kept for the preview; changed ones are all kept
Keep = Callable[[pa.RecordBatch], None]


def nowhere(_rows: pa.RecordBatch) -> None:
    """The judged rows are not kept."""


def check(batch: ImportBatch, claim: Claim) -> None:
    """Check a received file and keep what was found; an unreadable one is kept with its reason."""
    IMPORTS.make("check", batch, actor=None)
    kind = KINDS.get(batch.kind)
    with working_folder() as folder:
        path = fetched(batch.file, folder)
        try:
            with transaction.atomic():
                with _writing(folder / "judged", kind) as keep:
                    staging = Staging(kind, batch)
                    rows, notices = stage_file(staging, path, batch.file_name, claim.tell, keep)
                claim.tell(Stage.COMPARING, rows, rows)
                found = plan(staging)
                _keep_rows(batch, staging)
                staging.drop()
                claim.hold()
                with (folder / "judged").open("rb") as judged:
                    batch.judged.save(f"{batch.sha256[:16]}.arrow", File(judged), save=False)
                _finish(batch, _counts(found, rows, notices, batch, staging.present))
        except BadFile as bad:
            with transaction.atomic():
                claim.hold()
                refuse_file(batch, bad)


def look(
    kind: Kind, name: str, path: Path, *, batch: ImportBatch, hear: Progress = unheard
) -> None:
    """Check a file without keeping anything of it: ``batch`` is filled in and never saved.

    Its problems are put on ``batch.found``. Raises BadFile.
    """
    with transaction.atomic():
        staging = Staging(kind, batch)
        rows, notices = stage_file(staging, path, name, hear, nowhere)
        hear(Stage.COMPARING, rows, rows)
        found = plan(staging)
        for field, value in _counts(found, rows, notices, batch, staging.present).items():
            setattr(batch, field, value)
        batch.found = [
            RowProblem(row, column, value, code, loads(params))
            for row, column, value, code, params in staging.rows(
                'SELECT "row", "column", value, code, params FROM refused ORDER BY 1, 2'
            )
        ]
        staging.drop()


def stage_file(
    staging: Staging, path: Path, name: str, hear: Progress, keep: Keep
) -> tuple[int, list[str]]:
    """Read a file block by block into the staging; returns its rows and notices."""
    judge, rows = staging.kind.judge, 0
    with opened(name, path, staging.kind.all_columns) as source:
        for block in source.blocks:
            rows += len(block)
            good, problems = judge.judge(block)
            staging.take(good)
            staging.note(problems)
            keep(good)
            hear(Stage.READING, rows, source.rows_expected)
        staging.present = frozenset(source.columns)
        return rows, source.notices


@contextmanager
def _writing(path: Path, kind: Kind) -> Iterator[Keep]:
    """Keeps the judged rows, so that applying need not judge them again."""
    schema = pa.schema([(ROW, pa.int64()), *kind.judged_types.items()])
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(str(path), schema, options=options) as writer:
        yield writer.write_batch


def _keep_rows(batch: ImportBatch, staging: Staging) -> None:
    staging.run(
        'INSERT INTO intake_refusedcell (batch_id, "row", "column", value, code, params)'
        ' SELECT %(batch)s, "row", "column", left(value, 200), code, params FROM refused'
        ' ORDER BY "row", "column"'
    )
    label = quoted(staging.kind.label_column)
    for verdict in Verdict.values:
        limit = "" if verdict == Verdict.CHANGED else f"LIMIT {SHOWN}"
        staging.run(
            'INSERT INTO intake_plannedrow (batch_id, "row", verdict, label, difference)'
            f" SELECT %(batch)s, row, verdict, left({label}::text, 300), difference FROM planned"
            f" WHERE verdict = %(verdict)s ORDER BY row {limit}",
            verdict=verdict,
        )


def _counts(
    found: Plan, rows: int, notices: list[str], batch: ImportBatch, present: frozenset[str]
) -> dict[str, object]:
    applied = ImportBatch.objects.filter(
        kind=batch.kind, sha256=batch.sha256, state=ImportState.APPLIED
    )
    before = ["applied_before"] if batch.sha256 and applied.exists() else []
    return {
        "columns": sorted(present),
        "rows": rows,
        "new": found.new,
        "same": found.same,
        "changed": found.changed,
        "rejected": found.rejected,
        "notices": [*notices, *before],
        "plan_digest": found.digest,
    }


def _finish(batch: ImportBatch, counts: dict[str, object]) -> None:
    changes = counts | {"judged": batch.judged.name}
    IMPORTS.make("find", batch, actor=None, changes=changes, facts=facts_of(changes))


def facts_of(counts: dict[str, object]) -> dict[str, object]:
    """What the journal tells of a file: the counts of its rows."""
    return {name: counts[name] for name in ("new", "same", "changed", "rejected")}


def refuse_file(batch: ImportBatch, bad: BadFile) -> None:
    """Keep an unreadable file with its reason."""
    RefusedCell.objects.bulk_create(
        RefusedCell(
            batch=batch, row=p.row, column=p.column[:200], value=p.value, code=p.code,
            params=dict(p.params),
        )
        for p in bad.problems
    )  # fmt: skip
    codes = {p.code for p in bad.problems}
    IMPORTS.make("refuse", batch, actor=None, facts={"codes": sorted(codes)})


def read_judged(batch: ImportBatch, folder: Path) -> Iterator[pa.RecordBatch]:
    """The rows that the check found good, as it read them."""
    try:
        with pa.ipc.open_stream(str(fetched(batch.judged, folder))) as reader:
            yield from reader
    except (OSError, ValueError) as error:
        raise unreadable("check_again") from error
