"""What the registry knows about a place and a party: each match with its reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.geo import cell, metres, neighbours
from common.identifiers import number_in
from pages.badges import Badge
from registry.choices import Status
from registry.matching import Match, Party, several
from registry.models import Operator, Registration, Site
from registry.selectors.declared import is_in_force
from registry.selectors.marks import NEAR_M, declaring, marked
from registry.selectors.meant import Asked, asked_of, index_of, operators_like
from registry.wording import RAN_OUT, reason_words, status_badge

SIMILAR = ("name_equal", "name_spelling", "name_part")  # reasons of the matcher
OTHER_NAME = {"numbers_clash", "number_missing"}
METER, NUMBER, PLACE, NAME = 8, 4, 2, 1  # weights: names only suggest
MOST_MATCHES = 10


@dataclass(frozen=True, slots=True)
class StandingMatch:
    """One site of one registration that fits, strongest reason first.

    ``protected`` means that its operator carried the mark on the day: no restriction applies.
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
    ``operators`` are the numbers of those who carry the mark for such a reason.
    """

    matches: list[StandingMatch]
    operators: frozenset[str]

    @property
    def protected(self) -> bool:
        """Whether somebody is concerned to whom no restriction applies."""
        return bool(self.operators)

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
    weights: dict[int, float] = field(default_factory=dict)
    distances: dict[int, float] = field(default_factory=dict)
    operators: set[int] = field(default_factory=set)  # by more than a name

    def add(self, site_id: int, reason: str, weight: float) -> None:
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
    """What the registry knows on that day, at most ten matches; at most 14 queries."""
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
    for one in declaring([meter], on).get(meter, ()):
        found.add(one.site_id, _("same meter code"), METER)
        found.operators.add(one.operator_id)


def _by_party(found: _Found, number: str, name: str) -> None:
    """Whoever has the number, and those that the matcher takes the name for."""
    party = Party("", (name,) if name else (), number)
    asked = asked_of([party])
    operators = operators_like(party, asked)
    reasons = _reasons(party, operators, asked)
    certain = {pk for pk, why in reasons.items() if any(weight >= NUMBER for _, weight in why)}
    for pk, reason in asked.known.one_with(certain).items():
        reasons[pk] = [(reason_words(reason.code, reason.params), NUMBER)]
        certain.add(pk)
    found.operators |= certain
    sites = Site.objects.filter(registration__operator__in=list(reasons))
    for site_id, operator_id in sites.values_list("pk", "registration__operator_id"):
        for text, weight in reasons[operator_id]:
            found.add(site_id, text, weight)


def _reasons(
    party: Party, operators: Sequence[Operator], asked: Asked
) -> dict[int, list[tuple[str, float]]]:
    """What speaks for each operator, with its weight.

    Whom people called another party is left out, unless its very number is given.
    """
    judged_of = asked.known.of(party)
    numbers = {str(one.pk): one.bin for one in operators}
    found: dict[int, list[tuple[str, float]]] = {
        key: [(reason_words(one.code, one.params), NUMBER)]
        for key, one in judged_of.items()
        if one.code == "judged_same"
    }
    for match in several(index_of(operators, asked), party, alone=True):
        key = int(match.key)
        told: list[tuple[str, float]] = []
        if party.bin and numbers[match.key] == party.bin:
            told.append((_("same BIN"), NUMBER))
        elif key in judged_of and judged_of[key].code == "judged_different":
            continue
        if name := _name_words(match):
            told.append((name, NAME * match.score))
        if told:
            found[key] = [*told[:1], *found.get(key, []), *told[1:]]
    return found


def _name_words(match: Match) -> str:
    """How the name fits, "" if it does not: a number in one name alone makes it another name."""
    codes = [reason.code for reason in match.reasons]
    if match.verdict == "none" or OTHER_NAME & set(codes):
        return ""
    fits = [code for code in codes if code in SIMILAR]
    if "name_part" in fits and "identifier_equal" in codes:
        return ""
    return reason_words(fits[0], {}) if fits else ""


def _by_place(found: _Found, place: tuple[float, float]) -> None:
    sites = Site.objects.filter(cell__in=neighbours(cell(*place)))
    for pk, lat, lon, operator_id in sites.values_list(
        "pk", "lat", "lon", "registration__operator_id"
    ):
        distance = metres(place, (lat, lon))
        if distance <= NEAR_M:
            found.distances[pk] = distance
            found.add(pk, _("within %(metres)d m") % {"metres": round(distance)}, PLACE)
            found.operators.add(operator_id)


def _weighed(found: _Found, on: date) -> Standing:
    best = sorted(found.weights, key=lambda pk: -found.weights[pk])[: MOST_MATCHES * 3]
    sites = list(_sites(best))
    sites.sort(key=lambda site: best.index(site.pk))
    statuses = dict(
        Registration.objects.as_of(on)
        .filter(pk__in={site.registration_id for site in sites})
        .values_list("pk", "status_on")
    )
    holders = marked(found.operators | {site.registration.operator_id for site in sites}, on)
    told = [_match(site, statuses[site.registration_id], found, holders, on) for site in sites]
    shown = {site.registration.operator_id for site in sites}
    protected = found.operators & holders
    told += _without_a_site(protected - shown, on)
    matches = sorted(told, key=lambda match: not match.protected)[:MOST_MATCHES]
    numbers = Operator.objects.filter(pk__in=protected).values_list("bin", flat=True)
    return Standing(matches, frozenset(numbers) if protected else frozenset())


def _sites(ids: list[int]) -> Any:
    return Site.objects.filter(pk__in=ids).select_related("registration__operator")


def _match(
    site: Site, status: str | None, found: _Found, holders: set[int], on: date
) -> StandingMatch:
    registration = site.registration
    in_force = is_in_force(status, registration.valid_from, registration.valid_to, on)
    over = status == Status.ACTIVE and not in_force
    return StandingMatch(
        registration_number=registration.number,
        operator_name=registration.operator.display_name,
        site_name=site.name,
        state_badge=RAN_OUT if over else status_badge(status),
        declared_kw=float(site.declared_kw),
        distance_m=found.distances.get(site.pk),
        why=found.reasons[site.pk],
        url=registration.get_absolute_url(),
        protected=registration.operator_id in holders,
    )


def _without_a_site(operators: set[int], on: date) -> list[StandingMatch]:
    """Entries in force that name no place: their operators carry the mark all the same."""
    if not operators:
        return []
    entries = Registration.objects.in_force(on).filter(operator__in=operators)
    return [
        StandingMatch(
            registration_number=one.number,
            operator_name=one.operator.display_name,
            site_name=_("no site named"),
            state_badge=status_badge(one.status_on),
            declared_kw=0.0,
            distance_m=None,
            why=[_("same BIN")],
            url=one.get_absolute_url(),
            protected=True,
        )
        for one in entries.select_related("operator")
    ]
