"""Reads a table from CSV or XLSX as text, and says plainly why a file cannot be read.

CSV: UTF-8 with or without byte order mark, ``,`` or ``;``. XLSX: the first visible sheet;
formulas are refused, since their stored result may be stale.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path, PurePath
from typing import IO

import python_calamine

from common.errors import BadFile, RowProblem
from common.rows import Column, Problems, Row, Table, make_rows, match_headers

MOST_ROWS = 200_000
MOST_UNPACKED = 400 * 1024 * 1024  # bytes; more is a zip bomb, not a registry
MOST_CELLS = 20_000_000  # from the first to the last, empty ones too: the reader makes them all
MEGABYTE = 1024 * 1024
ZIP = b"PK\x03\x04"
# What people rename to .csv, by its first bytes.
SIGNATURES = {
    ZIP: "XLSX/ZIP",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\xd0\xcf\x11\xe0": "XLS/DOC",
    b"\x1f\x8b": "GZIP",
    b"PAR1": "Parquet",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CYRILLIC_IN_1251 = re.compile(rb"[\xc0-\xff]{3,}")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*(<(?:\w+:)?f\b)?")
CELL_NAME = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
ERROR_CELL = re.compile(rb'\bt="e"')
# Cells and rows that hold something, however their address is quoted.
PLACE = re.compile(
    rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*["']([A-Za-z]*)([0-9]+)["'][^>]*(?<!/)>"""
)
SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*\br:id="([^"]+)"')
RELATION = re.compile(rb"<Relationship\b[^>]*>")


def read_table(name: str, content: bytes, columns: Sequence[Column]) -> Table:
    """Read ``content`` of a file called ``name`` into rows of text.

    Raises ``BadFile`` when there is nothing to go through row by row: empty, not a table,
    wrong encoding, damaged, or a header that does not fit.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _unreadable("empty_file")
    if PurePath(name).suffix.lower() in {".xlsx", ".xlsm"}:
        return _finish(_xlsx_records(content), columns, _bad_cells(content))
    return _csv_table(content, columns)


def _csv_table(content: bytes, columns: Sequence[Column]) -> Table:
    text = _decoded(content)
    table = _finish(_csv_records(text), columns, [])
    if not text.endswith(("\n", "\r")) and len(table.rows) > 1:
        table.notices.append("no_last_line_break")
    return table


def _finish(
    records: Iterator[list[str]], columns: Sequence[Column], refused: list[RowProblem]
) -> Table:
    problems = Problems()
    header = next(records, [])
    names = match_headers(header, columns, problems)
    if problems.found:
        raise BadFile(problems.sorted())
    rows: list[Row] = make_rows(records, names, columns, problems)
    if not rows:
        raise _unreadable("no_rows")
    by_place = dict(enumerate(names))
    filled = {row.number for row in rows}
    for problem in refused:
        if problem.row in filled:
            column = by_place.get(int(problem.column), "")
            problems.add(problem.row, column, problem.value, problem.code, **problem.params)
    return Table([name for name in names if name], rows, problems)


def _unreadable(code: str, **params: object) -> BadFile:
    return BadFile([RowProblem(0, "", "", code, params)])


# CSV


def _decoded(content: bytes) -> str:
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise _unreadable("not_csv", kind=kind)
    if content.startswith(UTF_16):
        raise _unreadable("encoding", guess="UTF-16")
    if b"\x00" in content:
        raise _unreadable("not_csv", kind="binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad_encoding(content, error) from error


def _bad_encoding(content: bytes, error: UnicodeDecodeError) -> BadFile:
    row = content[: error.start].count(b"\n") + 1
    if error.reason == "unexpected end of data":
        return BadFile([RowProblem(row, "", "", "cut_off", {})])
    guess = "Windows-1251" if CYRILLIC_IN_1251.search(content) else ""
    return BadFile([RowProblem(row, "", "", "encoding", {"guess": guess})])


def _csv_records(text: str) -> Iterator[list[str]]:
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise _unreadable("too_many_rows", most=MOST_ROWS)
            yield record
    except csv.Error as error:
        code = "cut_off" if "unexpected end" in str(error) else "bad_quotes"
        raise BadFile([RowProblem(number + 1, "", "", code, {})]) from error


# XLSX


def _xlsx_records(content: bytes) -> Iterator[list[str]]:
    if not content.startswith(ZIP):
        raise _unreadable("not_xlsx")
    _guard_size(content)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        records = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise _unreadable("damaged") from error
    if len(records) > MOST_ROWS:
        raise _unreadable("too_many_rows", most=MOST_ROWS)
    return ([_as_text(cell) for cell in record] for record in records)


def _guard_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable("damaged") from error
    if unpacked > MOST_UNPACKED or too_wide(io.BytesIO(content)):
        raise _unreadable("too_large", megabytes=MOST_UNPACKED // MEGABYTE)


def too_wide(workbook: IO[bytes] | Path) -> bool:
    """Whether a part of an XLSX names a cell so far out that a reader would run out of memory.

    Two cells at opposite ends of a sheet take five kilobytes in the file and 500 GB when read.
    Every part is looked at: which one is the sheet, the file itself says. Unpacked sizes must
    have been checked before.
    """
    with zipfile.ZipFile(workbook) as archive:
        return any(_extent(archive.read(name)) > MOST_CELLS for name in archive.namelist())


def _extent(part: bytes) -> int:
    rows = columns = 1
    for letters, row in PLACE.findall(part):
        rows = max(rows, int(row))
        columns = max(columns, _place(letters.decode().upper()) + 1)
    return rows * columns


def _as_text(cell: object) -> str:
    """A cell as a person would type it: 12.0 is "12", midnight of a day is the day."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _bad_cells(content: bytes) -> list[RowProblem]:
    """Cells that hold a formula or an error; the reader above shows only their last result.

    ``column`` of the problems is the column's place, counted from 0.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read(_first_sheet(archive))
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise _unreadable("not_xlsx" if not content.startswith(ZIP) else "damaged") from error
    found = []
    for attributes, formula in CELL.findall(sheet):
        code = "formula" if formula else "error_cell" if ERROR_CELL.search(attributes) else ""
        name = CELL_NAME.search(attributes) if code else None
        if name:
            letters, row = name[1].decode(), int(name[2])
            cell = {"cell": f"{letters}{row}"}
            found.append(RowProblem(row, str(_place(letters)), "", code, cell))
    return found


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Path inside the archive of the sheet that the workbook lists first."""
    first = SHEET.search(archive.read("xl/workbook.xml"))
    relations = archive.read("xl/_rels/workbook.xml.rels")
    for relation in RELATION.findall(relations):
        if first and b'Id="%s"' % first[1] in relation:
            target = relation.split(b'Target="', 1)[1].split(b'"', 1)[0].decode()
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return "xl/worksheets/sheet1.xml"


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
