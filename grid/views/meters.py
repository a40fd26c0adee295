"""Meters: the list, and one meter with its curve and why it scores as it does."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.clock import grid_days, today
from common.regions import REGIONS, region_of
from grid.forms import PeriodForm
from grid.lists import MeterList, OwnMeterList
from grid.models import GridEvent, Meter, MeterProfile
from grid.policies import may_exempt, may_see_profiles
from grid.selectors import load_curve
from grid.selectors.calendar import EVIDENCE, Events, events_of
from grid.selectors.exempting import exemptions_of
from grid.selectors.peers import FEWEST, PeerPlace, place_among_peers
from grid.views.access import for_those_who_see_the_grid
from grid.views.changes import told_changes
from grid.wording import NOT_JUDGED, describe_reason, pattern_badge, verified_badge
from journal.actions import record
from pages.badges import Badge
from pages.parts import Crumb, Fact, Span
from pages.wording import kw, short_date

SHOWN_DAYS = 28
MOST_DAYS = 400
PROFILES = 12
SHOWN_CHANGES = 20


@for_those_who_see_the_grid
def meters(request: HttpRequest) -> HttpResponseBase:
    """The list with scores for officials, without for a supplier's people."""
    page = MeterList if may_see_profiles(request.user) else OwnMeterList
    return page.as_view()(request)


@for_those_who_see_the_grid
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a meter known by its code only."""
    return redirect(get_object_or_404(Meter.objects.visible_to(request.user), code=code))


@for_those_who_see_the_grid
def meter(request: HttpRequest, pk: int) -> HttpResponse:
    """One meter: curve, profile, and what the floors above know of it."""
    rows = Meter.objects.visible_to(request.user).select_related("supplier")
    found: Meter = get_object_or_404(rows, pk=pk)
    profiles = list(
        MeterProfile.objects.visible_to(request.user)
        .filter(meter=found)
        .order_by("-until")[:PROFILES]
    )
    last = profiles[0] if profiles else None
    sees = may_see_profiles(request.user)
    curve = _curve(request, found)
    events = _events(found, curve) if sees else []
    record("grid.meter.view", found, actor=request.user)
    context = {
        "meter": found,
        "profile": last,
        "badge": pattern_badge(last.pattern) if last else NOT_JUDGED,
        "may_see_profiles": sees,
        "may_exempt": may_exempt(request.user),
        "exemption": exemptions_of([found], today()).get(found.pk) if sees else None,
        "peers": _peers(last),
        "events": events,
        "spans": [
            Span(one.begins_at, one.ends_at, f"{one.kind_word} {one.code}") for one, _mark in events
        ],
        "profiles": [(one, pattern_badge(one.pattern)) for one in profiles],
        "reasons": _reasons(last) if last else [],
        "facts": _facts(found),
        "changes": told_changes(found.changes.select_related("batch")[:SHOWN_CHANGES]),
        "path": [
            Crumb(_("Grid"), reverse("grid:home")),
            Crumb(_("Meters"), reverse("grid:meters")),
        ],
        **curve,
    }
    return render(request, "grid/meter.html", context)


def _curve(request: HttpRequest, meter: Meter) -> dict[str, Any]:
    """The curve of the days asked for, of the last four weeks without a wish."""
    form = PeriodForm(request.GET)
    wish = form.cleaned_data if form.is_valid() else {}
    last = wish.get("last") or meter.last_day or today()
    first = wish.get("first") or last - timedelta(days=SHOWN_DAYS - 1)
    first = max(min(first, last), last - timedelta(days=MOST_DAYS))
    return {"curve": load_curve(meter.code, first, last), "first": first, "last": last}


def _events(meter: Meter, curve: dict[str, Any]) -> list[tuple[GridEvent, Badge]]:
    """Orders and outages of the days shown that concern the meter."""
    start, end = grid_days(curve["first"], curve["last"])
    events = events_of(meter, Events.between(start, end))
    return [(one, verified_badge(verified=one.verified)) for one in events]


def _peers(profile: MeterProfile | None) -> dict[str, Any] | None:
    """The card of the peer group: its three parts in words, and where the meter stands."""
    if profile is None:
        return None
    place: PeerPlace = place_among_peers(profile)
    group, missing = place.group, _("not told")
    region = REGIONS.get(group.region)
    return {
        "place": place,
        "fewest": FEWEST,
        "facts": [
            Fact(_("Tariff group"), group.tariff_group or missing),
            Fact(_("Activity code"), group.activity or missing),
            Fact(_("Region"), region.name(get_language() or "ru") if region else missing),
        ],
    }


def _reasons(profile: MeterProfile) -> list[dict[str, Any]]:
    source = _("readings to %(day)s") % {"day": short_date(profile.until)}
    return [
        {
            "text": describe_reason(one["code"], one["params"]),
            "weight": None if one["code"] in EVIDENCE.values() else one["weight"],
            "source": source,
        }
        for one in profile.reasons
    ]


def _facts(meter: Meter) -> list[Fact]:
    region = region_of(meter.kato)
    told = [
        (_("Supplier"), meter.supplier.name),
        (_("Customer"), meter.customer_name),
        (_("BIN or IIN"), meter.customer_bin),
        (_("Tariff group"), meter.tariff_group),
        (_("Activity code"), meter.activity),
        (_("Contracted power"), kw(meter.contract_kw) if meter.contract_kw is not None else ""),
        (_("Feeder"), meter.feeder),
        (_("Region"), region.name(get_language() or "ru") if region else ""),
        (_("Readings"), f"{short_date(meter.first_day)}–{short_date(meter.last_day)}"),
    ]
    return [Fact(label, value) for label, value in told if value]
