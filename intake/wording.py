"""The words of the imports: states, problems of files, why a task stopped, news."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from intake.choices import ImportState
from pages.badges import Badge

if TYPE_CHECKING:
    from intake.catalogue import Kind

VERBS = {
    "intake.import.receive": _("sent a file to be checked"),
    "intake.import.errors": _("downloaded the refused rows of a file"),
    # Events of earlier versions; the journal keeps their verbs.
    "registry.import.check": _("checked a file for the registry"),
    "registry.import.apply": _("applied a file to the registry"),
    "registry.import.discard": _("discarded an uploaded file"),
}

NEWS = {
    "intake.import.checked": _("The file is checked: %(file)s; refused rows: %(refused)s."),
    "intake.import.refused": _("The file could not be read: %(file)s."),
    "intake.import.applied": _("The file is applied: %(file)s."),
    "intake.import.returned": _("Nothing of the file was applied: %(file)s."),
    "intake.import.undone": _("The import is undone: %(file)s."),
    "intake.import.kept": _("The import was not undone: %(file)s."),
    "intake.import.failed": _("The file could not be checked: %(file)s."),
}

BADGES: dict[str, Badge] = {
    ImportState.RECEIVED: Badge(_("received"), icon="inbox", line=True),
    ImportState.CHECKING: Badge(_("being checked"), icon="loader", line=True),
    ImportState.CHECKED: Badge(_("checked, not applied"), "act", "eye-check"),
    ImportState.UNREADABLE: Badge(_("could not be read"), "late", "file-x"),
    ImportState.APPLYING: Badge(_("being applied"), icon="loader", line=True),
    ImportState.APPLIED: Badge(_("applied"), "reg", "circle-check"),
    ImportState.UNDOING: Badge(_("being undone"), icon="loader", line=True),
    ImportState.UNDONE: Badge(_("undone"), icon="arrow-back-up"),
    ImportState.DISCARDED: Badge(_("discarded"), icon="trash"),
    ImportState.FAILED: Badge(_("failed"), "late", "alert-triangle"),
}

STOPS: dict[str, str | Promise] = {
    "moved": _("What is there has changed since this file was checked. Check it again."),
    "changed_since": _("It cannot be undone: this was changed since: %(rows)s."),
    "needed": _("It cannot be undone: other entries refer to what it brought. %(rows)s"),
    "silent": _("The worker stopped %(attempts)s times. Nothing was written."),
    "failed": _("An error of the portal; nothing was written. %(error)s"),
}

PROBLEMS: dict[str, str | Promise] = {
    # the file
    "empty_file": _("The file is empty."),
    "no_rows": _("The file has a header and no rows."),
    "not_csv": _("This is not a CSV file; its content is %(kind)s. Save it as CSV or XLSX."),
    "not_xlsx": _("This is not an XLSX workbook. Save it as XLSX or CSV."),
    "damaged": _("The workbook is damaged or was cut. Save it again and send it once more."),
    "too_large": _("The workbook unpacks to more than %(megabytes)s MB. Split it."),
    "too_many_rows": _("The file has more than %(most)s rows. Split it."),
    "encoding": _("The text is not UTF-8 %(guess)s. Save the file as “CSV UTF-8” or as XLSX."),
    "cut_off": _("The file ends in the middle of a cell: it was cut. Send it again, whole."),
    "bad_quotes": _("Quotation marks inside a cell must be doubled, and the cell quoted."),
    # the header
    "unknown_column": _("This column is unknown. Remove it, or name it as in the format."),
    "repeated_column": _("This column stands twice."),
    "missing_column": _("This column is missing."),
    # a row
    "short_row": _("The row has %(cells)s cells of %(expected)s: the file may have been cut."),
    "cell_without_header": _("There is a value where the header names no column."),
    "too_long": _("%(length)s characters; at most %(longest)s are accepted."),
    "control_character": _("The cell holds a control character."),
    "formula": _("Cell %(cell)s holds a formula. Paste its value."),
    "error_cell": _("Cell %(cell)s shows an error. Write its value."),
    "empty_cell": _("A value is needed here."),
    "not_accepted": _("Not accepted. Accepted: %(accepted)s."),
    "repeated_row": _("Row %(other)s is about the same."),
    # BIN and IIN
    "bin_empty": _("A BIN or IIN is needed here."),
    "bin_not_digits": _("A BIN or IIN has 12 digits and nothing else."),
    "bin_length": _("A BIN or IIN has 12 digits. %(repair)s"),
    "bin_check_digit": _("The check digit is wrong: look for a mistyped or swapped digit."),
    "bin_never_issued": _("Such a number is never issued: look for a mistyped digit."),
    # places, numbers, days
    "kato_length": _("A KATO code has 9 digits."),
    "kato_unknown": _("No region of Kazakhstan has a KATO code that begins with %(prefix)s."),
    "has_unit": _("Write the number alone; the column is in %(unit)s."),
    "not_a_number": _("A number in %(unit)s is needed here."),
    "not_whole": _("A whole number is needed here (%(unit)s)."),
    "not_positive": _("The value must be more than 0 %(unit)s."),
    "negative": _("The value must not be less than 0 %(unit)s."),
    "too_much": _("More than %(most)s %(unit)s: look whether the unit is right."),
    "not_within": _("From %(lowest)s to %(highest)s %(unit)s is accepted."),
    "outside": _("Outside of Kazakhstan: from %(lowest)s to %(highest)s degrees."),
    "half_a_place": _("Give latitude and longitude, or neither."),
    "not_a_day": _("Write the day as 2025-03-15 or 15.03.2025."),
    "no_such_day": _("There is no such day in the calendar."),
    "not_a_quarter": _("Write the quarter as 2026-Q2."),
    "ends_before_it_begins": _("The term ends before it begins."),
}

ACCEPTED: dict[str, str | Promise] = {
    "text": _("Text of at most %(longest)s characters."),
    "bin": _("A BIN or IIN: 12 digits, the check digit right."),
    "day": _("A day as 2025-03-15 or 15.03.2025."),
    "quarter": _("A quarter as 2026-Q2."),
    "kato": _("A KATO code: 9 digits that begin with a region's two."),
    "choice": _("One of: %(words)s."),
    "number": _("A number from %(lowest)s to %(highest)s %(unit)s, at most %(places)s decimals."),
    "any_number": _("A number up to ±%(highest)s %(unit)s, at most %(places)s decimals."),
    "whole": _("A whole number from %(lowest)s to %(highest)s %(unit)s."),
    "degrees": _("Degrees from %(lowest)s to %(highest)s."),
}

MAY_BE_EMPTY = _("May be empty.")

NOTICES: dict[str, str | Promise] = {
    "no_last_line_break": _(
        "The last line has no line break: make sure that the file was not cut."
    ),
    "applied_before": _("This very file was applied before."),
}


def state_badge(state: str) -> Badge:
    """Where a file stands, as a badge."""
    return BADGES[state]


def problem_words(problem: RowProblem, kind: "Kind | None" = None) -> str:
    """What is wrong with a cell and what to do, in the reader's language."""
    told: dict[str, object] = {"unit": "", **problem.params}
    for name, word in (kind.told if kind else {}).items():
        if name in told:
            told[name] = word(str(told[name]))
    told["repair"] = _repair(problem.params)
    told["guess"] = _guess(problem.params)
    text = (kind.words if kind else {}).get(problem.code) or PROBLEMS.get(problem.code)
    return str(text) % told if text else problem.code


def accepted_words(kind: "Kind | None", name: str) -> str:
    """What a column accepts, in the reader's language; "" for a column that the kind has not."""
    column = next((one for one in (kind.all_columns if kind else ()) if one.name == name), None)
    if column is None:
        return ""
    text = str(ACCEPTED[column.read.takes]) % {**column.read.bounds, "longest": column.longest}
    return text if column.required else f"{text} {MAY_BE_EMPTY}"


def stop_words(code: str, facts: Mapping[str, object]) -> str:
    """Why a task stopped, in the reader's language."""
    return str(STOPS.get(code, code)) % {"rows": "", "error": "", "attempts": "", **facts}


def notice_words(codes: list[str]) -> list[str]:
    """What is worth a look and refuses nothing."""
    return [str(NOTICES.get(code, code)) for code in codes]


def _repair(params: Mapping[str, object]) -> str:
    if not params.get("repair"):
        return gettext("Count them.")
    return gettext("Did it lose its leading zeros? Then write %(number)s, as text.") % {
        "number": params["repair"]
    }


def _guess(params: Mapping[str, object]) -> str:
    if not params.get("guess"):
        return ""
    return gettext("(it looks like %(encoding)s)") % {"encoding": params["guess"]}
