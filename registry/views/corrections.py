"""A correction proposed from a record's page; another person approves it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from changes import guarded
from changes.actions import propose_change
from common.errors import NotAllowed, Refused
from pages.parts import Crumb
from registry.forms import correction_form
from registry.models import CORRECTED
from registry.policies import may_correct


@login_required
def correct(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form of one row; what is sent waits for the second person."""
    model: Any = CORRECTED.get(kind)
    if model is None:
        raise Http404
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    if not may_correct(request.user, row):
        raise NotAllowed(_("Corrections are proposed by officers and heads of the three bodies."))
    rules = guarded.of(model._meta.label_lower)
    form = correction_form(model, rules.fields)(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        change = _proposed(request, model, row.pk, form)
        if change is not None:
            messages.success(request, _("Proposed. Another person must approve it."))
            return redirect(change)
    context = {
        "form": form,
        "title": _("Propose a correction"),
        "row": str(model._base_manager.get(pk=pk)),
        "path": [Crumb(_("Registry"), reverse("registry:list"))],
    }
    return render(request, "registry/correct.html", context, status=400 if form.errors else 200)


def _proposed(request: HttpRequest, model: Any, pk: int, form: Any) -> Any:
    """The proposal, or None when a rule refuses it and the form says why."""
    values = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
    try:
        return propose_change(
            model=model,
            row=model._base_manager.get(pk=pk),
            values=values,
            reason=form.cleaned_data["reason"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
