"""The checks: what each looks for, how it is set, and asking for a run."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Refused
from crosschecks import actions, policies, tasks
from crosschecks.catalogue import CHECKS, Check
from crosschecks.forms import ReasonForm, RunForm
from crosschecks.models import CheckRun, Threshold
from crosschecks.selectors.overview import check_cards
from crosschecks.selectors.runs import late_feeds_now, newest_complete_day
from crosschecks.selectors.thresholds import told_source
from crosschecks.views.access import for_those_who_see_checks
from crosschecks.wording import run_badge
from pages.parts import Crumb

RECENT_RUNS = 30


@for_those_who_see_checks
def checks(request: HttpRequest) -> HttpResponse:
    """Every check with its last run, its findings and its own precision."""
    cards = check_cards()
    context = {
        "cards": [(card, card.last_run and run_badge(card.last_run.state)) for card in cards],
        "late": late_feeds_now(),
    }
    return render(request, "crosschecks/checks.html", context)


@for_those_who_see_checks
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """One check: thresholds with their history, recent runs, pause and run now."""
    found = _check(slug)
    runs = CheckRun.objects.visible_to(request.user).filter(check_slug=slug)
    day = newest_complete_day()
    context = {
        "card": next(card for card in check_cards() if card.check is found),
        "runs": [(run, run_badge(run.state)) for run in runs[:RECENT_RUNS]],
        "history": [
            (row, found.names.get(row.name, row.name), told_source(row.source))
            for row in Threshold.objects.filter(check_slug=slug).select_related("set_by")
        ],
        "path": [Crumb(_("Cross-checks"), reverse("crosschecks:checks"))],
        "run_form": RunForm(initial={"day": day}),
        "pause_form": ReasonForm(),
        "may_run": policies.may_run(request.user) and day is not None,
        "may_pause": policies.may_pause(request.user),
    }
    return render(request, "crosschecks/check.html", context)


@require_POST
@for_those_who_see_checks
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a run of one day; a run that is under way is shown instead."""
    form = RunForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day to be checked."))
        return redirect("crosschecks:check", slug)
    try:
        asked = actions.queue_run(
            slug=_check(slug).slug, day=form.cleaned_data["day"], actor=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("crosschecks:check", slug)
    tasks.run_check_day.delay_on_commit(asked.pk)
    return redirect(asked)


@require_POST
@for_those_who_see_checks
def pause(request: HttpRequest, slug: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        actions.pause_check(slug=_check(slug).slug, reason=reason, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The check is paused."))
    return redirect("crosschecks:check", slug)


@require_POST
@for_those_who_see_checks
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    actions.resume_check(slug=_check(slug).slug, actor=request.user)
    messages.success(request, _("The check runs by itself again."))
    return redirect("crosschecks:check", slug)


def _check(slug: str) -> Check:
    try:
        return CHECKS.get(slug)
    except KeyError as unknown:
        raise Http404 from unknown
