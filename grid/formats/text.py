"""Text files of readings: their headings, and their lines some megabytes at a time."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from grid.formats.blocks import Block, Source
from grid.formats.ending import is_cut
from grid.formats.problems import Problems

CHECKED_BYTES = 8 << 20
FIRST_BYTES, STRETCH_BYTES = 1 << 20, 4 << 20
LONGEST_HEADER = 1 << 20
LINE_END = ord("\n")
QUOTED = re.compile(r'"[^"]*"')
GUESS = "Windows-1251"
# Printable ASCII, line ends, and the Cyrillic letters of Windows-1251 with Ё, ё, № and quotes.
READABLE = frozenset({*range(32, 127), 9, 10, 13, *range(192, 256), 168, 171, 184, 185, 187})
MOSTLY_TEXT = 0.9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where some whole lines stand in a text file, in bytes."""

    begin: int
    size: int


def open_text(path: Path, problems: Problems, header_row: int) -> Source:
    """The headings of a text file; what stands below them is not looked at.

    Raises BadFile where its beginning is binary or not UTF-8, or has no headings.
    """
    check_utf8(path, problems, LONGEST_HEADER)
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
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


def check_utf8(path: Path, problems: Problems, most: int | None = None) -> None:
    """Refuse what is not text, and text in another encoding, naming the first such row.

    ``most``: how many bytes are looked at; all, unless given.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    before, begun = 0, False  # bytes; in the middle of a letter
    size = path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(
            min(CHECKED_BYTES, CHECKED_BYTES if most is None else most - before)
        ):
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
    if before < size:
        return
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        problems.add(_row_at(path, before), "", path.name, "cut_off")
        raise problems.failed() from error


def _is_text(content: bytes) -> bool:
    try:
        return b"\x00" not in content and (content.isascii() or bool(content.decode()))
    except UnicodeDecodeError:
        return False


def _row_at(path: Path, place: int) -> int:
    """The row that a byte of a file stands in."""
    with path.open("rb") as file:
        return 1 + sum(
            line_ends(file.read(min(CHECKED_BYTES, place - at)))
            for at in range(0, place, CHECKED_BYTES)
        )


def line_ends(content: bytes) -> int:
    """How many lines end in it; ``bytes.count`` takes six times as long where lines are short."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == LINE_END))


def _foreign(chunk: bytes) -> str:
    """``encoding`` when it reads as Windows-1251, ``binary`` when it is no text at all."""
    sample = chunk[:65536]
    plain = sum(byte in READABLE for byte in sample)
    return "encoding" if plain >= MOSTLY_TEXT * len(sample) else "binary"


def _line(chunk: bytes, at: int) -> str:
    begin = chunk.rfind(b"\n", 0, at) + 1
    return chunk[begin : begin + 80].split(b"\n")[0].decode("cp1251", "replace")


def stretches(source: Source) -> Iterator[Stretch]:
    """The lines of a text file after its headings, some megabytes at a time.

    The first stretch is short: it is read carefully to learn the file's interval.
    """
    size, wanted = source.path.stat().st_size, FIRST_BYTES
    with source.path.open("rb") as file:
        for _heading in range(source.header_row):
            file.readline()
        begin = file.tell()
        while begin < size:
            file.seek(begin + wanted)
            file.readline()
            end = min(file.tell(), size)
            yield Stretch(begin, end - begin)
            begin, wanted = end, STRETCH_BYTES


def lines_of(source: Source, stretch: Stretch) -> bytes:
    """The bytes of some lines."""
    with source.path.open("rb") as file:
        file.seek(stretch.begin)
        return file.read(stretch.size)


def text_blocks(source: Source, problems: Problems) -> Iterator[Block]:
    """The lines of a text file as blocks. Raises BadFile for what is not text in UTF-8."""
    first_row = source.header_row + 1
    for stretch in stretches(source):
        content = lines_of(source, stretch)
        yield from text_block(source, first_row, content, problems)
        first_row += line_ends(content)


def is_whole(content: bytes, delimiter: str) -> bool:
    """Whether the last of some lines is not cut, as far as can be seen."""
    return content.endswith(b"\n") or not is_cut(content.splitlines(keepends=True), delimiter)


def _without_cut(source: Source, first_row: int, content: bytes, problems: Problems) -> bytes:
    """The lines without a last one that is cut, which is told."""
    lines = content.splitlines(keepends=True)
    last = lines.pop()
    row, value = first_row + len(lines), last.decode().rsplit(source.delimiter, 1)[-1]
    problems.add(row, source.columns[-1], value, "cut_off")
    return b"".join(lines)


def text_block(
    source: Source, first_row: int, content: bytes, problems: Problems
) -> Iterator[Block]:
    """The cells of some lines as text; a line with too few or too many is a problem.

    No block of a single line that was cut off. Raises BadFile for what is not text in UTF-8.
    """
    if not _is_text(content):
        check_utf8(source.path, problems)
    if not is_whole(content, source.delimiter):
        content = _without_cut(source, first_row, content, problems)
    if not content:
        return
    skipped: list[int] = []

    def note(row: pacsv.InvalidRow) -> str:
        number = first_row + row.number - 1
        skipped.append(number)
        if row.text and row.text.strip(source.delimiter + " \t\r"):
            problems.add(number, "", row.text, "cells", expected=row.expected_columns)
        return "skip"

    table = pacsv.read_csv(
        pa.BufferReader(content),
        read_options=pacsv.ReadOptions(
            use_threads=False, block_size=len(content) + 1, column_names=source.own_names
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=source.delimiter, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(source.own_names, pa.string()), strings_can_be_null=False
        ),
    )
    rows = np.arange(first_row, first_row + len(table) + len(skipped))
    yield Block(np.setdiff1d(rows, skipped, assume_unique=True), table)
