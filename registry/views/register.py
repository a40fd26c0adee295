"""The public register: anyone may ask whether an operator or a site is registered."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from common.clock import today
from pages.parts import Fact
from pages.wording import kw, short_date
from pages.wording import number as told_number
from registry.forms import AsOfForm
from registry.models import Registration
from registry.selectors.public import (
    PublicEntry,
    answer_as_json,
    public_entries,
    reflected,
    search_public,
)
from registry.views.limits import at_a_human_pace, wants_json


@require_safe
@at_a_human_pace
def search(request: HttpRequest) -> HttpResponse:
    """Search by number, BIN or name, today or as of a day."""
    return _search_page(request)


def _search_page(request: HttpRequest) -> HttpResponse:
    on = _day(request)
    answer = search_public(request.GET.get("q", ""), on)
    chosen = answer.entries[0] if len(answer.entries) == 1 else None
    context = {
        "answer": answer,
        "on": on,
        "is_today": on == today(),
        "reflected": reflected(),
        "chosen": chosen,
        "facts": _facts(chosen) if chosen else [],
    }
    return render(request, "register/search.html", context)


@require_safe
@at_a_human_pace
def extract(request: HttpRequest, number: str) -> HttpResponse:
    """One entry as everyone may see it."""
    on = _day(request)
    entries = public_entries(Registration.objects.public(on).filter(number=number), on)
    if not entries:
        raise Http404(_("The register has no such entry on this day."))
    context = {
        "entry": entries[0],
        "facts": _facts(entries[0]),
        "on": on,
        "is_today": on == today(),
        "reflected": reflected(),
    }
    return render(request, "register/extract.html", context)


@require_safe
@vary_on_headers("Accept")
@at_a_human_pace
def check(request: HttpRequest) -> HttpResponse:
    """Yes or no with the day, for a person or, by ``Accept: application/json``, a machine."""
    if not wants_json(request):
        return _search_page(request)
    answer = search_public(request.GET.get("q", ""), _day(request))
    return JsonResponse(answer_as_json(answer))


def _day(request: HttpRequest) -> date:
    form = AsOfForm(request.GET)
    asked: date | None = form.cleaned_data["on"] if form.is_valid() else None
    return min(asked or today(), today())


def _facts(entry: PublicEntry) -> list[Fact]:
    term = f"{short_date(entry.valid_from)} – {short_date(entry.valid_to)}"
    facts = [
        Fact(_("Number"), entry.number),
        Fact(_("Kind"), entry.kind),
        Fact(_("Term of validity"), term),
    ]
    if entry.bin:
        facts.append(Fact(_("BIN"), entry.bin))
    places = ", ".join([told_number(entry.sites), *entry.regions])
    return [*facts, Fact(_("Sites"), places), Fact(_("Declared power"), kw(entry.declared_kw))]
