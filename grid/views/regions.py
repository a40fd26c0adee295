"""Regions: where the metered load is, and how much of it looks like mining."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from grid.policies import may_see_profiles
from grid.selectors.profiles import last_profile_run
from grid.selectors.regions import regions_on
from grid.views.access import for_those_who_see_the_grid
from pages.parts import Crumb, Tile
from pages.wording import language, mw, number


@for_those_who_see_the_grid
def regions(request: HttpRequest) -> HttpResponse:
    """Every region with its meters, load, what looks like mining, and feeders beyond the norm."""
    if not may_see_profiles(request.user):
        raise NotAllowed
    run = last_profile_run()
    rows = regions_on(run.until if run else None)
    unknown = _("place not known")
    context = {
        "rows": [(row, row.region.name(language()) if row.region else unknown) for row in rows],
        "run": run,
        "tiles": [
            Tile(_("Meters judged"), number(sum(row.judged for row in rows))),
            Tile(_("Their mean load"), mw(sum(row.mean_kw for row in rows))),
            Tile(_("Look like mining"), number(sum(row.like for row in rows))),
            Tile(
                _("Their estimated mining load"), mw(sum(row.est_kw for row in rows)),
                detail=_("an estimate, while it runs"),
            ),
        ],
        "path": [Crumb(_("Grid"), reverse("grid:home"))],
    }  # fmt: skip
    return render(request, "grid/regions.html", context)
