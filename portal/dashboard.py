"""What the dashboard shows to one person: what waits, what is new, the state of the group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.policies import is_official
from cases import policies as case_policies
from cases.models import Case
from cases.selectors import SinceLastVisit, Waiting, since_last_visit, soonest, waiting_for
from cases.selectors.terms import days_left
from common import clock
from common.regions import REGIONS
from council.policies import may_vote
from council.selectors import votes_waiting_for
from crosschecks.selectors.precision import Precision, precision_by_check
from crosschecks.selectors.runs import late_feeds_now
from grid.policies import may_see_grid
from outlook.selectors import GroupPicture, LeadPath, RegionPicture, picture
from pages.outline import outline, place
from pages.parts import Act, Tile
from pages.wording import number

WAITING_SHOWN = 7
REGIONS_SHOWN = 8
FRESH = timedelta(minutes=45)  # the picture is taken every ten minutes
RADIUS = 2.5  # of a circle of one MW, in the outline's units
LEAST_RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line of what happened since the last visit."""

    icon: str
    text: str
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road of a lead; ``share`` of the first step, 0 to 1."""

    label: str
    figure: int
    share: float
    detail: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A region on the outline; radii so that areas follow the power."""

    x: float
    y: float
    r_sus: float
    r_reg: float
    label: str
    label_y: float


def context_for(user: Any, since: datetime | None) -> dict[str, Any]:
    """Everything that templates/portal/dashboard.html asks for."""
    waiting = soonest([*waiting_for(user), *_votes(user)])
    context: dict[str, Any] = {
        "today": clock.today(),
        "head_acts": list(_head_acts(user)),
        "waiting": waiting[:WAITING_SHOWN],
        "waiting_total": len(waiting),
        "waiting_url": reverse("cases:list") if case_policies.may_see_cases(user) else "",
        "since": since,
        "news": _news(since_last_visit(user, since)) if since else [],
        "stale": _stale() if may_see_grid(user) else None,
    }
    taken = picture() if case_policies.may_see_leads(user) else None
    return context | (_state(taken) if taken else {})


def _votes(user: Any) -> Iterator[Waiting]:
    """Proposals on which the person is to vote for the own body."""
    if may_vote(user, None):
        for one in votes_waiting_for(user)[:WAITING_SHOWN]:
            title = _("Vote for my body: %(what)s") % {"what": one.title}
            left, url = days_left(one.vote_until), one.get_absolute_url()
            yield Waiting(left, title, one.number, "", None, one.vote_until, url)


def _head_acts(user: Any) -> Iterator[Act]:
    if case_policies.may_file_tip(user):
        yield Act(_("New tip"), reverse("tips:new"), icon="plus", primary=True)
    if case_policies.may_see_leads(user) and is_official(user):
        yield Act(_("Triage the queue"), reverse("leads:list"), primary=True)


def _state(taken: GroupPicture) -> dict[str, Any]:
    shown, rest = taken.regions[:REGIONS_SHOWN], taken.regions[REGIONS_SHOWN:]
    return {
        "tiles": list(_tiles(taken)),
        "computed_at": taken.taken_at,
        "funnel": {
            "from": clock.day_of(taken.path.since),
            "to": clock.day_of(taken.taken_at),
            "steps": _steps(taken.path),
        },
        "map_url": reverse("portal:map"),
        "regions": [_region_row(region) for region in shown],
        "regions_rest": _rest_row(rest) if rest else None,
        "regions_top": max(
            (max(one.suspected, one.registered) for one in taken.regions), default=1
        ),
        "circles": _circles(taken.regions),
        "outline": outline(),
    }


def _stale() -> dict[str, Any] | None:
    late = [feed for feed in late_feeds_now() if feed.last_complete_day]
    if not late:
        return None
    last: date = min(feed.last_complete_day for feed in late if feed.last_complete_day)
    days = max(feed.days_late for feed in late)
    return {"days": days, "last": last, "url": reverse("grid:home")}


def _news(new: SinceLastVisit) -> list[NewsLine]:
    queue, cases = (reverse("leads:list"), _("queue")), (reverse("cases:list"), _("cases"))
    leads = ngettext("%(n)s new lead", "%(n)s new leads", new.leads)
    opinions = ngettext("%(n)s opinion received", "%(n)s opinions received", new.opinions)
    notes = ngettext("%(n)s new note in cases", "%(n)s new notes in cases", new.comments)
    closed = ngettext("%(n)s case closed", "%(n)s cases closed", new.closed)
    lines = [
        (new.leads, "inbox", leads, queue),
        (new.opinions, "message-circle", opinions, cases),
        (new.comments, "message", notes, cases),
        (new.closed, "circle-check", closed, cases),
    ]
    return [
        NewsLine(icon, words % {"n": number(count)}, *link)
        for count, icon, words, link in lines
        if count
    ]


