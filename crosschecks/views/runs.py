"""One run: a bar that moves while it is under way, true counts when it has ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crosschecks.catalogue import CHECKS
from crosschecks.choices import Seen
from crosschecks.models import CheckRun, Sighting
from crosschecks.selectors.runs import title_of, why_ended
from crosschecks.views.access import for_those_who_see_checks
from crosschecks.wording import SEEN_WORDS, finding_badge, run_badge
from journal.selectors import history_of
from pages.parts import Crumb, Fact
from pages.wording import moment, short_date

SHOWN = 200


@for_those_who_see_checks
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a run; its state block asks for itself again every second."""
    found = _run(request, pk)
    seen = Sighting.objects.filter(run=found).select_related("finding")
    context = {
        **_state(found),
        "path": [
            Crumb(_("Cross-checks"), reverse("crosschecks:checks")),
            Crumb(title_of(found.check_slug), reverse("crosschecks:check", args=[found.check_slug]))
            if found.check_slug in CHECKS
            else Crumb(found.check_slug),
        ],
        "facts": _facts(found),
        "sightings": [
            (one, SEEN_WORDS[Seen(one.seen)], finding_badge(one.finding.state))
            for one in seen[:SHOWN]
        ],
        "shown": SHOWN,
        "events": history_of(found),
    }
    return render(request, "crosschecks/run.html", context)


@for_those_who_see_checks
def run_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that moves; once the run has ended it tells the page to load its results."""
    found = _run(request, pk)
    response = render(request, "crosschecks/parts/run_state.html", _state(found))
    if not found.is_active:
        response["HX-Refresh"] = "true"
    return response


def _run(request: HttpRequest, pk: int) -> CheckRun:
    runs = CheckRun.objects.visible_to(request.user).select_related("asked_by")
    found: CheckRun = get_object_or_404(runs, pk=pk)
    return found


def _state(run: CheckRun) -> dict[str, object]:
    return {
        "run": run,
        "title": title_of(run.check_slug),
        "badge": run_badge(run.state),
        "why": why_ended(run),
    }


def _facts(run: CheckRun) -> list[Fact]:
    asked = run.asked_by.get_full_name() if run.asked_by else _("the schedule")
    values = ", ".join(f"{name} = {value:g}" for name, value in run.thresholds.items())
    rows = [
        Fact(_("Day"), short_date(run.day), strong=True),
        Fact(_("Asked by"), asked),
        Fact(_("Started"), moment(run.started_at)),
        Fact(_("Finished"), moment(run.finished_at)),
        Fact(_("Thresholds used"), values or "–"),
        Fact(_("Version of the check"), run.version or "–"),
    ]
    again = run.attempts > 1
    return [*rows, Fact(_("Attempts"), run.attempts)] if again else rows
