"""Bringing a file in, with a sample of every kind to start from."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.errors import NotAllowed, Refused
from intake import actions, tasks
from intake.catalogue import KINDS
from intake.forms import UploadForm
from intake.models import ImportRun
from intake.policies import kinds_to_bring, may_bring
from intake.selectors.error_files import FORMS
from intake.selectors.samples import sample
from intake.views.access import for_those_who_see_imports
from pages.parts import Crumb


@for_those_who_see_imports
def upload(request: HttpRequest) -> HttpResponse:
    """The form; a sent file is checked by a worker, and the page of the file follows it."""
    if not kinds_to_bring(request.user):
        raise NotAllowed(_("You may not bring files in."))
    form = UploadForm(
        request.POST or None, request.FILES or None, user=request.user,
        initial={"kind": request.GET.get("kind", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and (run := _receive(request, form)):
        tasks.work_off_run.delay_on_commit(run.pk)
        return redirect(run.batch)
    context = {
        "form": form,
        "kinds": [KINDS.get(slug) for slug in kinds_to_bring(request.user)],
        "path": [Crumb(_("Imports"), reverse("imports:list"))],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/upload.html", context, status=status)


def _receive(request: HttpRequest, form: UploadForm) -> ImportRun | None:
    given: dict[str, Any] = form.cleaned_data
    try:
        return actions.receive_file(
            kind=given["kind"],
            name=given["file"].name,
            content=given["file"],
            actor=request.user,
            act_reference=given.get("act_reference") or "",
            act_date=given.get("act_date"),
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


@require_safe
@for_those_who_see_imports
def download_sample(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The example of a kind, as CSV or XLSX."""
    if kind not in KINDS or not may_bring(request.user, kind) or form not in FORMS:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{form}"'}
    return HttpResponse(sample(kind, form), content_type=FORMS[form], headers=headers)
