"""The list under a field in which an official types a party."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.errors import NotAllowed
from registry.policies import may_see_registry
from registry.selectors.candidates import look_up

NAME = re.compile(r"[a-z_]{1,40}")


@login_required
@require_safe
@never_cache
def lookup(request: HttpRequest) -> HttpResponse:
    """Options for what was typed: ``field`` names the parameter that holds it."""
    if not may_see_registry(request.user):
        raise NotAllowed(_("The registry is looked up by officials."))
    field = request.GET.get("field", "q")
    text = request.GET.get(field, "").strip()
    context = {
        "candidates": look_up(text, request.user),
        "asked": bool(text),
        "list_id": f"{field}-option" if NAME.fullmatch(field) else "option",
    }
    return render(request, "registry/parts/lookup.html", context)
