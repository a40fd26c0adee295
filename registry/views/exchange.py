"""The exchange pilot: its stages, and where the AIFC enters a venue."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common import clock
from common.errors import Refused
from law.selectors import sale_quota
from registry.actions.venues import admit_venue
from registry.forms import VenueForm
from registry.models import PilotStage, Venue
from registry.policies import may_admit_venue, may_see_exchange

UNPROCESSABLE = 422


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Stages with their sources, the quota of today, the form for who may admit."""
    user = request.user
    if not may_see_exchange(user):
        raise PermissionDenied
    may_admit = may_admit_venue(user)
    form = VenueForm(request.POST or None) if may_admit else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                venue = admit_venue(actor=user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Admitted: %(venue)s.") % {"venue": venue})
                return redirect("registry:exchange")
    context = {
        "stages": PilotStage.objects.visible_to(user),
        "venues": Venue.objects.visible_to(user).count(),
        "quota": sale_quota(clock.today()),
        "form": form,
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "registry/exchange.html", context, status=status)
