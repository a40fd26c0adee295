"""Opens a reading file of any accepted kind and yields it in blocks of bounded size.

A block is a table of the file's own columns plus the spreadsheet row number of each row; text
files come as text, Parquet as it is typed.
"""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineWorkbook

from common.tables import too_wide
from grid.formats.ending import is_cut
from grid.formats.problems import Problems

BLOCK_BYTES = 8 << 20
PART_BYTES = 4 << 20
BLOCK_ROWS = 250_000
SHEET_ROWS = 50_000
LONGEST_HEADER = 1 << 20
LINE_END = ord("\n")
MOST_UNPACKED = 400 << 20  # bytes; more is a zip bomb, not readings
QUOTED = re.compile(r'"[^"]*"')
FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+)([0-9]+)"[^>]*>\s*<f\b')
Kind = Literal["csv", "parquet", "xlsx"]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of the file and the row number (header is row 1) of each row."""

    rows: NDArray[np.int64]
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a text file, and the row number of the first."""

    first_row: int
    content: bytes

    @property
    def lines(self) -> int:
        """How many lines there are, blank ones too; the last may have no end."""
        return _line_ends(self.content) + (bool(self.content) and not self.content.endswith(b"\n"))


def _line_ends(content: bytes) -> int:
    """How many lines end in it; ``bytes.count`` takes six times as long where lines are short."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == LINE_END))


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file: its kind, column names as written, their row, delimiter if it is text."""

    path: Path
    kind: Kind
    columns: list[str]
    delimiter: str = ""
    header_row: int = 1


def open_source(path: Path, problems: Problems, header_row: int = 1) -> Source:
    """Recognise the file by its content, whatever its name says.

    ``header_row`` is the row of the column names in text and sheets; what stands above is passed
    over. Raises BadFile for what is empty, binary, not UTF-8 or cut off.
    """
    head = path.open("rb").read(64)
    if path.stat().st_size == 0 or not head.strip():
        raise problems.stop("", path.name, "empty_file")
    if head[:4] == b"PAR1":
        return _parquet(path, problems)
    return (_sheet if head[:4] == b"PK\x03\x04" else _text)(path, problems, header_row)


def blocks(source: Source, problems: Problems) -> Iterator[Block]:
    """The file's rows in blocks, in their order."""
    reader = {"csv": _csv_blocks, "parquet": _parquet_blocks, "xlsx": _sheet_blocks}
    yield from reader[source.kind](source, problems)


def _parquet(path: Path, problems: Problems) -> Source:
    try:
        names = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise problems.stop("", path.name, "cut_off") from error
    return Source(path, "parquet", list(names))


def _parquet_blocks(source: Source, problems: Problems) -> Iterator[Block]:
    at = 2
    try:
        with pq.ParquetFile(source.path) as file:
            for batch in file.iter_batches(batch_size=BLOCK_ROWS):
                yield Block(np.arange(at, at + len(batch)), pa.Table.from_batches([batch]))
                at += len(batch)
    except (pa.ArrowInvalid, OSError) as error:
        raise problems.stop("", source.path.name, "cut_off") from error


def _sheet(path: Path, problems: Problems, header_row: int) -> Source:
    try:
        _check_sheets(path, problems)
        first = next(islice(_sheet_rows(path), header_row - 1, None), [])
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError) as error:
        raise problems.stop("", path.name, "unreadable") from error
    columns = [_cell(value) for value in first]
    while columns and not columns[-1]:  # cells that are only coloured or framed
        columns.pop()
    if not columns:
        raise problems.stop("", path.name, "empty_file")
    return Source(path, "xlsx", columns, header_row=header_row)


def _check_sheets(path: Path, problems: Problems) -> None:
    """Refuse a sheet that unpacks to too much, and formulas: their stored result may be stale."""
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MOST_UNPACKED or too_wide(path):
            raise problems.stop("", path.name, "too_big", limit=MOST_UNPACKED >> 20)
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        if not sheets:
            raise zipfile.BadZipFile("no worksheet")
        for found in FORMULA.finditer(archive.read(min(sheets))):
            letters, row = found.group(1).decode(), int(found.group(2))
            problems.add(row, letters, f"{letters}{row}", "formula")
    if problems.count:
        raise problems.failed()


