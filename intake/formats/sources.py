"""Opens a file of any accepted form as blocks of text, a few thousand rows at a time.

CSV: UTF-8 with or without byte order mark, ``,`` or ``;``. XLSX: the first sheet, decoded by a
process of its own (``workbooks``), so that decoding overlaps judging and writing.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePath

from common.errors import BadFile, RowProblem
from common.rows import Problems, match_headers
from common.tables import CYRILLIC_IN_1251, SIGNATURES, UTF_16
from intake.formats.blocks import BLOCK, Block, blocks_of
from intake.formats.columns import Column
from intake.formats.workbooks import workbook_blocks

MOST_ROWS = 1_500_000
CHUNK = 1 << 20
BLANK = b"\xef\xbb\xbf \t\r\n"
WORKBOOKS = {".xlsx", ".xlsm"}


@dataclass(slots=True)
class Source:
    """An opened file: its columns in their order, its blocks, how many rows it seems to have.

    ``notices`` are codes of things worth a look that refuse nothing; complete at the end.
    """

    columns: list[str]
    blocks: Iterator[Block]
    rows_expected: int
    notices: list[str] = field(default_factory=list)


@contextmanager
def opened(name: str, path: Path, columns: Sequence[Column]) -> Iterator[Source]:
    """Open the file at ``path`` that came under ``name``.

    Raises ``BadFile``, also while blocks are taken, when there is nothing to go through row by
    row: empty, not a table, wrong encoding, damaged, or a header that does not fit.
    """
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if not head.strip(BLANK) and path.stat().st_size <= CHUNK:
        raise unreadable("empty_file")
    if PurePath(name).suffix.lower() in WORKBOOKS:
        with workbook_blocks(path) as (header, blocks, expected):
            names = matched(header, columns)
            yield Source([n for n in names if n], _some(blocks(names)), expected)
    else:
        with _csv(path, columns) as source:
            yield source


def matched(header: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The column's name of each cell of the header, "" where there is none. Raises BadFile."""
    problems = Problems()
    names = match_headers(header, columns, problems)
    if problems.found:
        raise BadFile(problems.sorted())
    return names


def unreadable(code: str, **params: object) -> BadFile:
    """A file about which there is one thing to say."""
    return BadFile([RowProblem(0, "", "", code, params)])


def _some(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks as they are; a file without any has no rows, one with too many is refused."""
    rows = 0
    for block in blocks:
        rows += len(block)
        if rows > MOST_ROWS:
            raise unreadable("too_many_rows", most=MOST_ROWS)
        yield block
    if not rows:
        raise unreadable("no_rows")


# CSV


@dataclass(slots=True)
class _Looked:
    """What one pass over the bytes shows."""

    lines: int
    ends_with_break: bool


@contextmanager
def _csv(path: Path, columns: Sequence[Column]) -> Iterator[Source]:
    looked = _look(path)
    with path.open(encoding="utf-8-sig", newline="") as text:
        first_line = next((line for line in text if line.strip()), "")
        text.seek(0)
        delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
        records = csv.reader(text, delimiter=delimiter, strict=True)
        names = matched(next(_told(records), []), columns)
        source = Source([name for name in names if name], iter(()), max(looked.lines - 1, 0))
        if not looked.ends_with_break and looked.lines > 1:
            source.notices.append("no_last_line_break")
        source.blocks = _some(blocks_of(_chunks(records), names))
        yield source


def _look(path: Path) -> _Looked:
    """One quick pass: is it text in UTF-8, and how many lines. Raises BadFile."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not last:
                _refuse_signatures(chunk)
            if b"\x00" in chunk:
                raise unreadable("not_csv", kind="binary")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _bad_encoding(lines, error) from error
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise BadFile([RowProblem(lines + 1, "", "", "cut_off", {})]) from error
    ends = last in (b"\n", b"\r")
    return _Looked(lines if ends else lines + 1, ends)


def _refuse_signatures(head: bytes) -> None:
    for signature, kind in SIGNATURES.items():
        if head.startswith(signature):
            raise unreadable("not_csv", kind=kind)
    if head.startswith(UTF_16):
        raise unreadable("encoding", guess="UTF-16")


def _bad_encoding(lines: int, error: UnicodeDecodeError) -> BadFile:
    row = lines + error.object[: error.start].count(b"\n") + 1
    guess = "Windows-1251" if CYRILLIC_IN_1251.search(error.object) else ""
    return BadFile([RowProblem(row, "", "", "encoding", {"guess": guess})])


def _chunks(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    told = _told(records, after=1)
    while chunk := list(islice(told, BLOCK)):
        yield chunk


def _told(records: Iterator[list[str]], after: int = 0) -> Iterator[list[str]]:
    """The records as they are; what cannot be read on is told with its row."""
    number = after
    try:
        for record in records:
            number += 1
            yield record
    except csv.Error as error:
        code = "cut_off" if "unexpected end" in str(error) else "bad_quotes"
        raise BadFile([RowProblem(number + 1, "", "", code, {})]) from error
