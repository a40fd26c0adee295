"""The door of every page here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from common.errors import NotAllowed
from intake.models import ImportBatch
from intake.policies import may_see_imports

View = Callable[..., HttpResponseBase]


def for_those_who_see_imports(view: View) -> View:
    """Sign in first; then the policy."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_imports(request.user):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return guarded


def visible_batch(request: HttpRequest, pk: int) -> ImportBatch:
    """The file, or 404 for whoever may not see it."""
    rows = ImportBatch.objects.visible_to(request.user)
    found: ImportBatch = get_object_or_404(rows.select_related("uploaded_by", "applied_by"), pk=pk)
    return found
