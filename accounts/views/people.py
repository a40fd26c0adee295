"""Pages where heads and delegates invite the people of their body, two at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.choices import InvitationState
from accounts.forms import InviteForm
from accounts.lists import role_words
from accounts.models import Invitation
from accounts.policies import may_invite
from accounts.requests import SignedInRequest
from accounts.wording import INVITATION_BADGES
from accounts.workflow import INVITATIONS
from common.errors import Refused
from journal.selectors import history_of
from pages.parts import Crumb, Fact

UNPROCESSABLE = 422


@login_required
def invite(request: SignedInRequest) -> HttpResponse:
    """First step: proposes an invitation. Policy ``may_invite``."""
    if not may_invite(request.user):
        raise PermissionDenied
    form = InviteForm(request.POST or None, inviter=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_invitation(actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            messages.success(request, _("A second person must approve the invitation."))
            return redirect(made)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "accounts/invite.html", {"form": form, "path": _path()}, status=status)


@login_required
def invitation(request: SignedInRequest, number: int) -> HttpResponse:
    """One invitation with what can be done. Invisible ones are 404."""
    shown = _visible(request, number)
    context = {
        "invitation": shown,
        "state": INVITATION_BADGES[InvitationState(shown.state)],
        "facts": [
            Fact(_("E-mail"), shown.email),
            Fact(_("Body"), shown.agency),
            Fact(_("Roles"), role_words(shown.roles)),
            Fact(_("Invited by"), shown.invited_by or "–"),
            Fact(_("Reason"), shown.reason),
        ],
        "offers": INVITATIONS.offered(shown, request.user),
        "events": history_of(shown),
        "path": [*_path(), Crumb(_("Invitations"), reverse("people:invitations"))],
    }
    return render(request, "accounts/invitation.html", context)


@require_POST
@login_required
def decide_invitation(request: SignedInRequest, number: int, verb: str) -> HttpResponse:
    """Second step: approve, or withdraw with a reason. The workflow table asks the policy."""
    shown = _visible(request, number)
    if verb == "approve":
        base = request.build_absolute_uri("/")
        actions.approve_invitation(invitation=shown, actor=request.user, base_url=base)
        messages.success(request, _("The invitation was sent by e-mail."))
    else:
        reason = request.POST.get("reason", "")
        INVITATIONS.make("withdraw", shown, actor=request.user, reason=reason)
    return redirect(shown)


def _visible(request: SignedInRequest, number: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).select_related("agency", "invited_by")
    shown: Invitation = get_object_or_404(rows, pk=number)
    return shown


def _path() -> list[Crumb]:
    return [Crumb(_("People"), reverse("people:list"))]
