"""One supplier: what came of each day, and how its files are read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.actions import propose_change
from changes.selectors import waiting_changes
from common.errors import NotAllowed, Refused
from grid.forms import ProfileForm
from grid.models import ReadingBatch, Supplier
from grid.policies import may_propose_profile, may_upload
from grid.selectors import feeds
from grid.selectors.arrivals import months_of
from grid.views.access import for_those_who_see_the_grid
from grid.wording import batch_badge, feed_badge, profile_facts, role_words
from journal.selectors import history_of
from pages.parts import Crumb, Fact
from pages.wording import moment, number, percent, short_date

RECENT = 8


def visible_supplier(request: HttpRequest, code: str) -> Supplier:
    """The supplier, or 404 for whoever may not see it."""
    rows = Supplier.objects.visible_to(request.user).select_related("agency")
    found: Supplier = get_object_or_404(rows, code=code)
    return found


@for_those_who_see_the_grid
def supplier(request: HttpRequest, code: str) -> HttpResponse:
    """The feed by month and day, the last files, the profile and what waits for it."""
    found = visible_supplier(request, code)
    feed = feeds(suppliers=Supplier.objects.filter(pk=found.pk))[0]
    batches = ReadingBatch.objects.visible_to(request.user).filter(supplier=found)
    context = {
        "supplier": found,
        "badge": feed_badge(feed.days_late, feed.last_day),
        "facts": [
            Fact(_("Complete to"), short_date(feed.last_complete_day)),
            Fact(_("Last day received"), short_date(feed.last_day)),
            Fact(_("Share of that day"), percent(feed.last_share) if feed.last_day else "–"),
            Fact(_("Meters on the last day"), number(feed.meters)),
            Fact(_("Last file"), moment(feed.last_batch_at)),
        ],
        "months": months_of(found),
        "profile": profile_facts(found),
        "mapping": [(role_words(role), told) for role, told in found.headings],
        "waiting": waiting_changes(found),
        "batches": [(batch, batch_badge(batch.state)) for batch in batches[:RECENT]],
        "may_propose": may_propose_profile(request.user, found),
        "may_upload": may_upload(request.user, found),
        "events": history_of(found),
        "path": [Crumb(_("Grid"), reverse("grid:home"))],
    }
    return render(request, "grid/supplier.html", context)


@for_those_who_see_the_grid
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """Propose how the supplier's files are read; a second person approves."""
    found = visible_supplier(request, code)
    if not may_propose_profile(request.user, found):
        raise NotAllowed
    form = ProfileForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and _proposed(request, found, form):
        messages.success(request, _("Proposed. Another person must approve it."))
        return redirect(found)
    context = {
        "form": form,
        "supplier": found,
        "path": [
            Crumb(_("Grid"), reverse("grid:home")),
            Crumb(found.name, found.get_absolute_url()),
        ],
    }
    return render(request, "grid/profile.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, supplier: Supplier, form: ProfileForm) -> bool:
    try:
        propose_change(
            model=Supplier, row=Supplier.objects.get(pk=supplier.pk), values=form.values,
            reason=form.cleaned_data["reason"], actor=request.user,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def propose_mapping(request: HttpRequest, supplier: Supplier, mapping: dict[str, Any]) -> None:
    """Propose the mapping that was chosen beside a file's headings.

    Raises NotAllowed, or Refused when it is none, or nothing would change.
    """
    if not may_propose_profile(request.user, supplier):
        raise NotAllowed
    supplier.mapping = mapping
    supplier.check_mapping()
    propose_change(
        model=Supplier, row=Supplier.objects.get(pk=supplier.pk), values={"mapping": mapping},
        reason=_("Columns of a file that was looked at."), actor=request.user,
    )  # fmt: skip
