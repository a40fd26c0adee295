"""The door of every page here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common.errors import NotAllowed
from grid.policies import may_see_grid

View = Callable[..., HttpResponseBase]


def for_those_who_see_the_grid(view: View) -> View:
    """Sign in first; then the policy."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_grid(request.user):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return guarded
