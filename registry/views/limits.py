"""How often one address may ask the public register."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

A_MINUTE = 60  # seconds
CALLS_A_MINUTE = 60
FILES_A_MINUTE = 6  # a file is the whole list or a typeset page

View = Callable[..., HttpResponseBase]


def at_a_human_pace(view: View) -> View:
    """Answers 429 after sixty calls of one address within a minute (``REGISTER_CALLS``)."""
    return _limited(view, "calls", "REGISTER_CALLS", CALLS_A_MINUTE)


def few_files(view: View) -> View:
    """Answers 429 after six files to one address within a minute (``REGISTER_FILES``)."""
    return _limited(view, "files", "REGISTER_FILES", FILES_A_MINUTE)


def _limited(view: View, name: str, setting: str, usual: int) -> View:
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _calls(request, name) > getattr(settings, setting, usual):
            return _too_many(request)
        return view(request, *args, **kwargs)

    return limited


def _calls(request: HttpRequest, name: str) -> int:
    key = f"register:{name}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, A_MINUTE):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the minute ended between the two calls
        cache.set(key, 1, A_MINUTE)
        return 1


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _too_many(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        problem = {"title": _("Too many requests"), "status": 429}
        response: HttpResponse = JsonResponse(
            problem, status=429, content_type="application/problem+json"
        )
    else:
        response = render(request, "register/too_many.html", status=429)
    response["Retry-After"] = str(A_MINUTE)
    return response
