"""One search over everything that the person may see: exact numbers first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Lead
from grid.models import Meter
from pages.badges import Badge
from pages.parts import Piece
from registry.models import Registration
from registry.selectors import look_up

EACH = 10
SHORTEST = 2  # one letter matches everything


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    title: str
    detail: str
    url: str
    badge: Badge | None = None
    pieces: list[Piece] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind."""

    label: str | Promise
    hits: list[Hit]


def search_all(user: Any, text: str) -> list[Group]:
    """Hits by kind, at most ten each, only what ``user`` may see; none for a single letter."""
    text = text.strip()
    if len(text) < SHORTEST:
        return []
    groups = [
        Group(_("Cases"), _cases(user, text)),
        Group(_("Leads"), _leads(user, text)),
        Group(_("Registry"), _registrations(user, text)),
        Group(_("Meters"), _meters(user, text)),
    ]
    return [group for group in groups if group.hits]


def _cases(user: Any, text: str) -> list[Hit]:
    found = Case.objects.visible_to(user).searched(text)[:EACH]
    return [Hit(case.title, case.number, case.get_absolute_url(), case.badge) for case in found]


def _leads(user: Any, text: str) -> list[Hit]:
    found = Lead.objects.visible_to(user).searched(text)[:EACH]
    return [Hit(lead.words, lead.number, lead.get_absolute_url(), lead.badge) for lead in found]


def _registrations(user: Any, text: str) -> list[Hit]:
    parties = [
        Hit(one.name, one.number or one.bin, one.url, one.badge, one.pieces)
        for one in look_up(text, user, EACH)
        if one.url
    ]
    known = {hit.detail for hit in parties}
    places = Registration.objects.visible_to(user).at_place(text).exclude(number__in=known)
    rows = places.select_related("operator").order_by("number")[: EACH - len(parties)]
    return [*parties, *(Hit(str(row.operator), row.number, row.get_absolute_url()) for row in rows)]


def _meters(user: Any, text: str) -> list[Hit]:
    near = Q(code__istartswith=text) | Q(customer_name__icontains=text) | Q(customer_bin=text)
    found = Meter.objects.visible_to(user).filter(near).order_by("code")[:EACH]
    return [Hit(meter.code, meter.customer_name, meter.get_absolute_url()) for meter in found]
