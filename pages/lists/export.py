"""A list as a file: exactly the rows, order and columns that the person sees, as typed values."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.errors import Refused
from common.sheets import XLSX_TYPE, csv_blocks, write_xlsx
from pages.badges import Badge
from pages.lists.columns import Column, follow
from pages.wording import megawatts, number

LIMIT = 100_000  # rows of a file; more is a task for the API's pages
CHUNK = 500
IN_MEMORY = 4_000_000  # bytes; a larger file waits on the disk
FORMS = ("csv", "xlsx")
DIGITS = 9  # behind the point; what is beyond them is the noise of floating point
UNITS = {"kw": gettext_lazy("kW"), "mw": gettext_lazy("MW"), "kwh": gettext_lazy("kWh")}
Enrich = Callable[[list[Any]], Sequence[Any]]


def export(
    found: QuerySet[Any], columns: Sequence[Column], enrich: Enrich, request: HttpRequest, form: str
) -> tuple[IO[bytes], int]:
    """The file and how many rows it has. Raises Refused above the limit, before a row is read."""
    if found.order_by().values("pk")[: LIMIT + 1].count() > LIMIT:
        told = _("At most %(limit)s rows go into a file. Narrow the list with a filter.")
        raise Refused(told % {"limit": number(LIMIT)})
    counted = Counted(_rows(found, columns, enrich, request))
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    if form == "xlsx":
        write_xlsx(file, header_of(columns), counted)
    else:
        comma = get_language() != "en"
        rows = (_told(row, comma=comma) for row in counted)
        for block in csv_blocks(header_of(columns), rows, ";" if comma else ","):
            file.write(block)
    file.seek(0)
    return file, counted.n


class Counted:
    """Rows that count themselves as they pass."""

    def __init__(self, rows: Iterator[list[object]]) -> None:
        self.rows, self.n = rows, 0

    def __iter__(self) -> Iterator[list[object]]:
        for row in self.rows:
            self.n += 1
            yield row


def header_of(columns: Sequence[Column]) -> list[str]:
    """A head a column, with its unit; a second line of a cell is a column of its own."""
    heads = []
    for column in columns:
        heads.append(_with_unit(str(column.label), str(column.unit or UNITS.get(column.kind, ""))))
        if column.second:
            heads.append(f"{column.label} (2)")
    return heads


def _with_unit(label: str, unit: str) -> str:
    """A head that tells its unit once: "MW" and "Declared, kW" tell it already."""
    return f"{label}, {unit}" if unit and unit not in label else label


def _rows(
    found: QuerySet[Any], columns: Sequence[Column], enrich: Enrich, request: HttpRequest
) -> Iterator[list[object]]:
    rows = found.iterator(chunk_size=CHUNK)
    while page := list(islice(rows, CHUNK)):
        for row in enrich(page):
            yield [cell for column in columns for cell in _cells(column, row, request)]


def _cells(column: Column, row: Any, request: HttpRequest) -> Iterator[object]:
    yield typed(column, row, request)
    if column.second:
        yield _words(follow(row, column.second))


def typed(column: Column, row: Any, request: HttpRequest) -> object:
    """A cell's value: a number, a day, a moment on the office's clock, or text."""
    if column.template:
        return " ".join(strip_tags(column.cell(row, request)).split())
    value, kind = column.raw(row), column.kind.partition(":")[0]
    if value is None:
        return None
    if kind == "mw":
        mw = megawatts(value)
        return None if mw is None else _figure(mw)
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, float | Decimal):
        return _figure(value)
    return value if isinstance(value, int | date) and not isinstance(value, bool) else _words(value)


def _figure(value: float | Decimal) -> float:
    """The number without noise; a whole one is written without a point."""
    rounded = round(float(value), DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def _words(value: object) -> str:
    """Text of a badge, a lazy translation or a row; never markup."""
    if value is None:
        return ""
    return str(value.word if isinstance(value, Badge) else value)


def _told(row: list[object], *, comma: bool) -> list[object]:
    """Values as a spreadsheet of that language reads them from a CSV."""
    if not comma:
        return row
    return [str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]


def answer(file: IO[bytes], name: str, form: str) -> FileResponse:
    """The download."""
    kind = XLSX_TYPE if form == "xlsx" else "text/csv; charset=utf-8"
    return FileResponse(file, as_attachment=True, filename=f"{name}.{form}", content_type=kind)
