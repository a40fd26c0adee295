"""The refused rows of a file, each with what is wrong, as a file to mend and send again."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pyarrow.compute as pc
import xlsxwriter

from common.errors import RowProblem
from common.sheets import BYTE_ORDER_MARK, XLSX_TYPE, harmless
from intake.catalogue import Kind
from intake.formats.blocks import Block
from intake.formats.columns import ERROR_COLUMN
from intake.formats.sources import opened
from intake.wording import problem_words

WIDEST = 60
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}


def write_errors(
    *,
    kind: Kind,
    name: str,
    path: Path,
    problems: Iterable[RowProblem],
    form: str,
    target: IO[bytes],
) -> None:
    """Write the refused rows as CSV (with ``;``, as spreadsheets in Russian expect) or XLSX.

    The columns are those of the file sent, with one more that tells what to mend; it may stay in
    the file when it comes back. Raises BadFile like any reading.
    """
    told: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        words = problem_words(problem, kind)
        told[problem.row].append(f"{problem.column}: {words}" if problem.column else words)
    with opened(name, path, kind.all_columns) as source:
        columns = [column for column in source.columns if column != ERROR_COLUMN.name]
        rows = _refused(source.blocks, columns, told)
        write = _as_xlsx if form == "xlsx" else _as_csv
        write([*columns, ERROR_COLUMN.name], rows, target)


def _refused(
    blocks: Iterator[Block], columns: Sequence[str], told: dict[int, list[str]]
) -> Iterator[list[str]]:
    for block in blocks:
        here = [number in told for number in block.numbers.to_pylist()]
        if not any(here):
            continue
        numbers = pc.filter(block.numbers, here).to_pylist()
        cells = [pc.filter(block.texts[column], here).to_pylist() for column in columns]
        for number, *row in zip(numbers, *cells, strict=True):
            yield [*row, " ".join(told[number])]


def _as_csv(header: Sequence[str], rows: Iterable[list[str]], target: IO[bytes]) -> None:
    target.write(BYTE_ORDER_MARK.encode())
    lines = csv.writer(_Encoded(target), delimiter=";")
    lines.writerow(header)
    lines.writerows([harmless(cell) for cell in row] for row in rows)


class _Encoded:
    """What a CSV writer needs of a file, onto bytes."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target

    def write(self, text: str) -> int:
        return self.target.write(text.encode())


def _as_xlsx(header: Sequence[str], rows: Iterable[list[str]], target: IO[bytes]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet("1")
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(header):
        sheet.write_string(0, place, title)
        sheet.set_column(place, place, min(max(len(title) + 2, 12), WIDEST))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
