"""The dashboard and the pages that belong to no single app."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actions import note_visit
from accounts.requests import SignedInRequest
from cases.policies import may_see_leads
from journal.actions import mark_read
from journal.selectors import inbox as news_of
from portal.atlas import collection_for
from portal.dashboard import context_for
from portal.search import search_all


@login_required
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What waits for me, then the state of the group; each part under its own policy."""
    since = note_visit(user=request.user)
    return render(request, "portal/dashboard.html", context_for(request.user, since))


@login_required
def search(request: SignedInRequest) -> HttpResponse:
    """Everything that I may see and that holds the words."""
    text = request.GET.get("q", "")
    context = {"search_text": text, "groups": search_all(request.user, text)}
    return render(request, "portal/search.html", context)


@login_required
def show_map(request: SignedInRequest) -> HttpResponse:
    """Places of leads, cases and registered sites, for those to whom the leads are open."""
    if not may_see_leads(request.user):
        raise PermissionDenied
    return render(request, "portal/map.html", {"features": collection_for(request.user)})


@login_required
def inbox(request: SignedInRequest) -> HttpResponse:
    """My news, newest first."""
    return render(request, "journal/inbox.html", {"news": news_of(request.user)})


@require_POST
@login_required
def read_all(request: SignedInRequest) -> HttpResponse:
    """Marks my whole inbox as read."""
    mark_read(reader=request.user)
    return redirect("journal:inbox")