def _sheet_rows(path: Path) -> Iterator[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    yield from book.get_sheet_by_index(0).iter_rows()


def _sheet_blocks(source: Source, _problems: Problems) -> Iterator[Block]:
    rows = islice(_sheet_rows(source.path), source.header_row, None)
    at = source.header_row + 1
    width = len(source.columns)
    while chunk := list(islice(rows, SHEET_ROWS)):
        numbers = np.arange(at, at + len(chunk))
        at += len(chunk)
        filled = [any(cell != "" for cell in row) for row in chunk]
        texts = [
            [_cell(row[i]) for row, keep in zip(chunk, filled, strict=True) if keep]
            for i in range(width)
        ]
        arrays = [pa.array(column, pa.string()) for column in texts]
        yield Block(numbers[np.array(filled)], pa.Table.from_arrays(arrays, _unique(source)))


def _cell(value: object) -> str:
    """A sheet's value as text; a whole number loses the ``.0`` that spreadsheets give it.

    A sheet counts days in floating point: times are rounded to the second, a midnight comes as a
    bare date, and 24:00 as a span.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value).strip()


def _text(path: Path, problems: Problems, header_row: int) -> Source:
    _check_utf8(path, problems)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _above in range(header_row - 1):
            file.readline(LONGEST_HEADER)
        header = file.readline(LONGEST_HEADER).rstrip("\r\n")
    delimiter = max(",;\t", key=QUOTED.sub("", header).count)
    try:
        columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error as error:
        raise problems.stop("", path.name, "unreadable") from error
    if not any(columns):
        raise problems.stop("", path.name, "empty_file")
    return Source(path, "csv", columns, delimiter, header_row)


def _check_utf8(path: Path, problems: Problems) -> None:
    """Refuse what is not text, and text in another encoding, naming the first such row."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before, begun = 0, False  # bytes; in the middle of a letter
    with path.open("rb") as file:
        while chunk := file.read(BLOCK_BYTES):
            if b"\x00" in chunk:
                raise problems.stop("", path.name, "binary")
            try:
                if begun or not chunk.isascii():
                    decoder.decode(chunk)
                    begun = bool(decoder.getstate()[0])
            except UnicodeDecodeError as error:
                row = _row_at(path, before + max(error.start, 0))
                problems.add(row, "", _line(chunk, error.start), _foreign(chunk), guess=GUESS)
                raise problems.failed() from error
            before += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        problems.add(_row_at(path, before), "", path.name, "cut_off")
        raise problems.failed() from error


def _row_at(path: Path, place: int) -> int:
    """The row that a byte of a file stands in."""
    with path.open("rb") as file:
        return 1 + sum(
            _line_ends(file.read(min(BLOCK_BYTES, place - at)))
            for at in range(0, place, BLOCK_BYTES)
        )


GUESS = "Windows-1251"
# Printable ASCII, line ends, and the Cyrillic letters of Windows-1251 with Ё, ё, № and quotes.
READABLE = frozenset({*range(32, 127), 9, 10, 13, *range(192, 256), 168, 171, 184, 185, 187})
MOSTLY_TEXT = 0.9


def _foreign(chunk: bytes) -> str:
    """``encoding`` when it reads as Windows-1251, ``binary`` when it is no text at all."""
    sample = chunk[:65536]
    plain = sum(byte in READABLE for byte in sample)
    return "encoding" if plain >= MOSTLY_TEXT * len(sample) else "binary"


def _line(chunk: bytes, at: int) -> str:
    begin = chunk.rfind(b"\n", 0, at) + 1
    return chunk[begin : begin + 80].split(b"\n")[0].decode("cp1251", "replace")


def text_parts(source: Source, problems: Problems) -> Iterator[Part]:
    """The lines of a text file after its header, some megabytes at a time."""
    with source.path.open("rb") as file:
        for _heading in range(source.header_row):
            file.readline()
        at = source.header_row + 1
        while content := file.read(PART_BYTES):
            content += file.readline()
            if not content.endswith(b"\n"):
                content = whole_lines(content, at, source, problems)
            part = Part(at, content)
            at += part.lines
            yield part


def whole_lines(content: bytes, first_row: int, source: Source, problems: Problems) -> bytes:
    """The lines without a last one that has no end and looks cut; that is told."""
    lines = content.splitlines(keepends=True)
    if not is_cut(lines, source.delimiter):
        return content
    last = lines.pop()
    row, value = first_row + len(lines), last.decode().rsplit(source.delimiter, 1)[-1]
    problems.add(row, source.columns[-1], value, "cut_off")
    return b"".join(lines)


def text_block(source: Source, part: Part, problems: Problems) -> Block:
    """The cells of some lines as text; a line with too few or too many is a problem."""
    skipped: list[int] = []

    def note(row: pacsv.InvalidRow) -> str:
        number = part.first_row + row.number - 1
        skipped.append(number)
        if row.text and row.text.strip(source.delimiter + " \t\r"):
            problems.add(number, "", row.text, "cells", expected=row.expected_columns)
        return "skip"

    table = pacsv.read_csv(
        pa.BufferReader(part.content),
        read_options=pacsv.ReadOptions(
            use_threads=False, block_size=len(part.content) + 1, column_names=_unique(source)
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=source.delimiter, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(_unique(source), pa.string()), strings_can_be_null=False
        ),
    )
    rows = np.arange(part.first_row, part.first_row + len(table) + len(skipped))
    return Block(np.setdiff1d(rows, skipped, assume_unique=True), table)


def _csv_blocks(source: Source, problems: Problems) -> Iterator[Block]:
    for part in text_parts(source, problems):
        if part.content:
            yield text_block(source, part, problems)


def _unique(source: Source) -> list[str]:
    """Column names for Arrow; a name that stands twice is refused by the layout beforehand."""
    return [name or f"#{i}" for i, name in enumerate(source.columns)]


def estimated_rows(source: Source) -> int:
    """About how many rows there are: exact for Parquet, by the first megabyte for text."""
    if source.kind == "parquet":
        return int(pq.read_metadata(source.path).num_rows)
    if source.kind == "xlsx":
        return 0
    size = source.path.stat().st_size
    with source.path.open("rb") as file:
        sample = file.read(1 << 20)
    return int(sample.count(b"\n") * size / max(len(sample), 1))
