"""The map: open leads and cases, the cells where leads gather, the sites of the registry."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from cases.models import Case, Lead
from common.geo import cell
from pages import maps
from pages.wording import number
from registry.models import Site

SHOWN = 500  # of each kind: more markers tell a reader less
CROWD_RESOLUTION = 4  # H3: cells of about 1 800 km², some districts wide
CROWD = 2


def collection_for(user: Any) -> dict[str, Any]:
    """Everything with a place that ``user`` may see, as GeoJSON; cells lie below the markers."""
    leads = list(
        Lead.objects.visible_to(user)
        .undecided()
        .filter(lat__isnull=False)
        .order_by("-est_kw_high", "pk")[:SHOWN]
    )
    return maps.collection([*_crowds(leads), *_sites(user), *_cases(user), *_leads(leads)])


def _crowds(leads: list[Lead]) -> Iterator[maps.Feature]:
    places = ((lead.lat, lead.lon) for lead in leads)
    counted = Counter(
        cell(lat, lon, CROWD_RESOLUTION)
        for lat, lon in places
        if lat is not None and lon is not None
    )
    for index, count in counted.items():
        if count >= CROWD:
            words = ngettext("%(n)s open lead", "%(n)s open leads", count)
            yield maps.area(index, words % {"n": number(count)}, tone="sus")


def _leads(leads: list[Lead]) -> Iterator[maps.Feature]:
    for lead in leads:
        if lead.lat is not None and lead.lon is not None:
            yield maps.point(
                lead.lat, lead.lon, f"{lead.number} {lead.words}", url=lead.get_absolute_url(),
                tone="sus", kw=lead.est_kw_high,
            )  # fmt: skip


def _cases(user: Any) -> Iterator[maps.Feature]:
    under_way = Case.objects.visible_to(user).under_way().filter(lat__isnull=False)
    for case in under_way.order_by("-pk")[:SHOWN]:
        yield maps.point(
            case.lat, case.lon, str(case), url=case.get_absolute_url(), tone="act",
            kw=case.est_kw_high,
        )  # fmt: skip


def _sites(user: Any) -> Iterator[maps.Feature]:
    sites = Site.objects.visible_to(user).filter(lat__isnull=False).select_related("registration")
    for site in sites.order_by("-declared_kw", "pk")[:SHOWN]:
        yield maps.point(
            site.lat, site.lon, f"{site.registration.number} {site.name}",
            url=site.registration.get_absolute_url(), tone="reg", kw=float(site.declared_kw),
        )  # fmt: skip
