"""How often a person may take lists away as files: each reads all that the list finds."""

from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework.throttling import UserRateThrottle


class FileThrottle(UserRateThrottle):
    """``LIST_FILES`` files a person, counted as the API counts its calls."""

    scope = "list_files"

    def get_rate(self) -> str:
        """The pace in force."""
        return str(settings.LIST_FILES)


def seconds_to_wait(request: HttpRequest) -> int:
    """Counts this file; 0 when it may be made, else the seconds until the next may."""
    throttle = FileThrottle()
    if throttle.allow_request(request, None):  # type: ignore[arg-type]  # it asks for the user only
        return 0
    return max(1, ceil(throttle.wait() or 1))


def too_many_files(request: HttpRequest, wait: int) -> HttpResponse:
    """429 in words, or as a problem document for who asks for JSON; both say when to come back."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        problem = {"title": _("Too many requests"), "status": 429}
        answer: HttpResponse = JsonResponse(
            problem, status=429, content_type="application/problem+json"
        )
    else:
        context = {"wait": wait, "back": request.path}
        answer = render(request, "components/too_many_files.html", context, status=429)
    answer["Retry-After"] = str(wait)
    return answer
