"""Opens a reading file of any accepted kind and yields it in blocks of bounded size.

A block is a table of the file's own columns plus the spreadsheet row number of each row; text
files come as text, Parquet as it is typed.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from common.tables import too_wide
from grid.formats.blocks import Block, Source
from grid.formats.problems import Problems
from grid.formats.text import open_text, text_blocks

BLOCK_ROWS = 250_000
SHEET_ROWS = 50_000
MOST_UNPACKED = 400 << 20  # bytes; more is a zip bomb, not readings
FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+)([0-9]+)"[^>]*>\s*<f\b')


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
    return (_sheet if head[:4] == b"PK\x03\x04" else open_text)(path, problems, header_row)


def blocks(source: Source, problems: Problems) -> Iterator[Block]:
    """The file's rows in blocks, in their order."""
    reader = {"csv": text_blocks, "parquet": _parquet_blocks, "xlsx": _sheet_blocks}
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
        yield Block(numbers[np.array(filled)], pa.Table.from_arrays(arrays, source.own_names))


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
