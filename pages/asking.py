"""One page for every act that asks something first: a form, an action, a way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused, WrongState
from journal.workflow import Gate, Workflow
from pages.parts import Crumb

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says: ``title`` names the act, ``about`` what it is done to.

    ``template`` shows more before the form than the conditions; ``extra`` is for it.
    """

    title: str | Promise
    about: str
    back: str
    path: Sequence[Crumb] = ()
    gates: Sequence[Gate] = ()
    danger: bool = False
    template: str = "components/ask.html"
    extra: dict[str, Any] = field(default_factory=dict)


def ask(
    request: HttpRequest,
    form: forms.Form,
    question: Question,
    act: Callable[[dict[str, Any]], object],
    said: str | Promise,
) -> HttpResponse:
    """Shows the form; on a valid post acts, says so and goes back. Refusals land in the form."""
    if carried_out(form, act):
        messages.success(request, str(said))
        return redirect(way_back(request, question.back))
    context = {
        "form": form,
        "question": question,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "dense": True,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, question.template, context, status=status)


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Acts on a valid form; a refusal becomes an error at its field, and nothing is lost."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        named = refusal.field if refusal.field in form.fields else None
        form.add_error(named, str(refusal.message))
        return False
    return True


def way_back(request: HttpRequest, usual: str) -> str:
    """Where the person came from, if that is a page of ours; otherwise the usual place."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else usual


def refuse_unless_offered(table: Workflow[Any], verb: str, subject: Any, user: Any) -> None:
    """A stale button is 409 and says the present state; what one may not do is 403."""
    move = table.moves[verb]
    if not move.starts_from(table.state_of(subject)):
        shown = {"move": move.label, "state": subject.badge.word}
        raise WrongState(_("“%(move)s” is not possible any more: “%(state)s”.") % shown)
    if not move.allowed(user, subject):
        raise NotAllowed(_("You may not do this: %(move)s.") % {"move": move.label})
