"""What the roof adds to every answer: its browser policy, its refusals, its trace in history."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

from common.errors import NotAllowed, PortalError, WrongState

SEALED_PREFIXES = ("/tips/", "/api/v1/tips/")


class CallerMiddleware:
    """Behind our proxy the caller is whom the proxy names last; limits count by that address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if settings.BEHIND_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return self.get_response(request)


class PagePolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, the admin theme's own under /admin/."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/"):
            parts.replace = settings.ADMIN_POLICY
        return parts


class HistoryMiddleware(BaseHistoryMiddleware):
    """Ties field-level history to the person, except where a reporter's name is sealed."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(SEALED_PREFIXES):
            return self.get_response(request)  # type: ignore[no-any-return]  # untyped library
        return super().__call__(request)  # type: ignore[no-any-return,no-untyped-call]  # as above


class RefusalMiddleware:
    """A rule's refusal that no form has caught becomes a page that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PortalError):
            return None
        status = (
            403 if isinstance(error, NotAllowed) else 409 if isinstance(error, WrongState) else 400
        )
        return render(
            request, "refused.html", {"message": str(error), "status": status}, status=status
        )
