"""A person's own pages: profile, preferences, accepting an invitation."""

from allauth.account.utils import user_display
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.choices import Role
from accounts.forms import AcceptInvitationForm, PreferencesForm
from accounts.requests import SignedInRequest


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """Who the portal takes me for, and how it shows itself to me."""
    form = PreferencesForm(request.POST or None, initial={
        "language": request.user.language, "theme": request.user.theme,
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(user=request.user, **form.cleaned_data)
        return redirect("accounts:profile")
    roles = [Role(role).label for role in sorted(request.user.roles)]
    context = {"form": form, "roles": roles, "shown_name": user_display(request.user)}
    return render(request, "accounts/profile.html", context)


@require_POST
@login_required
def set_theme(request: SignedInRequest) -> HttpResponse:
    """Light, dark or as the device: the page has switched itself, the next is rendered in it."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    actions.set_preferences(user=request.user, theme=form.cleaned_data["theme"])
    return HttpResponse(status=204)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages: kept on the person, or in a cookie before sign-in."""
    language = request.POST.get("language", "")
    response = _back(request)
    if check_for_language(language) and language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            actions.set_preferences(user=request.user, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax",
        )  # fmt: skip
    return response


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The holder of the link chooses a password; the link says nothing to anyone else."""
    invitation = actions.open_invitation(token)
    if invitation is None:
        message = _("This invitation is no longer valid. Ask for a new one.")
        return render(request, "refused.html", {"message": message}, status=404)
    form = AcceptInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(token=token, password=form.cleaned_data["password"])
        messages.success(request, _("Your account is ready. Sign in."))
        return redirect("account_login")
    return render(
        request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation}
    )


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next") or request.headers.get("Referer", "/")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure())
    return redirect(target if safe else "/")
