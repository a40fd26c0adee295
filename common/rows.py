"""Columns, rows and row problems: what every import of a table is made of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from common.errors import RowProblem
from common.sheets import without_guard

SHOWN = 80  # characters of a refused value that are repeated in the message
LONGEST = 500
BETWEEN_WORDS = re.compile(r"[\s_.,:-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may have; ``headers`` are its names in other languages."""

    name: str
    headers: tuple[str, ...] = ()
    required: bool = False
    longest: int = LONGEST

    def spellings(self) -> Iterator[str]:
        yield from (same_header(h) for h in (self.name, *self.headers))


@dataclass(frozen=True, slots=True)
class Row:
    """One record as text; ``number`` counts as a spreadsheet does: the header is row 1."""

    number: int
    values: Mapping[str, str]


class Problems:
    """Collects every problem of a file, so that a person mends all of them at once."""

    def __init__(self) -> None:
        self.found: list[RowProblem] = []
        self._rows: set[int] = set()

    def add(self, row: int, column: str, value: str, code: str, **params: object) -> None:
        self.found.append(RowProblem(row, column, shortened(value), code, params))
        self._rows.add(row)

    def extend(self, problems: Iterable[RowProblem]) -> None:
        for problem in problems:
            self.found.append(problem)
            self._rows.add(problem.row)

    def in_row(self, row: int) -> bool:
        return row in self._rows

    def rows(self) -> set[int]:
        """Numbers of the rows that are refused."""
        return set(self._rows)

    def sorted(self) -> list[RowProblem]:
        return sorted(self.found, key=lambda p: (p.row, p.column))


@dataclass(slots=True)
class Table:
    """A file as read: the names of its columns in their order, its rows, what is wrong with it.

    ``notices`` are codes of things worth a look that refuse nothing.
    """

    columns: list[str]
    rows: list[Row]
    problems: Problems
    notices: list[str] = field(default_factory=list)


def same_header(text: str) -> str:
    """Spelling of a header by which two spellings of one name agree."""
    return BETWEEN_WORDS.sub(" ", text.replace("\ufeff", "").casefold()).strip()


def shortened(value: str) -> str:
    """The beginning of a value, as much as a message can repeat."""
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"


class Named(Protocol):
    """What the header needs to know of a column."""

    @property
    def name(self) -> str: ...

    @property
    def required(self) -> bool: ...

    def spellings(self) -> Iterator[str]: ...


def match_headers(cells: Sequence[str], columns: Sequence[Named], problems: Problems) -> list[str]:
    """Return the column name of each header cell, "" where there is none.

    Unknown, repeated and missing columns become problems of row 1.
    """
    known = {spelling: column.name for column in columns for spelling in column.spellings()}
    names = [known.get(same_header(cell), "") for cell in cells]
    for cell, name in zip(cells, names, strict=True):
        if not name and cell.strip():
            problems.add(1, cell.strip(), "", "unknown_column")
    for name in sorted({n for n in names if n and names.count(n) > 1}):
        problems.add(1, name, "", "repeated_column")
    for column in columns:
        if column.required and column.name not in names:
            problems.add(1, column.name, "", "missing_column")
    return names


def make_rows(
    records: Iterable[Sequence[str]], names: list[str], columns: Sequence[Column], found: Problems
) -> list[Row]:
    """Turn records (the header excluded) into rows; empty records are passed over."""
    longest = {column.name: column.longest for column in columns}
    rows = []
    for number, record in enumerate(records, start=2):
        cells = [without_guard(cell.strip()) for cell in record]
        if not any(cells):
            continue
        rows.append(_row(number, cells, names, longest, found))
    return rows


def _row(
    number: int, cells: list[str], names: list[str], longest: Mapping[str, int], found: Problems
) -> Row:
    if len(cells) < len(names):
        found.add(number, "", "", "short_row", cells=len(cells), expected=len(names))
    for place, cell in enumerate(cells):
        if cell and (place >= len(names) or not names[place]):
            found.add(number, "", cell, "cell_without_header")
            break
    values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    for name, cell in values.items():
        if len(cell) > longest[name]:
            found.add(number, name, cell, "too_long", longest=longest[name], length=len(cell))
        elif "\x00" in cell:
            found.add(number, name, "", "control_character")
    return Row(number, values)
