"""Formulas and errors of a workbook are found piece by piece, wherever the pieces end."""

import io

import pytest
import xlsxwriter

from intake.formats import workbooks
from intake.formats.sources import opened
from intake.tests.bodies import BODIES, HEADER, body

ROWS = 40


@pytest.fixture
def book(tmp_path):
    """A workbook with a formula in the last cell of every tenth row."""
    path, made = tmp_path / "list.xlsx", io.BytesIO()
    with xlsxwriter.Workbook(made) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, ROWS + 1):
            sheet.write_row(n, 0, [body(n)[name] for name in HEADER])
            if n % 10 == 0:
                sheet.write_formula(n, 4, '="a"&"b"', value="ab")
    path.write_bytes(made.getvalue())
    return path


def refused(path):
    with opened(path.name, path, BODIES.all_columns) as source:
        return [(p.row, p.column, p.code) for b in source.blocks for p in b.problems]


@pytest.mark.parametrize("piece", [7, 64, 1000, 1 << 20])
def test_every_formula_is_refused_wherever_a_piece_ends(book, monkeypatch, piece):
    monkeypatch.setattr(workbooks, "PIECE", piece)
    expected = [(n + 1, "name_en", "formula") for n in range(10, ROWS + 1, 10)]
    assert refused(book) == expected


def test_a_sheet_that_is_one_long_gap_is_not_gathered_in_memory():
    gap = io.BytesIO(b"<sheetData>" + b" " * (30 << 20))
    assert max(map(len, workbooks._pieces(gap))) <= workbooks.LONGEST_GAP + workbooks.PIECE
