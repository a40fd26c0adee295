"""Judges a block column by column: every distinct text is read once, every bad cell is told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from common.errors import RowProblem
from common.rows import shortened
from intake.formats.blocks import Block
from intake.formats.columns import BadValue, Column, Reader

ROW = "row"


@dataclass(frozen=True, slots=True)
class Read:
    """A judged block: texts as sent, values as read (null where refused), the rows' numbers."""

    numbers: pa.Array
    texts: dict[str, pa.Array]
    values: dict[str, pa.Array]

    def told(self, where: pa.Array, column: str, code: str) -> Iterable[RowProblem]:
        """A problem of ``column`` for each row in which ``where`` is true."""
        if not pc.any(where).as_py():
            return
        texts = self.texts[column].filter(where).to_pylist()
        for number, text in zip(self.numbers.filter(where).to_pylist(), texts, strict=True):
            yield RowProblem(number, column, shortened(text), code)


Together = Callable[[Read], Iterable[RowProblem]]
"""Looks at several columns of a block together."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A column reckoned from others, once for each distinct combination of their values.

    One that only new rows need (``to_write``) is reckoned when the file is applied.
    """

    name: str
    of: tuple[str, ...]
    reckon: Callable[..., object]
    type: pa.DataType
    to_write: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """What the rows of a kind must hold, apart from other rows and from the database."""

    columns: Sequence[Column]
    together: Sequence[Together] = ()
    computed: Sequence[Computed] = ()

    def judge(self, block: Block) -> tuple[pa.RecordBatch, list[RowProblem]]:
        """The good rows with their values, and every problem of the others."""
        problems = list(block.problems)
        read = Read(block.numbers, self._texts(block), {})
        for column in self.columns:
            if not column.passed_over:
                _read_column(read, column, problems)
        for look in self.together:
            problems.extend(look(read))
        good = _without(read, {problem.row for problem in problems})
        for one in self.computed:
            if not one.to_write:
                good[one.name] = _reckoned(one, good)
        return pa.RecordBatch.from_pydict(good), problems

    def complete(self, good: pa.RecordBatch) -> pa.RecordBatch:
        """Judged rows with the columns that writing needs besides."""
        columns = dict(zip(good.schema.names, good.columns, strict=True))
        for one in self.computed:
            if one.to_write:
                columns[one.name] = _reckoned(one, columns)
        return pa.RecordBatch.from_pydict(columns)

    def _texts(self, block: Block) -> dict[str, pa.Array]:
        missing = pa.array([""] * len(block), pa.string())
        return {c.name: block.texts.get(c.name, missing) for c in self.columns if not c.passed_over}


def _read_column(read: Read, column: Column, problems: list[RowProblem]) -> None:
    texts = read.texts[column.name]
    empty = pc.equal(texts, "")
    if column.required:
        problems.extend(read.told(empty, column.name, "empty_cell"))
    long = pc.greater(pc.utf8_length(texts), column.longest)
    if pc.any(long).as_py():
        problems.extend(_too_long(read, column, long))
    problems.extend(read.told(pc.match_substring(texts, "\x00"), column.name, "control_character"))
    values, bad = _values(column.read, texts, empty)
    read.values[column.name] = values
    for place, text, error in bad:
        number = read.numbers[place].as_py()
        problems.append(
            RowProblem(number, column.name, shortened(text), error.code, dict(error.params))
        )


def _too_long(read: Read, column: Column, where: pa.Array) -> Iterable[RowProblem]:
    for problem, text in zip(
        read.told(where, column.name, "too_long"),
        read.texts[column.name].filter(where).to_pylist(),
        strict=True,
    ):
        told = {"longest": column.longest, "length": len(text)}
        yield RowProblem(problem.row, problem.column, problem.value, problem.code, told)


def _values(
    reader: Reader, texts: pa.Array, empty: pa.Array
) -> tuple[pa.Array, list[tuple[int, str, BadValue]]]:
    known = reader.many(texts) if reader.many else pa.nulls(len(texts), reader.type)
    if reader.empty is not None:
        known = pc.if_else(empty, pa.scalar(reader.empty, reader.type), known)
    else:
        known = pc.if_else(empty, pa.scalar(None, reader.type), known)
    open_ones = pc.and_(pc.is_null(known), pc.invert(empty)).to_numpy(zero_copy_only=False)
    if not open_ones.any():
        return known, []
    places = np.flatnonzero(open_ones)
    coded = texts.take(pa.array(places)).dictionary_encode()
    found, refused = _read_each(reader, coded.dictionary.to_pylist())
    which = np.full(len(texts), -1, dtype=np.int64)
    which[places] = coded.indices.to_numpy(zero_copy_only=False)
    taken = found.take(pa.array(which, mask=which < 0))
    bad = [
        (int(place), *refused[int(which[place])])
        for place in places
        if int(which[place]) in refused
    ] if refused else []  # fmt: skip
    return pc.coalesce(known, taken), bad


def _read_each(
    reader: Reader, texts: Sequence[str]
) -> tuple[pa.Array, dict[int, tuple[str, BadValue]]]:
    values: list[object] = []
    refused: dict[int, tuple[str, BadValue]] = {}
    for place, text in enumerate(texts):
        try:
            values.append(reader.one(text))
        except BadValue as error:
            values.append(None)
            refused[place] = text, error
    return pa.array(values, reader.type), refused


def _without(read: Read, refused: set[int]) -> dict[str, pa.Array]:
    good = {ROW: read.numbers, **read.values}
    if not refused:
        return good
    kept = pc.invert(pc.is_in(read.numbers, pa.array(sorted(refused), read.numbers.type)))
    return {name: column.filter(kept) for name, column in good.items()}


def _reckoned(one: Computed, good: dict[str, pa.Array]) -> pa.Array:
    known: dict[tuple[object, ...], object] = {}
    values = []
    for key in zip(*(good[name].to_pylist() for name in one.of), strict=True):
        if key not in known:
            known[key] = one.reckon(*key)
        values.append(known[key])
    return pa.array(values, one.type)
