"""Exemptions: one with its document, the form to propose one, an earlier end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.actions import propose_change
from changes.models import Change
from common.clock import today
from common.errors import NotAllowed, Refused
from grid import actions
from grid.forms import EarlierEndForm, ExemptionForm
from grid.models import Exemption, ExemptionDocument
from grid.policies import may_exempt, may_see_profiles
from grid.views.access import for_those_who_see_the_grid
from grid.wording import exemption_badge
from journal.selectors import history_of
from pages.downloads import hand_out
from pages.parts import Crumb, Fact
from pages.wording import short_date

PAPER = ("title", "number", "dated")


@for_those_who_see_the_grid
def exemption(request: HttpRequest, pk: int) -> HttpResponse:
    """One exemption; for a supplier's people there is none."""
    found = _visible(request, pk)
    shortened = may_exempt(request.user) and found.valid_to > today()
    context = {
        "exemption": found,
        "badge": exemption_badge(found.valid_from, found.valid_to, today()),
        "facts": [
            Fact(_("From"), short_date(found.valid_from)),
            Fact(_("Last day"), short_date(found.valid_to), strong=True),
            Fact(_("Proposed by"), found.proposed_by),
            Fact(_("Approved by"), found.approved_by),
        ],
        "form_url": reverse("grid:exemption-end", args=[found.pk]) if shortened else "",
        "events": history_of(found),
        "path": _path(),
    }
    return render(request, "grid/exemption.html", context)


@for_those_who_see_the_grid
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The kept file, as it came in; who opened it is written down."""
    rows = ExemptionDocument.objects.visible_to(request.user)
    found: ExemptionDocument = get_object_or_404(rows, pk=pk)
    actions.take_document(document=found, actor=request.user)
    return hand_out(found.original, found.name, found.content_type)


@for_those_who_see_the_grid
def propose(request: HttpRequest) -> HttpResponse:
    """The form; what is sent waits for a second person."""
    _refuse_others(request)
    begun = {"meter": request.GET.get("meter", ""), "valid_from": today()}
    form = ExemptionForm(
        request.POST or None, request.FILES or None, user=request.user, initial=begun
    )
    if form.is_valid() and (change := _proposed(form, lambda: _send(request, form))):
        messages.success(request, _("Proposed. Another person must approve it."))
        return redirect(change)
    return _form(request, form, _("Propose an exemption"))


@for_those_who_see_the_grid
def end_earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """An earlier last day, proposed; a term is never made longer."""
    _refuse_others(request)
    found = _visible(request, pk)
    form = EarlierEndForm(request.POST or None, exemption=found)
    if form.is_valid():
        given = form.cleaned_data
        change = _proposed(form, lambda: propose_change(
            model=Exemption, row=found, values={"valid_to": given["valid_to"]},
            reason=given["reason"], actor=request.user,
        ))  # fmt: skip
        if change:
            messages.success(request, _("Proposed. Another person must approve it."))
            return redirect(change)
    return _form(request, form, _("End the exemption earlier"), str(found))


def _send(request: HttpRequest, form: ExemptionForm) -> Change:
    given = dict(form.cleaned_data)
    paper = actions.Paper(**{name: given.pop(name) for name in PAPER})
    upload = given.pop("file")
    return actions.propose_exemption(values=given, paper=paper, upload=upload, actor=request.user)


def _proposed(form: Any, act: Callable[[], Change]) -> Change | None:
    """The proposal, or None when a rule refuses it and the form says why."""
    try:
        return act()
    except Refused as refusal:
        field = "file" if refusal.field == "files" else refusal.field
        form.add_error(field if field in form.fields else None, str(refusal))
        return None


def _form(request: HttpRequest, form: Any, title: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "path": _path()}
    return render(request, "grid/propose.html", context, status=400 if form.errors else 200)


def _visible(request: HttpRequest, pk: int) -> Exemption:
    rows = Exemption.objects.visible_to(request.user)
    rows = rows.select_related("meter", "document", "proposed_by", "approved_by")
    found: Exemption = get_object_or_404(rows, pk=pk)
    return found


def _refuse_others(request: HttpRequest) -> None:
    if not may_see_profiles(request.user):
        raise Http404
    if not may_exempt(request.user):
        raise NotAllowed(_("Exemptions are proposed by officers and heads of the three bodies."))


def _path() -> list[Crumb]:
    return [
        Crumb(_("Grid"), reverse("grid:home")),
        Crumb(_("Exemptions"), reverse("grid:exemptions")),
    ]
