"""What one may take from the public register: the list as a table, an extract as a PDF."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

import typst
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common.sheets import XLSX_TYPE, csv_blocks, write_xlsx
from pages.codes import qr_svg
from pages.wording import language, moment, short_date
from registry.forms import RegisterForm
from registry.selectors.behind import Reflected, behind_entry, reflected
from registry.selectors.public import (
    PublicEntry,
    Question,
    every_entry,
    no_entry_note,
)
from registry.views.limits import few_files
from registry.views.register import address_of, asked_entry, facts_of

KEPT = 300  # seconds; the list changes when an official list is brought in
TYPESETTING = Path(settings.BASE_DIR) / "templates" / "register" / "extract.typ"


@require_safe
@cache_control(private=True, max_age=KEPT)
@few_files
def download(request: HttpRequest) -> HttpResponseBase:
    """The list that the page shows, whole, as CSV or XLSX (``format``); companies only."""
    form = RegisterForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("The question was not understood."), status=400)
    question = form.question()
    name = f"register-{question.on.isoformat()}"
    if request.GET.get("format") == "xlsx":
        return _workbook(name, question)
    # A spreadsheet in Russian or Kazakh splits at the semicolon, since its comma is a decimal.
    delimiter = "," if language() == "en" else ";"
    blocks = csv_blocks(_header(), _rows(question), delimiter)
    response = StreamingHttpResponse(blocks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _workbook(name: str, question: Question) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, _header(), _rows(question))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _header() -> list[str]:
    return [
        _("Number"), _("Kind"), _("Operator"), _("BIN"), _("Status"), _("Valid from"),
        _("Valid to"), _("Region"), _("Sites"), _("Declared, kW"), _("Status as of"),
        _("Official list of"),
    ]  # fmt: skip


def _rows(question: Question) -> Iterator[list[object]]:
    behind = reflected()
    for entry in every_entry(question):
        yield [
            entry.number, entry.kind, entry.name, entry.bin, str(entry.badge.word),
            entry.valid_from, entry.valid_to, ", ".join(entry.regions), entry.sites,
            entry.declared_kw, question.on, behind.day,
        ]  # fmt: skip


@require_safe
@cache_control(private=True, max_age=KEPT)
@few_files
def extract_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The extract as a sheet of paper."""
    form = RegisterForm(request.GET)
    form.is_valid()
    on = form.question().on
    entry = asked_entry(number, on)
    address = address_of(request, entry, on)
    words = _words(entry, behind_entry(entry.number, on), short_date(on), address)
    content = typst.compile(
        str(TYPESETTING), sys_inputs={"words": json.dumps(words)}, ignore_system_fonts=True
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in entry.number)
    response["Content-Disposition"] = f'inline; filename="extract-{name}.pdf"'
    return response


def _words(entry: PublicEntry, behind: Reflected, day: str, address: str) -> dict[str, object]:
    return {
        "language": language(),
        "register": _("Register of digital miners"),
        "title": entry.name,
        "as_of": _("Extract as of %(day)s, printed %(now)s")
        % {"day": day, "now": moment(timezone.now())},
        "standing": str(entry.badge.word),
        "facts": [[str(fact.label), str(fact.value)] for fact in facts_of(entry)],
        "source": source_words(behind),
        "protection": protection_words(entry),
        "check": _("The code leads to this entry as it stands on the day it is read:"),
        "address": address,
        "note": no_entry_note(),
        "qr": qr_svg(address),
    }


def protection_words(entry: PublicEntry) -> str:
    """Whether the mark applies, and nothing else; "" for an entry that is not in force."""
    if entry.protected:
        return _("No restriction applies.")
    if entry.in_force:
        return _(
            "The entry is in force; the mark “no restriction applies” is not carried on this day."
        )
    return ""


def source_words(behind: Reflected) -> str:
    """The official list that the entry stands on, with its date."""
    if behind.day is None:
        return _("No official list names this entry.")
    words = _("Source: the competent body's list of %(day)s") % {"day": short_date(behind.day)}
    return f"{words}, {behind.act}." if behind.act else f"{words}."
