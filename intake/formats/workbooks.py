"""A workbook's first sheet as blocks, while a process of its own decodes it (``decoder``).

That process may use a bounded amount of memory: a sheet that unpacks to more ends it and not the
portal. Formulas and error cells are refused, since a formula's stored result may be stale.
"""

import subprocess
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa

from common.errors import BadFile, RowProblem
from common.tables import (
    CELL,
    CELL_NAME,
    ERROR_CELL,
    MEGABYTE,
    MOST_UNPACKED,
    RELATION,
    SHEET,
    ZIP,
    too_wide,
)
from intake.formats.blocks import Block, block_of
from intake.formats.decoder import DAMAGED

MOST_LOOKED_INTO = 4 << 20  # bytes of a part whose cells' addresses are all looked at beforehand
PIECE = 1 << 20
LONGEST_GAP = 8 << 20  # bytes of a sheet without a closing tag
Opened = tuple[list[str], Callable[[Sequence[str]], Iterator[Block]], int]


@contextmanager
def workbook_blocks(path: Path) -> Iterator[Opened]:
    """The header, a function from column names to blocks, and the number of rows expected.

    Raises BadFile, also while blocks are taken.
    """
    _guard(path)
    command = [sys.executable, "-m", "intake.formats.decoder", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:  # noqa: S603 - our own module
        try:
            refused = _bad_cells(path)  # while the child decodes
            stream = _stream(child)
            first = next(stream, None)
            header = [] if first is None else [c[0].as_py() for c in first.columns]
            expected = int(first.schema.metadata[b"rows"]) if first is not None else 0

            def blocks(names: Sequence[str]) -> Iterator[Block]:
                yield from _with_refusals(_blocks(stream, names), names, refused)

            yield header, blocks, expected
        finally:
            child.kill()


def _guard(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            raise _unreadable("not_xlsx")
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
    except zipfile.BadZipFile as error:
        raise _unreadable("damaged") from error
    # A small file can name a cell so far out that any reader would run out of memory; of a large
    # one the bounded process itself is the proof.
    is_small = max(sizes, default=0) <= MOST_LOOKED_INTO
    if sum(sizes) > MOST_UNPACKED * 4 or (is_small and too_wide(path)):
        raise _unreadable("too_large", megabytes=MOST_UNPACKED * 4 // MEGABYTE)


def _stream(child: "subprocess.Popen[bytes]") -> Iterator[pa.RecordBatch]:
    try:
        with pa.ipc.open_stream(child.stdout) as reader:
            yield from reader
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable(_why(child)) from error
    if child.wait():
        raise _unreadable(_why(child))


def _why(child: "subprocess.Popen[bytes]") -> str:
    return "damaged" if child.wait() == DAMAGED else "too_large"


def _blocks(stream: Iterator[pa.RecordBatch], names: Sequence[str]) -> Iterator[Block]:
    number = 2
    for batch in stream:
        block = block_of(number, batch.columns, names, [])
        number += len(batch)
        if len(block):
            yield block


def _with_refusals(
    blocks: Iterator[Block], names: Sequence[str], refused: list[RowProblem]
) -> Iterator[Block]:
    by_place, by_row = dict(enumerate(names)), defaultdict(list)
    for one in refused:
        by_row[one.row].append(one)
    for block in blocks:
        for row in block.numbers.to_pylist() if by_row else ():
            for one in by_row.pop(row, ()):
                column = by_place.get(int(one.column), "")
                block.problems.append(RowProblem(row, column, "", one.code, one.params))
        yield block


def _unreadable(code: str, **params: object) -> BadFile:
    params = {"megabytes": MOST_UNPACKED * 4 // MEGABYTE} if code == "too_large" else params
    return BadFile([RowProblem(0, "", "", code, params)])


def _bad_cells(path: Path) -> list[RowProblem]:
    """Cells that hold a formula or an error; ``column`` is the column's place, counted from 0."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_first_sheet(archive)) as sheet:
            return [bad for piece in _pieces(sheet) for bad in _bad_of(piece)]
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, IndexError) as error:
        raise _unreadable("damaged") from error


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    """A sheet a megabyte at a time, since it may unpack to more than memory holds.

    A piece ends before a closing tag, so never between the beginning of a cell and its formula.
    """
    rest = b""
    while read := sheet.read(PIECE):
        text = rest + read
        end = text.rfind(b"</")
        if end < 1 and len(text) > LONGEST_GAP:
            end = len(text)  # nothing that writes workbooks leaves such a gap
        if end < 1:
            rest = text
            continue
        yield text[:end]
        rest = text[end:]
    yield rest


def _bad_of(piece: bytes) -> Iterator[RowProblem]:
    if b"<f" not in piece and b":f" not in piece and b't="e"' not in piece:
        return  # most pieces: a search for two bytes instead of a look at every cell
    for attributes, formula in CELL.findall(piece):
        code = "formula" if formula else "error_cell" if ERROR_CELL.search(attributes) else ""
        name = CELL_NAME.search(attributes) if code else None
        if name:
            letters, row = name[1].decode(), int(name[2])
            cell = {"cell": f"{letters}{row}"}
            yield RowProblem(row, str(_place(letters)), "", code, cell)


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
