"""Pages of the law: what is in force, what was merely said, and what is counted."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from common import clock
from law.choices import ActStatus, Matter
from law.lists import told_day
from law.models import Act, CalendarYear, MonthlyIndex, MovedDay, Norm, Position, SaleQuota, Term
from law.selectors import in_force, may_found, regimes, was_competent
from law.wording import STATEMENT, STATUS_BADGES, UNVERIFIED, VERIFIED
from pages.parts import Crumb, Fact
from pages.wording import short_date


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What an operator needs on a day, what is in force then, and where the rest stands."""
    day = _day(request)
    context = {
        "day": day,
        "is_today": day == clock.today(),
        "regimes": regimes(day),
        "acts": in_force(day),
        "quotas": SaleQuota.objects.visible_to(request.user).on(day),
        "index": MonthlyIndex.objects.visible_to(request.user).on(day),
    }
    return render(request, "law/home.html", context)


@login_required
def terms(request: HttpRequest) -> HttpResponse:
    """Every signed-in person may read which terms the portal counts."""
    context = {
        "terms": Term.objects.all(),
        "years": CalendarYear.objects.all(),
        "moved": MovedDay.objects.filter(day__year__gte=clock.today().year - 1),
        "path": _path(),
    }
    return render(request, "law/terms.html", context)


@login_required
def act(request: HttpRequest, code: str) -> HttpResponse:
    """An act with its norms, and whether it can found on a day."""
    rows = Act.objects.visible_to(request.user).select_related("body").prefetch_related("norms")
    shown: Act = get_object_or_404(rows, code=code)
    day = _day(request)
    context = {
        "act": shown,
        "day": day,
        "verdict": may_found(shown, day),
        "state": STATUS_BADGES[ActStatus(shown.status)],
        "verified": VERIFIED if shown.verified else UNVERIFIED,
        "facts": [
            Fact(_("Body"), shown.body),
            Fact(_("Number"), " ".join([shown.get_kind_display(), shown.number])),
            Fact(_("Dated"), short_date(shown.dated)),
            Fact(_("In force"), _span(shown.in_force_from, shown.in_force_to)),
            Fact(_("Matter"), shown.get_matter_display()),
        ],
        "path": [*_path(), Crumb(_("Legal acts"), reverse("law:acts"))],
    }
    return render(request, "law/act.html", context)


@login_required
def norm(request: HttpRequest, code: str) -> HttpResponse:
    """A norm, and in a slot the open cases that cite it."""
    rows = Norm.objects.visible_to(request.user).select_related("act__body")
    shown: Norm = get_object_or_404(rows, code=code)
    day = _day(request)
    since, until = (
        shown.in_force_from or shown.act.in_force_from,
        shown.in_force_to or shown.act.in_force_to,
    )
    context = {
        "norm": shown,
        "day": day,
        "verdict": may_found(shown, day),
        "state": STATUS_BADGES[ActStatus(shown.act.status)],
        "verified": VERIFIED if shown.verified else UNVERIFIED,
        "facts": [
            Fact(_("Place in the act"), shown.label),
            Fact(_("In force"), _span(since, until)),
        ],
        "path": [
            *_path(),
            Crumb(_("Legal acts"), reverse("law:acts")),
            Crumb(str(shown.act), shown.act.get_absolute_url()),
        ],
    }
    return render(request, "law/norm.html", context)


@login_required
def position(request: HttpRequest, code: str) -> HttpResponse:
    """A statement, with its force and what became of it."""
    rows = Position.objects.visible_to(request.user).select_related("body")
    shown: Position = get_object_or_404(rows, code=code)
    competent = was_competent(shown.body_id, shown.matter, shown.said_on)
    context = {
        "position": shown,
        "state": STATEMENT,
        "verdict": may_found(shown, shown.said_on),
        "verified": VERIFIED if shown.verified else UNVERIFIED,
        "facts": [
            Fact(_("Who spoke"), ", ".join(filter(None, [shown.speaker, str(shown.body)]))),
            Fact(_("Said"), told_day(shown)),
            Fact(_("Form"), shown.get_instrument_display()),
            Fact(_("Matter"), shown.get_matter_display()),
            Fact(_("Competent then"), _("yes") if competent else _("no")),
        ],
        "path": [*_path(), Crumb(_("Statements"), reverse("law:positions"))],
    }
    return render(request, "law/position.html", context)


@login_required
def banned(request: HttpRequest) -> HttpResponse:
    """Is mining banned? What was said, with what force, and what is in force today."""
    today = clock.today()
    said = Position.objects.visible_to(request.user).select_related("body").order_by("said_on")
    context = {
        "today": today,
        "regimes": regimes(today),
        "acts": [one for one in in_force(today) if one.matter == Matter.MINING],
        "said": [(one, told_day(one), _force(one)) for one in said],
        "path": _path(),
    }
    return render(request, "law/banned.html", context)


def _force(position: Position) -> str:
    """Whether the speaker's body could have settled it, in one line."""
    if was_competent(position.body_id, position.matter, position.said_on):
        return _("A competent body, but a statement and no act.")
    return _("No force: a statement, and the body was not competent for it.")


def _day(request: HttpRequest) -> date:
    try:
        return parse_date(request.GET.get("on", "")) or clock.today()
    except ValueError:  # a day that no calendar has
        return clock.today()


def _span(since: date | None, until: date | None) -> str:
    if since is None:
        return _("not in force")
    return f"{short_date(since)} – {short_date(until) if until else ''}"


def _path() -> list[Crumb]:
    return [Crumb(_("Law"), reverse("law:home"))]
