"""Sending a file of readings, with a look at what it would bring first."""

import tempfile
from datetime import UTC
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from grid import actions, tasks
from grid.choices import Channel, Unit
from grid.formats.layout import ROLES
from grid.formats.meaning import SKIPPED
from grid.forms import UploadForm
from grid.policies import may_upload_something
from grid.selectors.arrivals import months_of
from grid.views.access import for_those_who_see_the_grid
from grid.views.suppliers import propose_mapping
from grid.wording import SHAPES, describe_problem, role_words
from pages.parts import Crumb, Fact
from pages.wording import moment, number, percent

MOST_FOR_A_LOOK = 50 << 20  # bytes; a larger file is checked by the worker, not while one waits
SHOWN = 100
MONTHS = 3
CHOICES = [*ROLES, SKIPPED]


@for_those_who_see_the_grid
def upload(request: HttpRequest) -> HttpResponse:
    """The form. ``look`` checks without storing, ``map`` proposes what headings stand for."""
    if not may_upload_something(request.user):
        raise NotAllowed
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, Any] = {"form": form, "path": [Crumb(_("Grid"), reverse("grid:home"))]}
    if request.method == "POST" and form.is_valid():
        if "map" in request.POST:
            if answer := _map(request, form):
                return answer
        elif "look" not in request.POST and (answer := _send(request, form)):
            return answer
        context |= _look(request, form) if "send" not in request.POST else {}
    if only := _only_supplier(form):
        context |= {"supplier": only, "months": months_of(only, MONTHS)}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "grid/upload.html", context, status=status)


def _only_supplier(form: UploadForm) -> Any:
    """The supplier that was chosen, or the only one there is to choose."""
    chosen = form.cleaned_data.get("supplier") if form.is_bound and form.is_valid() else None
    mine = list(form.fields["supplier"].queryset[:2])  # type: ignore[attr-defined]  # a choice of models
    return chosen or (mine[0] if len(mine) == 1 else None)


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
    if given["looked"] and not request.FILES:
        actions.forget_looked_at(given["looked"])
    if new:
        tasks.store_batch.delay_on_commit(batch.pk)
    else:
        messages.info(request, _("This very file was sent before; nothing was changed."))
    return redirect(batch)


def _look(request: HttpRequest, form: UploadForm) -> dict[str, Any]:
    given = form.cleaned_data
    file, supplier, unit = given["file"], given["supplier"], given["unit"]
    if (file.size or 0) > MOST_FOR_A_LOOK:
        form.add_error("file", _(
            "Too large to look at here. Send it: if anything is wrong, nothing of it is stored."
        ))  # fmt: skip
        return {}
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix) as kept:
        file.seek(0)
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        path = Path(kept.name)
        checked = actions.check_file(supplier=supplier, path=path, unit=unit)
        head = actions.head_of_file(supplier, path, unit)
    name = Path(file.name or "").name
    token = given["looked"]
    if request.FILES:
        token = actions.keep_looked_at(file=file, name=name, actor=request.user)
    problems = checked.problems.kept[:SHOWN]
    return {
        "checked": checked,
        "problems": [(p, *describe_problem(p.code, p.params)) for p in problems],
        "head": head,
        "found": _found(checked, head),
        "columns": [(one, role_words(one.role)) for one in head.headings] if head else [],
        "roles": [(role, role_words(role)) for role in CHOICES],
        "token": token,
        "file_name": name,
    }


def _found(checked: Any, head: Any) -> list[Fact]:
    """What the file holds and how it was read."""
    told = [Fact(_("Form"), SHAPES[head.shape])] if head and head.shape else []
    if head and head.unit:
        told.append(Fact(_("Unit"), Unit(head.unit).label))
    if checked.good:
        told += [
            Fact(_("Readings"), number(checked.good)),
            Fact(_("Meters"), number(checked.meters)),
            Fact(_("Interval"), _("%(minutes)s minutes") % {"minutes": checked.step_minutes}),
            Fact(_("From"), moment(checked.first.item().replace(tzinfo=UTC))),
            Fact(_("Last interval"), moment(checked.last.item().replace(tzinfo=UTC))),
            Fact(_("Share of intervals present"), percent(checked.coverage)),
        ]
    return told


def _map(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    """Propose what the headings stand for; None when it was refused and the form says why."""
    supplier = form.cleaned_data["supplier"]
    pairs = zip(request.POST.getlist("heading"), request.POST.getlist("role"), strict=False)
    mapping: dict[str, Any] = {}
    skipped = list(supplier.mapping.get(SKIPPED, []))
    for heading, role in pairs:
        if role == SKIPPED:
            skipped.append(heading)
        elif role in mapping:
            told = _("%(role)s: two columns stand for it.") % {"role": role_words(role)}
            form.add_error(None, told)
            return None
        elif role:
            mapping[role] = heading
    whole = {**supplier.mapping, **mapping, **({SKIPPED: skipped} if skipped else {})}
    try:
        propose_mapping(request, supplier, whole)
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _(
        "Proposed. When another person has approved it, the file can be sent again."
    ))  # fmt: skip
    return redirect(supplier)
