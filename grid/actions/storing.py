"""From a received file to readings in the lake, or to a list of all that is wrong with it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction

from common import clock
from common.errors import BadFile
from grid.actions.catalogue import commit_batch
from grid.actions.compacting import draw_small_together
from grid.actions.holding import held
from grid.actions.reading import (
    Progress,
    Taken,
    look_over,
    profile_of,
    reading_of,
    regions_of,
    taken,
    written,
)
from grid.choices import NO_ROOM, STOPPED, BatchState
from grid.formats.problems import Problems
from grid.lake.place import Lake, lacks_room
from grid.lake.registers import Change
from grid.lake.store import Origin
from grid.models import ReadingBatch, ReadingReject, Supplier
from grid.selectors.lake import the_lake
from grid.workflow import BATCHES

MOST_STARTS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would bring: counts, coverage and problems; nothing is stored.

    ``changes`` are registers that did not go on, ``left_out`` the other intervals without energy.
    """

    rows: int
    good: int
    rejected: int
    problems: Problems
    meters: int
    step_minutes: int
    coverage: float | None
    first: Any
    last: Any
    changes: Sequence[Change] = ()
    left_out: int = 0


def check_file(
    *, supplier: Supplier, path: Path, unit: str = "", progress: Progress | None = None
) -> Checked:
    """Read and check a file without storing anything. A file not to be read is in ``problems``."""
    lake = the_lake()
    folder = lake.working_folder()
    try:
        how = reading_of(supplier, profile_of(supplier), unit)
        with taken(path, how, folder, progress) as found:
            look_over(found)
            return _checked(found)
    except BadFile as error:
        return Checked(0, 0, len(error.problems), _as_problems(error), 0, 0, None, None, None)
    finally:
        lake.forget(folder)


def _checked(found: Taken) -> Checked:
    f = found.file.found
    rejected = len(found.problems.rows)
    return Checked(
        f.rows, sum(s.count for s in found.spans.values()), rejected, found.problems,
        len(found.spans), f.step_minutes, found.coverage, f.first, f.last,
        found.registers.changes if found.registers else (),
        found.registers.left_out if found.registers else 0,
    )  # fmt: skip


def _as_problems(error: BadFile) -> Problems:
    problems = Problems()
    for p in error.problems:
        problems.add(p.row, p.column, p.value, p.code, **p.params)
    return problems


def store_batch(batch_id: int, progress: Progress | None = None) -> ReadingBatch:
    """Check a received batch and put its readings into the lake, or refuse it whole.

    A batch that another process is at, or that is finished, is left as it is; one whose process
    was killed is taken up again. Whatever fails, nothing of it is readable.
    """
    rows = ReadingBatch.objects.select_related("supplier", "uploaded_by")
    with held(batch_id) as mine:
        batch: ReadingBatch = rows.get(pk=batch_id)
        if not mine or not _begun(batch):
            return batch
        lake = the_lake()
        folder = lake.working_folder(f"batch-{batch.pk}")
        try:
            with _local(batch, folder) as path:
                _read_and_store(batch, path, lake, folder, progress)
        except BadFile as error:
            _refuse(batch, _as_problems(error), folder / "errors.csv")
        except Exception as error:
            lake.forget(folder)  # a full disk has room again for what is written now
            text = f"{type(error).__name__}: {error}"[:1000]
            _fail(batch, NO_ROOM if lacks_room(error) else text, text)
            raise
        finally:
            lake.forget(folder)
    draw_small_together(batch)
    return batch


def _begun(batch: ReadingBatch) -> bool:
    """Move a waiting batch on, also one whose process is no more; whether it is to be stored."""
    if batch.state == BatchState.STORING and not _taken_up(batch):
        return False
    if batch.state != BatchState.RECEIVED:
        return False
    moment = clock.now()
    BATCHES.make("start", batch, actor=None, changes={"started_at": moment, "heartbeat_at": moment})
    return True


def _taken_up(batch: ReadingBatch) -> bool:
    """Queue a batch again whose process was killed; give it up after so many times."""
    if batch.starts < MOST_STARTS:
        BATCHES.make("retry", batch, actor=None, changes={"starts": batch.starts + 1})
        return True
    _fail(batch, STOPPED)
    return False


