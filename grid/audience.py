"""Who hears of a batch: the one who sent it; of an exemption that ends: who approved it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from grid.models import Exemption, ReadingBatch
from journal.telling import Tell
from pages.wording import short_date


def uploader(outcome: str) -> Callable[[ReadingBatch, Any, Mapping[str, Any]], Iterable[Tell]]:
    """News for the sender that the batch is ``stored``, ``refused`` or ``failed``."""

    def tells(batch: ReadingBatch, _actor: Any, _facts: Mapping[str, Any]) -> Iterable[Tell]:
        if batch.uploaded_by is None:
            return []
        params = {
            "file": batch.file_name, "rows": batch.rows_stored, "problems": batch.problems
        }  # fmt: skip
        return [Tell(batch.uploaded_by, f"grid.batch.{outcome}", batch.get_absolute_url(), params)]

    return tells


def approver(exemption: Exemption) -> list[Tell]:
    """News for the approver of an exemption that its term ends soon."""
    if exemption.approved_by is None:
        return []
    params = {"subject": exemption.subject, "day": short_date(exemption.valid_to)}
    url = exemption.get_absolute_url()
    return [Tell(exemption.approved_by, "grid.exemption.ending", url, params)]
