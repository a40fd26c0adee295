"""What a signed-in person brings to each request: language, and the second factor."""

from collections.abc import Callable
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from accounts.policies import needs_second_factor
from journal.request import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
ENROLLED = "second_factor_enrolled"
# Not /api/: a session without the second factor would read there what the pages refuse. A call
# with a token has no session and is not asked here.
FREE_PREFIXES = ("/accounts/", "/me/", "/health/", "/static/", "/register/")


class ReaderMiddleware:
    """The page speaks the language that the person has chosen, on every device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id.set(str(uuid4()))
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return self.get_response(request)


class SecondFactorMiddleware:
    """Officials and administrators enrol a second factor before anything else opens."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_enrol(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _must_enrol(self, request: HttpRequest) -> bool:
        user = request.user
        if (
            not settings.SECOND_FACTOR_REQUIRED
            or not user.is_authenticated
            or request.path.startswith(FREE_PREFIXES)
            or request.session.get(ENROLLED)
            or not needs_second_factor(user)
        ):
            return False
        enrolled = bool(is_mfa_enabled(user))
        if enrolled:
            request.session[ENROLLED] = True
        return not enrolled