def _read_and_store(
    batch: ReadingBatch, path: Path, lake: Lake, folder: Path, progress: Progress | None
) -> None:
    profile = batch.profile or profile_of(batch.supplier)
    how = reading_of(batch.supplier, profile, batch.unit)
    with taken(path, how, folder, _counting(batch, progress)) as found:
        if found.problems.count and not batch.partial:
            look_over(found)
            _refuse(batch, found.problems, folder / "errors.csv", found)
            return
        origin = Origin(batch.supplier_id, batch.pk, found.file.found.step_minutes)
        with written(found, origin, regions_of(found)) as gathered:
            if (found.problems.count and not batch.partial) or not gathered.files:
                _refuse(batch, found.problems, folder / "errors.csv", found)
                return
            try:
                with transaction.atomic():
                    _keep_problems(batch, found.problems, folder / "errors.csv")
                    commit_batch(batch, found, gathered, lake)
            except BaseException:
                lake.withdraw([file.name for file in gathered.files])
                raise


def _counting(batch: ReadingBatch, progress: Progress | None) -> Progress:
    rows = ReadingBatch.objects.filter(pk=batch.pk)

    def tell(done: int, total: int) -> None:
        rows.update(rows_read=done, rows_total=total, heartbeat_at=clock.now())
        if progress:
            progress(done, total)

    return tell


@contextmanager
def _local(batch: ReadingBatch, folder: Path) -> Iterator[Path]:
    """The batch's file as a local path, whatever the storage."""
    try:
        yield Path(batch.file.path)
    except NotImplementedError:  # a storage that is no folder of this machine
        path = folder / "file"
        with batch.file.open("rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        yield path
        path.unlink(missing_ok=True)


@transaction.atomic
def _refuse(
    batch: ReadingBatch, problems: Problems, errors: Path, found: Taken | None = None
) -> None:
    _keep_problems(batch, problems, errors)
    counts: dict[str, Any] = {"problems": problems.count, "rows_rejected": len(problems.rows)}
    if found is not None:
        counts |= {"rows_read": found.file.found.rows, "rows_total": found.file.found.rows}
    BATCHES.make(
        "refuse", batch, actor=None, changes={**counts, "finished_at": clock.now()},
        facts={"problems": problems.count, "codes": dict(problems.by_code)},
    )  # fmt: skip


@transaction.atomic
def _fail(batch: ReadingBatch, why: str, told: str = "") -> None:
    """``why`` is what the batch's page puts into words, ``told`` what the system said."""
    changes = {"error": why, "finished_at": clock.now()}
    BATCHES.make("fail", batch, actor=None, changes=changes, facts={"error": told or why})


def _keep_problems(batch: ReadingBatch, problems: Problems, errors: Path) -> None:
    problems.close()
    batch.rejects.all().delete()
    ReadingReject.objects.bulk_create(
        [
            ReadingReject(
                batch=batch, row=p.row, column=p.column[:200], value=p.value, code=p.code,
                params=dict(p.params),
            )
            for p in problems.kept
        ],
        batch_size=500,
    )  # fmt: skip
    if problems.count and errors.exists():
        with errors.open("rb") as file:
            batch.errors_file.save(f"{batch.pk}.csv", File(file), save=False)
        ReadingBatch.objects.filter(pk=batch.pk).update(errors_file=batch.errors_file.name)


def retry_batch(*, batch: ReadingBatch, actor: Any) -> None:
    """Queue a failed batch again."""
    BATCHES.make("retry", batch, actor=actor, changes={"error": "", "finished_at": None})


def recover_batches() -> list[int]:
    """Take up batches whose process was killed; returns all that wait.

    A process holds its batch as long as it lives, whatever it is busy with.
    """
    for pk in ReadingBatch.objects.filter(state=BatchState.STORING).values_list("pk", flat=True):
        with held(pk) as mine:
            batch = ReadingBatch.objects.get(pk=pk)
            if mine and batch.state == BatchState.STORING:
                _taken_up(batch)
    waiting = ReadingBatch.objects.filter(state=BatchState.RECEIVED).order_by("pk")
    return list(waiting.values_list("pk", flat=True))
