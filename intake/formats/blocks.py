"""A block: some thousand rows of a file as columns of text, with the numbers of their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from common.errors import RowProblem
from common.rows import shortened
from common.sheets import without_guard

BLOCK = 10_000  # rows: small enough for memory and a moving bar, large enough for the columns
Records = Sequence[Sequence[str]]


@dataclass(slots=True)
class Block:
    """Rows as text; ``numbers`` count as a spreadsheet does: the header is row 1."""

    numbers: pa.Array
    texts: dict[str, pa.Array]
    problems: list[RowProblem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)


def blocks_of(records: Iterator[Records], names: Sequence[str]) -> Iterator[Block]:
    """Turn lists of records (the header excluded) into blocks; empty records are passed over.

    ``names`` are the columns' names by place, "" where the header names none.
    """
    number, width = 2, len(names)
    for chunk in records:
        problems: list[RowProblem] = []
        told = chunk
        if any(len(record) != width for record in chunk):
            told = [_fitted(number + i, record, width, problems) for i, record in enumerate(chunk)]
        columns = [pa.array(cells, pa.string()) for cells in zip(*told, strict=True)]
        block = block_of(number, columns, names, problems)
        number += len(chunk)
        if len(block):
            yield block


def block_of(
    first: int, columns: Sequence[pa.Array], names: Sequence[str], problems: list[RowProblem]
) -> Block:
    """A block of columns of text whose first row has the number ``first``."""
    columns = [_trimmed(column) for column in columns]
    filled = _filled(columns)
    numbers = pa.array(range(first, first + len(filled)), pa.int64())
    if not pc.all(filled).as_py():
        columns = [column.filter(filled) for column in columns]
        kept = numbers.filter(filled)
        there = set(kept.to_pylist())
        problems = [problem for problem in problems if problem.row in there]
        numbers = kept
    for name, column in zip(names, columns, strict=True):
        if not name:
            problems += _without_header(numbers, column)
    texts = {name: column for name, column in zip(names, columns, strict=True) if name}
    return Block(numbers, texts, problems)


def _fitted(
    number: int, record: Sequence[str], width: int, problems: list[RowProblem]
) -> Sequence[str]:
    """The record with as many cells as the header; what is missing or over is told."""
    if len(record) < width:
        told = {"cells": len(record), "expected": width}
        problems.append(RowProblem(number, "", "", "short_row", told))
        return [*record, *[""] * (width - len(record))]
    over = next((cell for cell in record[width:] if cell.strip()), "")
    if over:
        problems.append(RowProblem(number, "", shortened(over), "cell_without_header"))
    return record[:width]


def _trimmed(column: pa.Array) -> pa.Array:
    column = pc.utf8_trim_whitespace(column)
    guarded = pc.starts_with(column, "'")
    if not pc.any(guarded).as_py():
        return column
    return pa.array([without_guard(text) for text in column.to_pylist()], pa.string())


def _filled(columns: Sequence[pa.Array]) -> pa.Array:
    filled = pc.not_equal(columns[0], "")
    for column in columns[1:]:
        filled = pc.or_(filled, pc.not_equal(column, ""))
    return filled


def _without_header(numbers: pa.Array, column: pa.Array) -> Iterator[RowProblem]:
    there = pc.not_equal(column, "")
    if pc.any(there).as_py():
        pairs = zip(
            numbers.filter(there).to_pylist(), column.filter(there).to_pylist(), strict=True
        )
        for number, cell in pairs:
            yield RowProblem(number, "", shortened(cell), "cell_without_header")
