"""A stored file as a local one: decoders want a path, whatever the storage."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models.fields.files import FieldFile

PIECE = 1 << 20


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder of the task's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        yield Path(folder)


def fetched(stored: FieldFile, folder: Path) -> Path:
    """A copy of a stored file in ``folder``."""
    path = folder / "file"
    with stored.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, PIECE)
    return path
