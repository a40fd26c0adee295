"""Sending a file of readings, with a look at what it would bring first."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from grid import actions, tasks
from grid.choices import Channel
from grid.forms import UploadForm
from grid.policies import may_upload_something
from grid.views.access import for_those_who_see_the_grid
from grid.wording import describe_problem
from pages.parts import Crumb

MOST_FOR_A_LOOK = 50 << 20  # bytes; a larger file is checked by the worker, not while one waits
SHOWN = 100


@for_those_who_see_the_grid
def upload(request: HttpRequest) -> HttpResponse:
    """The form; ``look`` checks without storing, ``send`` takes the file in."""
    if not may_upload_something(request.user):
        raise NotAllowed
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, Any] = {"form": form, "path": [Crumb(_("Grid"), reverse("grid:home"))]}
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            context |= _look(form)
        elif answer := _send(request, form):
            return answer
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "grid/upload.html", context, status=status)


def _send(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        batch, new = actions.receive_batch(
            supplier=given["supplier"], file=given["file"], file_name=given["file"].name or "",
            actor=request.user, channel=Channel.PAGE, unit=given["unit"], partial=given["partial"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return None
    if new:
        tasks.store_batch.delay_on_commit(batch.pk)
    else:
        messages.info(request, _("This very file was sent before; nothing was changed."))
    return redirect(batch)


def _look(form: UploadForm) -> dict[str, Any]:
    file = form.cleaned_data["file"]
    if (file.size or 0) > MOST_FOR_A_LOOK:
        form.add_error("file", _(
            "Too large to look at here. Send it: if anything is wrong, nothing of it is stored."
        ))  # fmt: skip
        return {}
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        checked = actions.check_file(
            supplier=form.cleaned_data["supplier"], path=Path(kept.name),
            unit=form.cleaned_data["unit"],
        )  # fmt: skip
    problems = checked.problems.kept[:SHOWN]
    return {
        "checked": checked,
        "problems": [(p, *describe_problem(p.code, p.params)) for p in problems],
    }
