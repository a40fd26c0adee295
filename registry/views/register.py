"""The public register: anyone may ask whether an operator or a site is registered."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from common.clock import today
from pages.codes import qr_svg
from pages.parts import Fact
from pages.wording import kw, short_date
from pages.wording import number as told_number
from registry.forms import RegisterForm
from registry.selectors.behind import behind_entry, reflected
from registry.selectors.public import (
    PublicEntry,
    answer_as_json,
    public_entry,
    search_public,
)
from registry.views.limits import at_a_human_pace, wants_json

KEPT = 60  # seconds that a browser may show the same answer again


@require_safe
@cache_control(private=True, max_age=KEPT)
@at_a_human_pace
def search(request: HttpRequest) -> HttpResponse:
    """Search by number, BIN or name, and the list of companies, today or as of a day."""
    return _search_page(request)


def _search_page(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.GET)
    asked = form.is_valid()
    question = form.question()
    answer = search_public(question) if asked else None
    chosen = answer.entries[0] if answer and answer.query and len(answer.entries) == 1 else None
    context = {
        "form": form,
        "question": question,
        "answer": answer,
        "on": question.on,
        "is_today": question.on == today(),
        "reflected": reflected(),
        "narrowed": any((question.standing, question.kind, question.region)),
        **(extract_context(request, chosen, question.on) if chosen else {}),
    }
    return render(request, "register/search.html", context, status=200 if asked else 400)


@require_safe
@cache_control(private=True, max_age=KEPT)
@at_a_human_pace
def extract(request: HttpRequest, number: str) -> HttpResponse:
    """One entry as everyone may see it, to read, print or check by its code."""
    form = RegisterForm(request.GET)
    form.is_valid()
    on = form.question().on
    entry = asked_entry(number, on)
    context = {"form": form, **extract_context(request, entry, on)}
    return render(request, "register/extract.html", context, status=400 if form.errors else 200)


def asked_entry(number: str, on: date) -> PublicEntry:
    """The entry of that number on that day; 404 alike for what is not there and not public."""
    entry = None if "\x00" in number else public_entry(number, on)
    if entry is None:
        raise Http404(_("The register has no such entry on this day."))
    return entry


def extract_context(request: HttpRequest, entry: PublicEntry, on: date) -> dict[str, Any]:
    """What an extract shows beside the entry: its facts, and the code that leads back to it."""
    address = address_of(request, entry, on)
    return {
        "entry": entry,
        "behind": behind_entry(entry.number, on),
        "facts": facts_of(entry),
        "on": on,
        "is_today": on == today(),
        "address": address,
        "qr": qr_svg(address),
    }


def address_of(request: HttpRequest, entry: PublicEntry, on: date) -> str:
    """Where the extract stands; of today without a day, so that it tells the day it is asked."""
    address = request.build_absolute_uri(reverse("register:extract", args=[entry.number]))
    return address if on == today() else f"{address}?on={on.isoformat()}"


@require_safe
@cache_control(private=True, max_age=KEPT)
@vary_on_headers("Accept")
@at_a_human_pace
def check(request: HttpRequest) -> HttpResponse:
    """Yes or no with the day, for a person or, by ``Accept: application/json``, a machine."""
    if not wants_json(request):
        return _search_page(request)
    form = RegisterForm(request.GET)
    if not form.is_valid():
        problem = {"title": _("The question was not understood."), "status": 400}
        return JsonResponse(
            {**problem, "errors": form.errors},
            status=400,
            content_type="application/problem+json",
        )
    return JsonResponse(answer_as_json(search_public(form.question())))


def facts_of(entry: PublicEntry) -> list[Fact]:
    """The entry's published facts, in the order of the extract."""
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
