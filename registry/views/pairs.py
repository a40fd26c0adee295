"""Pairs that may be one party: judged one after the other, from the keyboard."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import NotAllowed, PortalError
from pages.parts import Crumb
from registry import actions
from registry.choices import SameOrNot
from registry.models import Judgement, ProposedPair
from registry.policies import may_judge, may_see_registry, may_withdraw
from registry.selectors.pairs import conflicts, pairs_to_judge, reasons_of, view_of


@login_required
@require_safe
def review(request: HttpRequest, pair_id: int = 0) -> HttpResponse:
    """The next pair to judge, or the one asked for."""
    if not may_see_registry(request.user):
        raise NotAllowed(_("Pairs of the registry are seen by officials."))
    pair = _asked(request, pair_id) if pair_id else pairs_to_judge(request.user).first()
    context = {
        "path": [Crumb(_("Registry"), reverse("registry:list")), Crumb(_("Pairs"))],
        "view": view_of(pair, request.user) if pair else None,
        "may_judge": may_judge(request.user),
        "last": _last(request),
        "conflicts": conflicts(),
    }
    return render(request, "registry/pairs.html", context)


@login_required
@require_POST
def judge(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Keeps the judgement and goes on to the next pair; without words the shown reasons count."""
    pair = _asked(request, pair_id)
    verdict = request.POST.get("verdict", "")
    if verdict not in SameOrNot.values:
        return HttpResponse(_("The question was not understood."), status=400)
    reason = request.POST.get("reason", "").strip() or "; ".join(reasons_of(pair))
    try:
        made = actions.judge_pair(pair=pair, verdict=verdict, reason=reason, actor=request.user)
    except NotAllowed:
        raise
    except PortalError as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:pair", pair.pk)
    return redirect(f"{reverse('registry:pairs')}?last={made.pk}")


@login_required
@require_POST
def withdraw(request: HttpRequest, judgement_id: int) -> HttpResponse:
    """Takes a judgement back and shows its pair again."""
    rows = Judgement.objects.visible_to(request.user)
    judgement = get_object_or_404(rows, pk=judgement_id)
    actions.withdraw_judgement(judgement=judgement, actor=request.user)
    messages.success(request, _("The judgement is taken back; it stays in the history."))
    pair = ProposedPair.objects.visible_to(request.user).filter(
        first=judgement.first_id, second=judgement.second_id
    )
    again = pair.first()
    return redirect("registry:pair", again.pk) if again else redirect("registry:pairs")


def _asked(request: HttpRequest, pair_id: int) -> ProposedPair:
    rows = ProposedPair.objects.visible_to(request.user)
    rows = rows.select_related("first__operator", "second__operator")
    found: ProposedPair = get_object_or_404(rows, pk=pair_id)
    return found


def _last(request: HttpRequest) -> Judgement | None:
    """The judgement just made, if this person may still take it back."""
    number = request.GET.get("last", "")
    if not number.isdigit():
        return None
    rows = Judgement.objects.visible_to(request.user).standing()
    last = rows.select_related("first__operator", "second__operator").filter(pk=number[:18]).first()
    return last if last and may_withdraw(request.user, last) else None
