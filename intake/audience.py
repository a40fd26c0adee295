"""Who is told when a file is checked, applied or undone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from intake.models import ImportBatch
from journal.telling import Tell


def uploader(
    word: str,
) -> Callable[[ImportBatch, Any, Mapping[str, Any]], Iterable[Tell]]:
    """Tells whoever sent the file: workers take a while, and people do something else meanwhile."""

    def tell(batch: ImportBatch, _actor: Any, _facts: Mapping[str, Any]) -> Iterable[Tell]:
        if batch.uploaded_by is None:
            return []
        params = {"file": batch.file_name, "refused": batch.rejected}
        kind, url = f"intake.import.{word}", batch.get_absolute_url()
        return [Tell(to=batch.uploaded_by, kind=kind, url=url, params=params)]

    return tell
