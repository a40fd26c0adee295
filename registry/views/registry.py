"""An entry of the registry and the acts on it, for those who may see the registry."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.clock import today
from common.errors import NotAllowed, PortalError, Refused
from journal.selectors import history_of
from pages.parts import Act as Button
from pages.parts import Crumb
from registry import actions
from registry.actions.acts import Act
from registry.forms import ActForm, AsOfForm
from registry.models import Registration
from registry.selectors.entries import entry_on, facts_of, places_of
from registry.workflow import REGISTRATIONS


@login_required
@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One entry, today or as of a day."""
    registration = _visible(request, number)
    form = AsOfForm(request.GET)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today()
    entry = entry_on(registration, on)
    context = {
        "entry": entry,
        "registration": registration,
        "title": registration.operator.display_name,
        "path": [Crumb(_("Registry"), reverse("registry:list")), Crumb(registration.number)],
        "facts": facts_of(entry, request.user),
        "places": places_of(entry),
        "form": AsOfForm(initial={"on": on}),
        "is_today": on == today(),
        "buttons": _buttons(registration, request.user),
        "events": history_of(registration, limit=50),
    }
    return render(request, "registry/detail.html", context)


@login_required
def record_act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Records what a competent body decided about the entry."""
    registration = _visible(request, number)
    move = REGISTRATIONS.moves.get(verb)
    if move is None:
        raise Http404
    if not move.allowed(request.user, registration):
        raise NotAllowed(_("Acts are recorded by officers of the Ministry of Energy."))
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _record(request, registration, verb, form):
        messages.success(request, _("The act is recorded."))
        return redirect(registration)
    context = {
        "form": form,
        "registration": registration,
        "title": move.label,
        "path": [
            Crumb(_("Registry"), reverse("registry:list")),
            Crumb(registration.number, registration.get_absolute_url()),
        ],
    }
    status = 400 if form.errors else 200
    return render(request, "registry/act.html", context, status=status)


def _visible(request: HttpRequest, number: str) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related("operator")
    found: Registration = get_object_or_404(rows, number=number)
    return found


def _buttons(registration: Registration, user: Any) -> list[Button]:
    return [
        Button(
            offer.move.label,
            reverse("registry:act", args=[registration.number, offer.move.verb]),
        )
        for offer in REGISTRATIONS.offered(registration, user)
    ]


def _record(request: HttpRequest, registration: Registration, verb: str, form: ActForm) -> bool:
    """Carry the act out; a refusal goes to its field and returns False."""
    given = form.cleaned_data
    act = Act(given["act_reference"], given["act_date"], given["effective_from"], given["act_body"])
    try:
        actions.record_act(
            registration=registration,
            verb=verb,
            act=act,
            actor=request.user,
            reason=given["reason"],
        )
    except PortalError as refusal:
        field = refusal.field if isinstance(refusal, Refused) else ""
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True
