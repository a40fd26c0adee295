"""What the registry knows about a place and a party: each match with its reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz.fuzz import token_sort_ratio

from common.geo import cell, metres, neighbours
from common.identifiers import number_in
from common.names import latin, strip_legal_form
from pages.badges import Badge
from registry.choices import Status
from registry.models import Operator, Registration, Site
from registry.querysets import dated
from registry.selectors.declared import is_in_force
from registry.wording import RAN_OUT, status_badge

NEAR_M = 500.0  # metres; a farm and its meter's coordinates seldom lie further apart
SIMILAR = 88.0  # of 100; below it different companies begin to look alike
SIMILAR_LENGTH = 4  # shorter names are similar to everything
METER, NUMBER, PLACE, NAME = 8, 4, 2, 1  # weights: names only suggest
MOST_CANDIDATES = 200
MOST_MATCHES = 10


@dataclass(frozen=True, slots=True)
class StandingMatch:
    """One site of one registration that fits, strongest reason first.

    ``protected`` means that this entry was in force on the day: no restriction applies.
    """

    registration_number: str
    operator_name: str
    site_name: str
    state_badge: Badge
    declared_kw: float
    distance_m: float | None
    why: list[str]
    url: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """All matches, protected ones first.

    ``protected`` rests on a meter, a number or a place; a similar name alone does not carry it.
    """

    matches: list[StandingMatch]
    protected: bool

    @property
    def words(self) -> str:
        """The answer in one sentence; that nothing was found proves nothing."""
        if self.protected:
            return _("Registered: no restriction applies.")
        if self.matches:
            return _("The registry has an entry, but none in force on that day.")
        return _("The registry has no entry. That alone proves nothing.")


@dataclass(slots=True)
class _Found:
    """Reasons by site, with the weight by which matches are ordered."""

    reasons: dict[int, list[str]] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)
    distances: dict[int, float] = field(default_factory=dict)

    def add(self, site_id: int, reason: str, weight: int) -> None:
        self.reasons.setdefault(site_id, []).append(reason)
        self.weights[site_id] = self.weights.get(site_id, 0) + weight


def standing(
    *,
    meter: str = "",
    bin: str = "",
    name: str = "",
    lat: float | None = None,
    lon: float | None = None,
    on: date,
) -> Standing:
    """What the registry knows on that day, at most ten matches; at most five queries."""
    found = _Found()
    if meter:
        _by_meter(found, meter, on)
    number = number_in(bin)
    if number or name:
        _by_party(found, number, name)
    if lat is not None and lon is not None:
        _by_place(found, (lat, lon))
    return _weighed(found, on)


def _by_meter(found: _Found, meter: str, on: date) -> None:
    declaring = Site.objects.filter(dated(on, "meters__"), meters__code=meter)
    for site_id in declaring.values_list("pk", flat=True):
        found.add(site_id, _("same meter code"), METER)


def _by_party(found: _Found, number: str, name: str) -> None:
    operators: dict[int, list[tuple[str, int]]] = {}
    for operator in _candidates(number, name):
        reasons = operators.setdefault(operator.pk, [])
        if number and operator.bin == number:
            reasons.append((_("same BIN"), NUMBER))
        # A different number is a different party, however alike the names.
        if name and (not number or operator.bin == number) and _similar(operator, name):
            reasons.append((_("similar name"), NAME))
    sites = Site.objects.filter(
        registration__operator__in=[pk for pk, why in operators.items() if why]
    )
    for site_id, operator_id in sites.values_list("pk", "registration__operator_id"):
        for reason, weight in operators[operator_id]:
            found.add(site_id, reason, weight)


def _candidates(number: str, name: str) -> Iterable[Operator]:
    wanted = Q(bin=number) if number else Q(pk__in=())
    words = [word for word in latin(strip_legal_form(name)).split() if len(word) >= SIMILAR_LENGTH]
    for word in words:
        wanted |= Q(search__contains=word)
    return Operator.objects.filter(wanted)[:MOST_CANDIDATES]


def _similar(operator: Operator, name: str) -> bool:
    asked = latin(strip_legal_form(name))
    names = (operator.name, operator.name_kk, operator.name_ru, operator.name_en)
    bare = (latin(strip_legal_form(one)) for one in names if one)
    return any(_alike(asked, one) for one in bare)


def _alike(one: str, other: str) -> bool:
    """Nearly the same words, and exactly the same numbers: «Энергия-2» is not «Энергия-3»."""
    return _numbers(one) == _numbers(other) and token_sort_ratio(one, other) >= SIMILAR


def _numbers(name: str) -> list[str]:
    return [word for word in name.split() if word.isdigit()]


def _by_place(found: _Found, place: tuple[float, float]) -> None:
    cells = neighbours(cell(*place))
    for site_id, lat, lon in Site.objects.filter(cell__in=cells).values_list("pk", "lat", "lon"):
        distance = metres(place, (lat, lon))
        if distance <= NEAR_M:
            found.distances[site_id] = distance
            found.add(site_id, _("within %(metres)d m") % {"metres": round(distance)}, PLACE)


def _weighed(found: _Found, on: date) -> Standing:
    best = sorted(found.weights, key=lambda pk: -found.weights[pk])[: MOST_MATCHES * 3]
    sites = {site.pk: site for site in _sites(best)}
    registrations = {site.registration_id for site in sites.values()}
    statuses = dict(
        Registration.objects.as_of(on).filter(pk__in=registrations).values_list("pk", "status_on")
    )
    told = {pk: _match(sites[pk], statuses[sites[pk].registration_id], found, on) for pk in best}
    matches = sorted(told.values(), key=lambda match: not match.protected)[:MOST_MATCHES]
    strong = any(one.protected and found.weights[pk] > NAME for pk, one in told.items())
    return Standing(matches, strong)


def _sites(ids: list[int]) -> Any:
    return Site.objects.filter(pk__in=ids).select_related("registration__operator")


def _match(site: Site, status: str | None, found: _Found, on: date) -> StandingMatch:
    registration = site.registration
    protected = is_in_force(status, registration.valid_from, registration.valid_to, on)
    over = status == Status.ACTIVE and not protected
    return StandingMatch(
        registration_number=registration.number,
        operator_name=registration.operator.display_name,
        site_name=site.name,
        state_badge=RAN_OUT if over else status_badge(status),
        declared_kw=float(site.declared_kw),
        distance_m=found.distances.get(site.pk),
        why=found.reasons[site.pk],
        url=registration.get_absolute_url(),
        protected=protected,
    )
