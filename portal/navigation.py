"""The side menu and the top bar, for every page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts import policies as people
from cases import policies as cases
from cases.models import Case, Lead
from changes.models import Change
from changes.policies import may_see_changes
from council import policies as council
from council.selectors import votes_waiting_for
from crosschecks import policies as crosschecks
from grid import policies as grid
from journal.selectors import unread_count
from outlook import policies as outlook
from registry import policies as registry

COUNT_SECONDS = 30
COUNT_BOUND = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the menu: who sees it, and how many things wait there."""

    label: str | Promise
    view: str
    icon: str
    allowed: Callable[[Any], bool]
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu as the template shows it."""

    label: str | Promise
    url: str
    icon: str
    count: int | None
    active: bool


def _new_leads(user: Any) -> int:
    return int(Lead.objects.visible_to(user).to_triage()[:COUNT_BOUND].count())


def _cases_under_way(user: Any) -> int:
    return int(Case.objects.visible_to(user).under_way()[:COUNT_BOUND].count())


def _changes_for_me(user: Any) -> int:
    return int(Change.objects.waiting_for(user)[:COUNT_BOUND].count())


def _votes_for_me(user: Any) -> int:
    return votes_waiting_for(user)[:COUNT_BOUND].count() if council.may_vote(user, None) else 0


def _everyone(_user: Any) -> bool:
    return True


MENU = [
    [
        Place(_("Dashboard"), "portal:dashboard", "layout-dashboard", _everyone),
        Place(_("Queue of leads"), "leads:list", "inbox", cases.may_see_leads, _new_leads),
        Place(_("Cases"), "cases:list", "folder", cases.may_see_cases, _cases_under_way),
        Place(_("Council"), "council:list", "gavel", council.may_see_council, _votes_for_me),
        Place(_("Tips"), "tips:list", "message-report", cases.may_file_tip),
    ],
    [
        Place(_("Registry"), "registry:list", "building-factory-2", registry.may_see_registry),
        Place(_("Exchange pilot"), "registry:exchange", "coins", registry.may_see_exchange),
        Place(_("Calculator"), "registry:calculator", "calculator", _everyone),
        Place(_("Meters and grid"), "grid:home", "activity", grid.may_see_grid),
        Place(_("Checks"), "crosschecks:checks", "git-compare", crosschecks.may_see_checks),
        Place(_("Power balance"), "outlook:balance", "chart-line", outlook.may_see_outlook),
        Place(_("Map"), "portal:map", "map-2", cases.may_see_leads),
    ],
    [
        Place(_("Law"), "law:home", "scale", _everyone),
        Place(_("Changes"), "changes:list", "arrows-diff", may_see_changes, _changes_for_me),
        Place(_("Public register"), "register:search", "world-search", _everyone),
        Place(_("People"), "people:list", "users", people.may_see_people),
        Place(_("Journal"), "journal:list", "history", people.may_see_journal),
        Place(_("Administration"), "admin:index", "settings", people.is_admin),
    ],
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the page frame; reckoned only where a template shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"tile_url": settings.TILE_URL}
    return {
        "nav": SimpleLazyObject(lambda: menu(user, request.path)),
        # A callable: a lazy object has no "%", which plural forms ask of a count.
        "unread": lru_cache(lambda: unread_count(user)),
        "tile_url": settings.TILE_URL,
    }


def menu(user: Any, path: str) -> list[list[Item]]:
    """The groups of the menu that this person sees; the open page's line is active."""
    groups = [[place for place in group if place.allowed(user)] for group in MENU]
    addresses = {place.view: reverse(place.view) for group in groups for place in group}
    fitting = [url for url in addresses.values() if path.startswith(url)]
    here = max(fitting, key=len, default="")
    return [
        [
            Item(
                place.label,
                addresses[place.view],
                place.icon,
                _kept_count(place, user),
                addresses[place.view] == here,
            )
            for place in group
        ]
        for group in groups
        if group
    ]


def _kept_count(place: Place, user: Any) -> int | None:
    if place.count is None:
        return None
    count = place.count
    key = f"menu:{place.view}:{user.pk}"
    return int(cache.get_or_set(key, lambda: count(user), COUNT_SECONDS) or 0)
