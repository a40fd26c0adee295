"""One batch: how far it is, what was refused, what it covers."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.clock import now
from grid import actions, tasks
from grid.models import ReadingBatch, ReadingReject
from grid.policies import may_see_profiles
from grid.selectors.feeders import balances_beside
from grid.views.access import for_those_who_see_the_grid
from grid.views.changes import told_changes
from grid.wording import balance_badge, batch_badge, describe_failure, describe_problem
from grid.workflow import BATCHES
from journal.actions import record
from journal.selectors import history_of
from pages.parts import Crumb, Fact
from pages.wording import moment, number, percent

SHOWN = 200
SHOWN_CHANGES = 50
FEEDERS = 20


def visible_batch(request: HttpRequest, pk: int) -> ReadingBatch:
    """The batch, or 404 for whoever may not see it."""
    rows = ReadingBatch.objects.visible_to(request.user).select_related("supplier", "uploaded_by")
    found: ReadingBatch = get_object_or_404(rows, pk=pk)
    return found


@for_those_who_see_the_grid
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a batch."""
    found = visible_batch(request, pk)
    return render(request, "grid/batch.html", _context(request, found))


@for_those_who_see_the_grid
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the page asks for every second until the batch is finished."""
    found = visible_batch(request, pk)
    response = render(request, "grid/parts/batch_state.html", _context(request, found))
    if found.is_finished:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, batch: ReadingBatch) -> dict[str, Any]:
    rejects = ReadingReject.objects.visible_to(request.user).filter(batch=batch)
    return {
        "batch": batch,
        "badge": batch_badge(batch.state),
        "failure": describe_failure(batch.error),
        "facts": _facts(batch),
        "path": [
            Crumb(_("Grid"), reverse("grid:home")),
            Crumb(_("Batches"), reverse("grid:batches")),
        ],
        "rejects": [
            (reject, *describe_problem(reject.code, reject.params)) for reject in rejects[:SHOWN]
        ],
        "changes": told_changes(batch.changes.select_related("meter")[:SHOWN_CHANGES]),
        "balances": _balances(request, batch),
        "events": history_of(batch),
        "poll": reverse("grid:batch-state", args=[batch.pk]),
        "may_retry": BATCHES.may("retry", batch, request.user) and batch.state == "failed",
    }


def _balances(request: HttpRequest, batch: ReadingBatch) -> list[Any]:
    """Feeders of the days of the file, the largest gap first; not for a supplier's people."""
    if not may_see_profiles(request.user) or batch.first_start is None or batch.last_start is None:
        return []
    beside: Any = balances_beside(batch.supplier, batch.first_start, batch.last_start)
    rows = beside.visible_to(request.user)
    return [(row, balance_badge(row.coverage, row.beyond_kwh)) for row in rows[:FEEDERS]]


@for_those_who_see_the_grid
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, by whom, when and what came of it, on a page to print."""
    found = visible_batch(request, pk)
    facts = [
        Fact(_("Batch"), number(found.pk)),
        Fact(_("File"), found.file_name),
        Fact(_("Size, bytes"), number(found.size)),
        Fact("SHA-256", found.sha256),
        *_facts(found)[:-1],
        Fact(_("Channel"), found.get_channel_display()),
        Fact(_("Rows read"), number(found.rows_read)),
        Fact(_("Rows refused"), number(found.rows_rejected)),
        Fact(_("First interval"), moment(found.first_start)),
        Fact(_("Last interval"), moment(found.last_start)),
        Fact(_("Finished"), moment(found.finished_at)),
    ]
    context = {"batch": found, "badge": batch_badge(found.state), "facts": facts, "at": now()}
    return render(request, "grid/receipt.html", context)


def _facts(batch: ReadingBatch) -> list[Fact]:
    sender = batch.uploaded_by.full_name if batch.uploaded_by else batch.get_channel_display()
    return [
        Fact(_("Supplier"), batch.supplier.name, strong=True),
        Fact(_("Received"), moment(batch.received_at)),
        Fact(_("Sent by"), sender),
        Fact(_("Readings"), number(batch.rows_stored)),
        Fact(_("Meters"), number(batch.meters)),
        Fact(_("Coverage"), percent(batch.coverage)),
        Fact("SHA-256", batch.sha256[:16] + "…"),
    ]


@for_those_who_see_the_grid
def errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every refused value as CSV; that it was taken is recorded."""
    found = visible_batch(request, pk)
    if not found.errors_file:
        raise Http404
    record("grid.errors.export", found, actor=request.user)
    name = f"errors-{found.pk}.csv"
    return FileResponse(found.errors_file.open("rb"), as_attachment=True, filename=name)


@require_POST
@for_those_who_see_the_grid
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_batch(request, pk)
    actions.retry_batch(batch=found, actor=request.user)
    tasks.store_batch.delay_on_commit(found.pk)
    return redirect(found)
