"""The official lists behind the public register: behind the whole of it, and behind one entry."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from common.clock import GRID_ZONE
from intake.choices import ImportState
from intake.models import ImportBatch, PlannedRow
from registry.choices import REGISTRATIONS_FILE
from registry.models import ListedEntry, Registration


@dataclass(frozen=True, slots=True)
class Reflected:
    """An official list: its day, and the act or publication if one was named."""

    day: date | None
    act: str


def reflected() -> Reflected:
    """The newest list, by its own date, that was applied; an older one may be applied later."""
    newest = _applied().order_by("-day", "-applied_at").values_list("day", "act_reference").first()
    return Reflected(*newest) if newest else Reflected(None, "")


def behind_entry(number: str, on: date) -> Reflected:
    """The newest list, by its own date, of those up to the day that name the entry.

    Named it is by a published list that was taken in line by line, under the same BIN if the line
    has one, and by an applied file of registrations that brought it, changed it or left it the
    same (of rows left the same a file keeps the first thousand).
    """
    entry = Registration.objects.filter(number=number)
    lines = ListedEntry.objects.filter(
        Q(operator_bin="") | Q(operator_bin__in=entry.values("operator__bin")),
        number=number,
        official_list__day__lte=on,
        official_list__kind__in=entry.values("kind"),
    )
    planned = PlannedRow.objects.filter(batch=OuterRef("pk"), label=number)
    wrote = _history().filter(number=number, pgh_context=OuterRef("context"))
    files = _applied().filter(Exists(planned) | Exists(wrote), day__lte=on)
    found = (
        lines.order_by()
        .values_list("official_list__day", "official_list__reference")
        .union(files.order_by().values_list("day", "act_reference"))
        .order_by("-official_list__day")
        .first()
    )
    return Reflected(*found) if found else Reflected(None, "")


def _applied() -> QuerySet[Any]:
    """Applied files of registrations with ``day``: that of the act, else of applying."""
    rows = ImportBatch.objects.filter(kind=REGISTRATIONS_FILE, state=ImportState.APPLIED)
    day = Coalesce("act_date", TruncDate("applied_at", tzinfo=GRID_ZONE))
    dated: QuerySet[Any] = rows.annotate(day=day)
    return dated


def _history() -> QuerySet[Any]:
    return Registration.pgh_event_model.objects.all()  # type: ignore[attr-defined,no-any-return]  # by pghistory