def _tiles(taken: GroupPicture) -> Iterator[Tile]:
    late = taken.taken_at if timezone.now() - taken.taken_at > FRESH else None
    low, high = taken.total("suspected_low"), taken.total("suspected_high")
    yield Tile(
        _("Suspected load"), number((low + high) / 2), _("MW"),
        _("from %(low)s to %(high)s; open leads and cases")
        % {"low": number(low), "high": number(high)}, stale=late,
    )  # fmt: skip
    yield Tile(
        _("Registered power"), number(taken.total("registered")), _("MW"),
        _("operators: %(operators)s, sites: %(sites)s")
        % {"operators": number(taken.operators), "sites": number(taken.total("sites"))},
    )  # fmt: skip
    yield _confirmed_tile()
    yield _precision_tile(list(precision_by_check().values()))


def _confirmed_tile() -> Tile:
    year = clock.today().year
    cases = Case.objects.filter(outcome="confirmed", closed_at__year=year)
    powers = cases.values_list("est_kw_low", "est_kw_high")
    mw = sum(((low or high or 0) + (high or low or 0)) / 2 for low, high in powers) / 1000
    words = ngettext("%(n)s case", "%(n)s cases", len(powers))
    return Tile(_("Confirmed this year"), number(mw, 1), _("MW"), words % {"n": len(powers)})


def _precision_tile(checks: Sequence[Precision]) -> Tile:
    total = Precision(
        sum(one.right for one in checks),
        sum(one.n for one in checks),
        sum(one.unchecked for one in checks),
    )
    of = _("of %(n)s") % {"n": number(total.n)}
    return Tile(_("Findings confirmed"), number(total.right), of, total.words)


def _steps(path: LeadPath) -> list[Step]:
    ended = sum(path.outcomes.values())
    sources = path.by_source.get
    first = max(path.leads, 1)
    return [
        Step(_("Leads"), path.leads, 1.0 if path.leads else 0.0,
             _("tips: %(tips)s, findings: %(findings)s, referrals: %(referrals)s")
             % {"tips": number(sources("tip", 0)), "findings": number(sources("finding", 0)),
                "referrals": number(sources("referral", 0))}),
        Step(_("Triaged"), path.triaged, path.triaged / first,
             _("waiting: %(n)s") % {"n": number(path.leads - path.triaged)}),
        Step(_("Cases"), path.cases, min(1.0, path.cases / first),
             _("under way: %(n)s") % {"n": number(path.cases - ended)}),
        Step(_("Outcome"), ended, min(1.0, ended / first),
             _("confirmed: %(confirmed)s, referred: %(referred)s, regularised: %(regularised)s, "
               "not confirmed: %(not)s")
             % {"confirmed": number(path.outcomes.get("confirmed", 0)),
                "referred": number(path.outcomes.get("referred", 0)),
                "regularised": number(path.outcomes.get("regularised", 0)),
                "not": number(path.outcomes.get("not_confirmed", 0))}),
    ]  # fmt: skip


def _region_row(region: RegionPicture) -> dict[str, Any]:
    return {
        "name": REGIONS[region.code].short_name(_language()),
        "suspected": region.suspected,
        "registered": region.registered,
        "cases": region.cases,
        "url": f"{reverse('leads:list')}?region={region.code}",
    }


def _rest_row(rest: Sequence[RegionPicture]) -> dict[str, Any]:
    return {
        "n": len(rest),
        "suspected": sum(region.suspected for region in rest),
        "registered": sum(region.registered for region in rest),
        "cases": sum(region.cases for region in rest),
        "url": reverse("leads:list"),
    }


def _circles(regions: Sequence[RegionPicture]) -> list[Circle]:
    circles = []
    for rank, region in enumerate(regions):
        known = REGIONS[region.code]
        x, y = place(known.lat, known.lon)
        suspected, registered = _radius(region.suspected), _radius(region.registered)
        label = known.short_name(_language()) if rank < REGIONS_SHOWN and region.suspected else ""
        below = y + max(suspected, registered) + 11
        circles.append(Circle(x, y, suspected, registered, label, below))
    return circles


def _radius(mw: float) -> float:
    return max(LEAST_RADIUS, RADIUS * sqrt(mw)) if mw else 0.0


def _language() -> str:
    return get_language() or "ru"
