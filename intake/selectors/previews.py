"""What a check found, for the pages: problems in words, changes cell by cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from common.errors import RowProblem
from intake.catalogue import Kind
from intake.models import ImportBatch, ImportRun, PlannedRow, RefusedCell
from intake.wording import problem_words


def as_problem(cell: RefusedCell) -> RowProblem:
    """A stored problem as the words know it."""
    return RowProblem(cell.row, cell.column, cell.value, cell.code, cell.params)


def each_problem(batch: ImportBatch) -> Iterator[RowProblem]:
    """Every problem of a file, by row, without holding all of them."""
    for cell in RefusedCell.objects.filter(batch=batch).iterator(chunk_size=5000):
        yield as_problem(cell)


def problems_of(batch: ImportBatch) -> list[RowProblem]:
    """Every problem of a file, by row."""
    return list(each_problem(batch))


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the preview and how many rows it has."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a changed row, or one problem of a refused one."""

    column: str
    before: str = ""
    after: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview."""

    number: int
    label: str
    cells: list[Cell]


TABS = ("rejected", "changed", "new", "same")


def counts_of(batch: ImportBatch) -> list[Tab]:
    """The tabs of the preview; what needs a person's eye first."""
    words = {
        "rejected": gettext("Refused"),
        "changed": gettext("Changed"),
        "new": gettext("New"),
        "same": gettext("The same"),
    }
    return [Tab(key, words[key], getattr(batch, key)) for key in TABS]


def last_run(batch: ImportBatch) -> ImportRun | None:
    """The newest task of a file."""
    run: ImportRun | None = ImportRun.objects.filter(batch=batch).order_by("-pk").first()
    return run


class RowsShown(Sequence[ShownRow]):
    """The rows of one tab, read page by page."""

    def __init__(self, rows: QuerySet[Any], shown: Callable[[Any], ShownRow]) -> None:
        self._rows, self._shown = rows, shown

    def __len__(self) -> int:
        return int(self._rows.count())

    def __getitem__(self, place: Any) -> Any:
        found = self._rows[place]
        if isinstance(place, slice):
            return [self._shown(one) for one in found]
        return self._shown(found)


def rows_shown(batch: ImportBatch, kind: Kind | None, tab: str, user: Any) -> RowsShown:
    """The rows of a tab for those who may read them; one line for each refused cell."""
    if tab == "rejected":
        cells = RefusedCell.objects.visible_to(user).filter(batch=batch)
        return RowsShown(cells, lambda cell: _refused(cell, kind))
    rows = PlannedRow.objects.visible_to(user).filter(batch=batch, verdict=tab)
    return RowsShown(rows, _planned)


def _refused(cell: RefusedCell, kind: Kind | None) -> ShownRow:
    words = problem_words(as_problem(cell), kind)
    return ShownRow(cell.row, cell.value, [Cell(cell.column, words=words)])


def _planned(row: PlannedRow) -> ShownRow:
    cells = [Cell(name, before, after) for name, (before, after) in row.difference.items()]
    return ShownRow(row.row, row.label, cells)
