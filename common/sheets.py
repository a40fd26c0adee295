"""Writes a table as CSV or XLSX, harmless to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO

import xlsxwriter

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Windows-1251
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
NUMBER = re.compile(r"-\d+(?:[.,]\d+)?")  # a negative number runs nothing
BLOCK = 65_536  # characters written at a time


def csv_blocks(
    header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ","
) -> Iterator[bytes]:
    """The table as CSV in blocks; a cell that a spreadsheet would run gets a quote in front."""
    block = io.StringIO(newline="")
    block.write(BYTE_ORDER_MARK)
    writer = csv.writer(block, delimiter=delimiter)
    for row in chain([header], rows):
        writer.writerow([harmless(cell) for cell in row])
        if block.tell() > BLOCK:
            yield block.getvalue().encode()
            block.seek(0)
            block.truncate()
    yield block.getvalue().encode()


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> bytes:
    """The table as CSV; a cell that a spreadsheet would run as a formula gets a quote in front."""
    return b"".join(csv_blocks(header, rows, delimiter))


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[object]], name: str = "1") -> bytes:
    """The table as a workbook of one sheet; every cell is text, so codes keep their zeros."""
    content = io.BytesIO()
    write_xlsx(content, header, rows, name)
    return content.getvalue()


def write_xlsx(
    target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[object]], name: str = "1"
) -> None:
    """The same into a file, one row in memory at a time; numbers and days keep their type."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    shown = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(header):
        sheet.write_string(0, place, title, bold)
        sheet.set_column(place, place, min(max(len(title) + 2, 12), WIDEST))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):  # a moment is a day too
                sheet.write_datetime(number, place, cell, shown[type(cell)])
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, _text(cell))
    book.close()


def harmless(cell: object) -> str:
    """Text of a cell that no spreadsheet runs as a formula."""
    text = _text(cell)
    is_number = isinstance(cell, int | float) or NUMBER.fullmatch(text) is not None
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not is_number else text


def without_guard(text: str) -> str:
    """Undo ``harmless`` when such a file comes back."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
