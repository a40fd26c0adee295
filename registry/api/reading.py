"""Who reads a person's number by the API leaves the same trace as who opens the page."""

from collections.abc import Iterable
from typing import Any

from registry.actions import record_reading
from registry.policies import may_see_iin


class RecordsReadingMixin:
    """Records, one entry a sole entrepreneur and call, that the person's number was shown.

    ``party``: the field that leads from a row to its operator; none for operators themselves.
    """

    party = ""
    request: Any

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)  # type: ignore[misc]  # a mixin's super()
        self._tell(page or ())
        return page

    def get_object(self) -> Any:
        row = super().get_object()  # type: ignore[misc]  # a mixin's super()
        self._tell([row])
        return row

    def _tell(self, rows: Iterable[Any]) -> None:
        if not may_see_iin(self.request.user):
            return
        shown = (getattr(row, self.party) if self.party else row for row in rows)
        for operator in {one.pk: one for one in shown if one.is_person}.values():
            record_reading(operator=operator, actor=self.request.user)
