"""One proposed change with its difference, and the second person's decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from changes import actions
from changes.choices import ChangeState
from changes.models import Change
from changes.selectors import differences, pair_refused, row_of
from changes.wording import BADGES
from changes.workflow import CHANGES
from journal.selectors import history_of
from pages.parts import Crumb, Fact


@login_required
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """The difference, field by field. A change that the person may not see is 404."""
    change = _visible(request, number)
    row = row_of(change)
    url = getattr(row, "get_absolute_url", lambda: "")()
    context = {
        "change": change,
        "state": BADGES[ChangeState(change.state)],
        "facts": [
            Fact(_("Proposed by"), change.proposed_by),
            Fact(_("Decided by"), change.decided_by or "–"),
            Fact(_("Reason"), change.reason),
        ],
        "differences": differences(change, row),
        "row_url": url,
        "offers": CHANGES.offered(change, request.user),
        "pair": pair_refused(change, request.user),
        "events": history_of(change),
        "path": [Crumb(_("Changes by two persons"), reverse("changes:list"))],
    }
    return render(request, "changes/change.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Approve, refuse with a reason, or withdraw. The workflow table asks the policy."""
    change = _visible(request, number)
    user: Any = request.user
    if verb == "approve":
        actions.approve_change(change=change, actor=user)
        messages.success(request, _("The change was made."))
    elif verb == "refuse":
        reason = request.POST.get("reason", "")
        actions.refuse_change(change=change, actor=user, reason=reason)
        messages.success(request, _("The change was refused; its proposer is told."))
    else:
        actions.withdraw_change(change=change, actor=user)
        messages.success(request, _("The proposal was withdrawn."))
    return redirect(change)


def _visible(request: HttpRequest, number: int) -> Change:
    rows = Change.objects.visible_to(request.user).select_related("proposed_by", "decided_by")
    change: Change = get_object_or_404(rows, pk=number)
    return change
