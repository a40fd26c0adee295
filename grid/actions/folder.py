"""Files that a supplier puts into a folder: one folder a supplier, named by its code.

What was taken moves to ``taken``, what was refused to ``refused``, each with a receipt beside it;
a refused file's wrong values lie beside it as CSV.
"""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File

from common.errors import PortalError
from grid.actions.holding import FOLDERS, held
from grid.actions.receiving import NoRoom, receive_batch
from grid.actions.storing import store_batch
from grid.choices import BatchState, Channel
from grid.models import ReadingBatch, Supplier

log = logging.getLogger(__name__)

QUIET_SECONDS = 30  # a file written to within these is still being written
UNFINISHED = {".part", ".tmp", ".filepart", ".crdownload"}


def take_from_folder(folder: Path, *, quiet: float = QUIET_SECONDS) -> list[Path]:
    """Take in every finished file of the suppliers' folders; returns where they lie now.

    Killed at any moment, the next call goes on: a file that was received before gives the same
    batch, and moves when its batch is finished. Links and hidden files are left alone.
    """
    moved = []
    for supplier in Supplier.objects.filter(is_active=True):
        with held(supplier.pk, FOLDERS) as mine:
            files = _finished(folder / supplier.code, quiet) if mine else ()
            moved += [_taken(supplier, path) for path in files]
    return [path for path in moved if path]


def _finished(folder: Path, quiet: float) -> Iterator[Path]:
    if not folder.is_dir():
        return
    before = time.time() - quiet
    for path in sorted(folder.iterdir()):
        plain = path.is_file() and not path.is_symlink() and not path.name.startswith(".")
        if plain and path.suffix.lower() not in UNFINISHED and path.stat().st_mtime <= before:
            yield path


def _taken(supplier: Supplier, path: Path) -> Path | None:
    try:
        with path.open("rb") as file:
            batch, new = receive_batch(
                supplier=supplier, file=File(file), file_name=path.name, actor=None,
                channel=Channel.FOLDER,
            )  # fmt: skip
    except NoRoom:
        return None
    except OSError:
        log.exception("%s cannot be read and stays", path)
        return None
    except PortalError as refusal:
        return _moved(path, "refused", {"file": path.name, "state": "refused", "why": str(refusal)})
    batch = store_batch(batch.pk)
    if not batch.is_finished or batch.state == BatchState.FAILED:
        return None  # another process is at it, or the portal itself could not: it stays
    told = _receipt(batch, new=new)
    if batch.state == BatchState.STORED:
        return _moved(path, "taken", told)
    moved = _moved(path, "refused", told)
    if batch.errors_file:
        with batch.errors_file.open("rb") as errors, _beside(moved, ".errors.csv").open("wb") as to:
            shutil.copyfileobj(errors, to)
    return moved


def _receipt(batch: ReadingBatch, *, new: bool) -> dict[str, Any]:
    return {
        "file": batch.file_name, "batch": batch.pk, "state": batch.state, "new": new,
        "sha256": batch.sha256, "size": batch.size, "received_at": batch.received_at.isoformat(),
        "rows": batch.rows_read, "stored": batch.rows_stored, "refused": batch.rows_rejected,
        "meters": batch.meters, "problems": batch.problems,
    }  # fmt: skip


def _moved(path: Path, where: str, told: dict[str, Any]) -> Path:
    """The file under a name that is free, with its receipt."""
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    count = 1
    while target.exists():
        count += 1
        target = target.with_name(f"{path.stem}-{count}{path.suffix}")
    path.replace(target)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    _beside(target, ".receipt.json").write_text(text + "\n", encoding="utf-8")
    return target


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
