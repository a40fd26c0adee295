"""The registry's words for people: badges, problems of files, acts and news."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from common.identifiers import BadIdentifier
from common.regions import REGIONS
from pages.badges import Badge
from registry.choices import Status

VERBS = {
    "registry.import.check": _("checked a file for the registry"),
    "registry.operator.add": _("entered the operator by hand"),
    "registry.operator.change": _("changed the operator by hand"),
    "registry.registration.add": _("entered the registration by hand"),
    "registry.registration.change": _("changed the registration by hand"),
    "registry.site.add": _("entered the site by hand"),
    "registry.site.change": _("changed the site by hand"),
    "registry.sitemeter.add": _("entered a declared meter by hand"),
    "registry.sitemeter.change": _("changed a declared meter by hand"),
}

BADGES: dict[str, Badge] = {
    Status.APPLIED: Badge(_("applied for"), icon="file-text", line=True),
    Status.IN_REVIEW: Badge(_("in review"), icon="eye", line=True),
    Status.ACTIVE: Badge(_("in force"), "reg", "circle-check"),
    Status.SUSPENDED: Badge(_("suspended"), "warn", "player-pause"),
    Status.EXPIRED: Badge(_("expired"), icon="circle-off"),
    Status.REVOKED: Badge(_("revoked"), icon="circle-x"),
    Status.SURRENDERED: Badge(_("surrendered"), icon="circle-minus"),
}
RAN_OUT = Badge(_("term ran out"), icon="circle-off")
NOT_YET = Badge(_("not yet entered"), icon="clock", line=True)

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
    # BIN and IIN
    "bin_empty": _("A BIN or IIN is needed here."),
    "bin_not_digits": _("A BIN or IIN has 12 digits and nothing else."),
    "bin_length": _("A BIN or IIN has 12 digits. %(repair)s"),
    "bin_check_digit": _("The check digit is wrong: look for a mistyped or swapped digit."),
    "bin_never_issued": _("Such a number is never issued: look for a mistyped digit."),
    # places, power, days
    "kato_length": _("A KATO code has 9 digits."),
    "kato_unknown": _("No region of Kazakhstan has a KATO code that begins with %(prefix)s."),
    "has_unit": _("Write the number alone; the column is in %(unit)s."),
    "not_a_number": _("A number in %(unit)s is needed here."),
    "not_positive": _("The power must be more than 0 kW."),
    "too_much": _("More than %(most)s kW at one place: the column is in kW."),
    "outside": _("Outside of Kazakhstan: from %(lowest)s to %(highest)s degrees."),
    "half_a_place": _("Give latitude and longitude, or neither."),
    "not_a_day": _("Write the day as 2025-03-15 or 15.03.2025."),
    "no_such_day": _("There is no such day in the calendar."),
    "ends_before_it_begins": _("The term ends before it begins."),
    "beginning_missing": _("A registration that was granted needs the day of its beginning."),
    "meter_too_long": _("Meter code %(meter)s is longer than %(longest)s characters."),
    "meter_separator": _("Separate meter codes by | (here: %(meter)s)."),
    # other rows and the registry
    "contradicts_row": _("Row %(other)s says otherwise about the same registration."),
    "repeated_row": _("Row %(other)s names the same registration and site."),
    "other_name": _("Row %(other)s gives the same BIN another name."),
    "meter_of_row": _("Row %(other)s declares this meter for the same time."),
    "other_operator": _("Registration %(number)s belongs to another operator."),
    "no_such_move": _("A registration does not go from “%(before)s” to “%(after)s”."),
    "status_needs_act": _(
        "From “%(before)s” to “%(after)s”: name the competent body's act and its date."
    ),
    "meter_taken": _("Registration %(number)s declares this meter for the same time."),
}

NOTICES: dict[str, str | Promise] = {
    "no_last_line_break": _(
        "The last line has no line break: make sure that the file was not cut."
    ),
    "applied_before": _("This very file was applied before."),
}


def status_badge(status: str | None) -> Badge:
    """The state of a registration as a badge; None before it was entered."""
    return BADGES[status] if status else NOT_YET


def status_word(status: str) -> str:
    """The word for a status in the reader's language."""
    return str(Status(status).label) if status in Status.values else status


def problem_words(problem: RowProblem) -> str:
    """What is wrong with a cell and what to do, in the reader's language."""
    told: dict[str, object] = dict(problem.params)
    for key in ("before", "after"):
        if key in told:
            told[key] = status_word(str(told[key]))
    told["repair"] = _repair(problem.params)
    told["guess"] = _guess(problem.params)
    text = PROBLEMS.get(problem.code)
    return str(text) % told if text else problem.code


def bin_words(bad: BadIdentifier) -> str:
    """Why a number is no BIN or IIN, with the repair if there is one."""
    params = {"repair": bad.repair} if bad.repair else {}
    return problem_words(RowProblem(0, "", "", f"bin_{bad.code}", params))


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


def regions() -> list[tuple[str, str]]:
    """The first two digits of each region's KATO code and its name, by name for the reader."""
    language = get_language() or "ru"
    return sorted(((r.prefix, r.name(language)) for r in REGIONS.values()), key=lambda one: one[1])
