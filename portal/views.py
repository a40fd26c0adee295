"""The dashboard and the pages that belong to no single app."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits for me, then the state of the group."""
    return render(request, "portal/dashboard.html", {})


def not_allowed(request: HttpRequest, _exception: Exception) -> HttpResponse:
    """403 in the portal's own words."""
    return render(request, "403.html", status=403)
