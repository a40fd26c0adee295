"""One search over everything that the person may see: exact numbers first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Lead
from common.names import fold
from grid.models import Meter
from pages.badges import Badge
from registry.models import Registration
from registry.policies import may_see_registry

EACH = 10
SHORTEST = 2  # one letter matches everything


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    title: str
    detail: str
    url: str
    badge: Badge | None = None


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
    if not may_see_registry(user):
        return []
    exact = Q(number__iexact=text) | Q(operator__bin=text)
    place = Q(sites__name__icontains=text) | Q(sites__address__icontains=text)
    near = Q(operator__search__contains=fold(text)) | place
    found = (
        Registration.objects.visible_to(user)
        .filter(exact | near | Q(sites__meters__code__iexact=text))
        .select_related("operator")
        .distinct()[:EACH]
    )
    return [Hit(str(row.operator), row.number, row.get_absolute_url()) for row in found]


def _meters(user: Any, text: str) -> list[Hit]:
    near = Q(code__istartswith=text) | Q(customer_name__icontains=text) | Q(customer_bin=text)
    found = Meter.objects.visible_to(user).filter(near).order_by("code")[:EACH]
    return [Hit(meter.code, meter.customer_name, meter.get_absolute_url()) for meter in found]
