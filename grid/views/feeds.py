"""The first page: which suppliers send, how far each has come, and what is being worked on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from grid.models import Meter, ReadingBatch, Supplier
from grid.policies import may_see_profiles, may_upload_something
from grid.selectors import feeds
from grid.selectors.profiles import last_profile_run, mining_like_on
from grid.selectors.windows import windows_under_way
from grid.views.access import for_those_who_see_the_grid
from grid.wording import batch_badge, feed_badge
from pages.parts import Tile
from pages.wording import mw, number

RECENT = 8


@for_those_who_see_the_grid
def home(request: HttpRequest) -> HttpResponse:
    """Suppliers and the health of their feeds."""
    suppliers = Supplier.objects.visible_to(request.user).filter(is_active=True)
    rows = feeds(suppliers=suppliers)
    batches = ReadingBatch.objects.visible_to(request.user).select_related("supplier")
    run = last_profile_run() if may_see_profiles(request.user) else None
    context = {
        "rows": [(row, feed_badge(row.days_late, row.last_day)) for row in rows],
        "batches": [(batch, batch_badge(batch.state)) for batch in batches[:RECENT]],
        "late": [row for row in rows if row.days_late],
        "tiles": _tiles(request),
        "run": run,
        "windows": windows_under_way() if may_see_profiles(request.user) else None,
        "may_see_profiles": may_see_profiles(request.user),
        "may_upload": may_upload_something(request.user),
    }
    return render(request, "grid/home.html", context)


@for_those_who_see_the_grid
def windows(request: HttpRequest) -> HttpResponse:
    """The bar of the profiles being computed, asked for every second until it is full."""
    if not may_see_profiles(request.user):
        raise NotAllowed
    told = windows_under_way()
    response = render(request, "grid/parts/windows.html", {"windows": told})
    if told is None:
        response["HX-Refresh"] = "true"
    return response


def _tiles(request: HttpRequest) -> list[Tile]:
    tiles = [Tile(_("Meters"), number(Meter.objects.visible_to(request.user).count()))]
    run = last_profile_run()
    if run and may_see_profiles(request.user):
        count, kw = mining_like_on(run.until)
        told = _("n of %(total)s judged") % {"total": number(run.total)}
        tiles.append(Tile(_("Look like mining"), number(count), detail=told))
        tiles.append(
            Tile(_("Their estimated mining load"), mw(kw), detail=_("an estimate, while it runs"))
        )
    return tiles
