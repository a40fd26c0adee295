"""The mark of an operator that a case concerns: the form that asks to lift it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from cases import actions, policies
from cases.views.cases import question_of, visible_case
from common.errors import NotAllowed
from pages.asking import ask
from registry.forms.protection import LiftingForm
from registry.models import Operator


@login_required
def ask_to_lift(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Grounds for a decision on the mark; its page then leads through the hearing."""
    case = visible_case(request, number)
    if not policies.may_add_task(request.user, case):
        raise NotAllowed(_("Only the lead body of a case under way asks to lift a mark for it."))
    operator = get_object_or_404(Operator.objects.visible_to(request.user), pk=pk)
    form = LiftingForm(request.POST or None, subject=operator, user=request.user)
    question = question_of(case, _("Ask to lift the mark of %(who)s") % {"who": operator})
    made: list[Any] = []
    response = ask(
        request,
        form,
        question,
        lambda _given: made.append(
            actions.ask_to_lift(
                case=case, operator=operator, grounds=form.grounds(), actor=request.user
            )
        ),
        _("Drafted. The mark stays; the party is to be heard first."),
    )
    return redirect(made[0].decision) if made else response
