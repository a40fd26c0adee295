"""Files that people really send: what is read, and what is refused with its reason."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from common.errors import BadFile
from common.rows import Column
from common.sheets import as_csv, as_xlsx
from common.tables import read_table, too_wide

COLUMNS = (
    Column("number", ("номер", "нөмірі"), required=True),
    Column("name", ("название",), longest=20),
    Column("kw", ("мощность, кВт",)),
)


def read(text, name="a.csv", encoding="utf-8"):
    return read_table(name, text.encode(encoding), COLUMNS)


def workbook(rows, formulas=()):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for cell, formula, shown in formulas:
            sheet.write_formula(cell, formula, None, shown)
    return content.getvalue()


def refusal(content, name="a.csv"):
    with pytest.raises(BadFile) as refused:
        read_table(name, content, COLUMNS)
    return refused.value.problems


@pytest.mark.parametrize(
    "text",
    [
        "number,name,kw\n1,A,5\n",
        "\ufeffНомер;Название;Мощность, кВт\r\n1;A;5\r\n",
        '"kw"\t'.replace("\t", ",") + "нөмірі,NAME\n5,1,A\n",
    ],
)
def test_header_language_order_delimiter_and_byte_order_mark_do_not_matter(text):
    assert dict(read(text).rows[0].values) == {"number": "1", "name": "A", "kw": "5"}


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    assert [row.number for row in read("number\n1\n\n3\n").rows] == [2, 4]


def test_every_unknown_repeated_and_missing_column_is_named():
    problems = refusal(b"name,Name,colour,weight\n1,2,3,4\n")
    assert [(p.column, p.code) for p in problems] == [
        ("colour", "unknown_column"),
        ("name", "repeated_column"),
        ("number", "missing_column"),
        ("weight", "unknown_column"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b"number,name\n", "no_rows"),
        (b"PK\x03\x04\x00\x00", "not_csv"),
        (b"\x89PNG\r\n\x1a\n\x00", "not_csv"),
        (b"number\n\x00\x01\x02\n", "not_csv"),
        ("number\n1\n".encode("utf-16"), "encoding"),
        ("number,name\n1,Караганда\n".encode("cp1251"), "encoding"),
        ('number,name\n1,"Караг'.encode(), "cut_off"),
        ("number,name\n1,Караганда".encode()[:-1], "cut_off"),
        (b'number,name\n1,"A" B\n', "bad_quotes"),
    ],
)
def test_a_file_that_is_no_table_says_why(content, code):
    assert [p.code for p in refusal(content)] == [code]


def test_windows_1251_is_recognised_and_its_row_is_named():
    problem = refusal("number,name\n1,A\n2,Караганда\n".encode("cp1251"))[0]
    assert (problem.row, problem.params["guess"]) == (3, "Windows-1251")


def test_a_row_cut_short_is_refused_and_the_others_are_kept():
    table = read("number,name,kw\n1,A,5\n2,B")
    assert [(p.row, p.code) for p in table.problems.found] == [(3, "short_row")]
    assert table.notices == ["no_last_line_break"]


def test_a_cell_beyond_the_header_is_refused():
    assert read("number,name\n1,A,extra\n").problems.found[0].code == "cell_without_header"


def test_a_name_of_five_thousand_letters_is_refused_and_shown_in_short():
    problem = read(f"number,name\n1,{'Ы' * 5000}\n").problems.found[0]
    assert (problem.code, problem.params["length"], len(problem.value)) == ("too_long", 5000, 81)


def test_a_workbook_gives_what_a_person_sees():
    content = workbook([["number", "name", "kw"], [20240000555, "A", 12.5]])
    row = read_table("a.xlsx", content, COLUMNS).rows[0]
    assert dict(row.values) == {"number": "20240000555", "name": "A", "kw": "12.5"}


def test_a_date_in_a_workbook_becomes_iso_text():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "name"])
        sheet.write_number(1, 0, 1)
        sheet.write_datetime(1, 1, date(2025, 3, 15), book.add_format({"num_format": "dd.mm.yy"}))
    row = read_table("a.xlsx", content.getvalue(), COLUMNS).rows[0]
    assert row.values["name"] == "2025-03-15"


def test_formulas_and_error_cells_of_a_workbook_are_refused_by_their_address():
    content = workbook(
        [["number", "name", "kw"], [1, "A", 1], [2, "B", 2], [3, "C", 3]],
        [("C2", "=1+1", 2), ("B4", "=1/0", "#DIV/0!")],
    )
    table = read_table("a.xlsx", content, COLUMNS)
    found = {(p.row, p.column, p.code, p.params["cell"]) for p in table.problems.found}
    assert found == {(2, "kw", "formula", "C2"), (4, "name", "formula", "B4")}


def test_a_cell_at_the_far_corner_is_refused_before_it_fills_the_memory():
    content = workbook([["number"], [1]], [("XFD1048576", "=1", "1")])
    assert len(content) < 10_000
    assert refusal(content, "a.xlsx")[0].code == "too_large"
    assert not too_wide(io.BytesIO(workbook([["number"], [1]])))


def test_a_damaged_or_false_workbook_says_so():
    good = workbook([["number"], [1]])
    assert refusal(good[: len(good) // 2], "a.xlsx")[0].code == "damaged"
    assert refusal(b"<html></html>", "a.xlsx")[0].code == "not_xlsx"
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(plain_zip.getvalue(), "a.xlsx")[0].code == "damaged"


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_written_table_comes_back_as_it_was(write):
    name = "a.csv" if write is as_csv else "a.xlsx"
    content = write(["number", "name"], [["020240000555", "=2+3"], ["-1", '"A" LLP']])
    rows = read_table(name, content, COLUMNS).rows
    assert [tuple(r.values.values()) for r in rows] == [
        ("020240000555", "=2+3"),
        ("-1", '"A" LLP'),
    ]


def test_a_formula_is_harmless_in_a_written_csv():
    assert b"'=2+3" in as_csv(["name"], [["=2+3"]])
