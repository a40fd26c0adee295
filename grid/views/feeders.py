"""One feeder: its balances by period, its norms and the meters that hang on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.regions import region_of
from grid.models import Feeder, FeederBalance
from grid.policies import may_see_profiles
from grid.selectors.feeders import meters_of
from grid.views.access import for_those_who_see_the_grid
from grid.wording import balance_badge
from journal.actions import record
from pages.parts import Crumb, Fact

SHOWN = 60
METERS = 200


@for_those_who_see_the_grid
def feeder(request: HttpRequest, pk: int) -> HttpResponse:
    """What went in and what was counted, the newest period first; not for a supplier's people."""
    if not may_see_profiles(request.user):
        raise NotAllowed
    rows = Feeder.objects.visible_to(request.user).select_related("supplier")
    found: Feeder = get_object_or_404(rows, pk=pk)
    balances = FeederBalance.objects.visible_to(request.user).told().filter(feeder=found)
    shown = balances.select_related("norm").order_by("-last_day", "period")[:SHOWN]
    meters = meters_of(found)
    record("grid.feeder.view", found, actor=request.user)
    context = {
        "feeder": found,
        "facts": _facts(found),
        "balances": [(row, balance_badge(row.coverage, row.beyond_kwh)) for row in shown],
        "norms": found.norms.order_by("-valid_from"),
        "meters": meters[:METERS],
        "meter_count": meters.count(),
        "path": [
            Crumb(_("Grid"), reverse("grid:home")),
            Crumb(_("Feeders"), reverse("grid:feeders")),
        ],
    }
    return render(request, "grid/feeder.html", context)


def _facts(feeder: Feeder) -> list[Any]:
    region = region_of(feeder.kato)
    told = [
        (_("Supplier"), feeder.supplier.name),
        (_("Region"), region.name(get_language() or "ru") if region else ""),
    ]
    return [Fact(label, value) for label, value in told if value]
