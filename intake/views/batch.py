"""One file: how far it is, what it would do row by row, and what may be decided about it."""

from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import BadFile, PortalError
from intake import actions, tasks
from intake.catalogue import KINDS
from intake.choices import ImportState, Stage
from intake.forms import ReasonForm
from intake.models import ImportBatch, ImportRun
from intake.policies import may_read_rows
from intake.selectors.error_files import FORMS
from intake.selectors.previews import TABS, counts_of, last_run, rows_shown
from intake.selectors.touched import undo_plan
from intake.views.access import for_those_who_see_imports, visible_batch
from intake.wording import notice_words, state_badge, stop_words
from intake.workflow import IMPORTS
from journal.selectors import history_of
from pages.parts import Crumb, Fact
from pages.wording import moment, number, short_date

PAGE = 100


@require_safe
@for_those_who_see_imports
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a file."""
    return render(request, "intake/batch.html", _context(request, visible_batch(request, pk)))


@require_safe
@for_those_who_see_imports
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the page asks for every second until the worker is done."""
    found = visible_batch(request, pk)
    response = render(request, "intake/parts/progress.html", _progress(found))
    if not found.is_busy:
        response["HX-Refresh"] = "true"
    return response


def _progress(batch: ImportBatch) -> dict[str, Any]:
    run = last_run(batch)
    return {
        "batch": batch,
        "run": run,
        "stage": Stage(run.stage).label if run else "",
        "poll": reverse("imports:state", args=[batch.pk]),
    }


def _context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    kind = KINDS.get(batch.kind) if batch.kind in KINDS else None
    tabs = counts_of(batch)
    tab = request.GET.get("tab") or next((t.key for t in tabs if t.count), TABS[0])
    readable = may_read_rows(request.user, batch)
    rows = rows_shown(batch, kind, tab, request.user) if readable and tab in TABS else []
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        **_progress(batch),
        "kind": kind,
        "badge": state_badge(batch.state),
        "facts": _facts(batch, kind),
        "path": [Crumb(_("Imports"), reverse("imports:list"))],
        "notices": notice_words(batch.notices),
        "stopped": _stopped(batch),
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "readable": readable,
        "offers": {offer.move.verb: offer for offer in IMPORTS.offered(batch, request.user)},
        "events": history_of(batch, limit=50),
    }


def _stopped(batch: ImportBatch) -> str:
    """Why the last task of the file had no effect."""
    run: ImportRun | None = last_run(batch)
    return stop_words(run.error, run.facts) if run and run.error and not batch.is_busy else ""


def _facts(batch: ImportBatch, kind: Any) -> list[Fact]:
    told = [
        (_("Kind"), str(kind.title) if kind else batch.kind),
        (_("Sent"), moment(batch.uploaded_at)),
        (_("Sent by"), batch.uploaded_by.full_name if batch.uploaded_by else ""),
        (_("Rows"), number(batch.rows) if batch.rows else ""),
        (_("Applied"), moment(batch.applied_at) if batch.applied_at else ""),
        (_("Legal act"), batch.act_reference),
        (_("Date of the act"), short_date(batch.act_date) if batch.act_date else ""),
        ("SHA-256", f"{batch.sha256[:16]}…"),
    ]
    return [Fact(label, value) for label, value in told if value]


@require_safe
@for_those_who_see_imports
def errors(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The refused rows as sent, with what to mend in the reader's language."""
    found = visible_batch(request, pk)
    if form not in FORMS or not found.rejected or not may_read_rows(request.user, found):
        raise Http404
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        actions.write_error_file(batch=found, actor=request.user, form=form, target=target)
    except BadFile:
        messages.error(request, _("The file can no longer be read."))
        return redirect(found)
    name = f"refused-{found.pk}.{form}"
    return FileResponse(target, as_attachment=True, filename=name, content_type=FORMS[form])


@for_those_who_see_imports
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What undoing would do, table by table and cell by cell; then the reason, and it is done."""
    if request.method == "POST":
        return decide(request, pk, verb="undo")
    found = visible_batch(request, pk)
    if not IMPORTS.may("undo", found, request.user):
        return redirect(found)
    context = {
        "batch": found,
        "badge": state_badge(found.state),
        "facts": _facts(found, KINDS.get(found.kind) if found.kind in KINDS else None),
        "path": [
            Crumb(_("Imports"), reverse("imports:list")),
            Crumb(found.file_name, found.get_absolute_url()),
        ],
        "move": IMPORTS.moves["undo"],
        "plan": undo_plan(found),
        "reason_form": ReasonForm(),
    }
    return render(request, "intake/undo.html", context)


@require_POST
@for_those_who_see_imports
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Apply, check again, discard, undo: what a person decides; a worker does it then."""
    found = visible_batch(request, pk)
    try:
        run = _ask(found, verb, request)
    except PortalError as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    if run is not None:
        tasks.work_off_run.delay_on_commit(run.pk)
    elif found.state == ImportState.DISCARDED:
        messages.success(request, _("The file is put aside; nothing of it was written."))
    return redirect(found)


def _ask(batch: ImportBatch, verb: str, request: HttpRequest) -> ImportRun | None:
    if verb == "apply":
        partial = request.POST.get("partial") == "yes"
        return actions.ask_to_apply(batch=batch, actor=request.user, partial=partial)
    if verb == "recheck":
        return actions.ask_to_check(batch=batch, actor=request.user)
    if verb == "undo":
        reason = request.POST.get("reason", "")
        return actions.ask_to_undo(batch=batch, actor=request.user, reason=reason)
    if verb == "discard":
        actions.discard_batch(batch=batch, actor=request.user)
        return None
    raise Http404
