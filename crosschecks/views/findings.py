"""One finding: why, since when, what people decided; putting it aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Refused
from crosschecks import actions, policies
from crosschecks.catalogue import CHECKS
from crosschecks.choices import Seen
from crosschecks.forms import SuppressForm
from crosschecks.models import Finding
from crosschecks.selectors.findings import finding_view
from crosschecks.selectors.runs import title_of
from crosschecks.views.access import for_those_who_see_checks
from crosschecks.wording import SEEN_WORDS, decision_badge, finding_badge, severity_badge
from journal.selectors import history_of
from pages.parts import Crumb, Fact
from pages.wording import kw, number, short_date


@for_those_who_see_checks
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    found = _finding(request, pk)
    view = finding_view(found)
    context = {
        "view": view,
        "finding": found,
        "title": title_of(found.check_slug),
        "badge": finding_badge(found.state),
        "decision": decision_badge(found.decision),
        "severity": severity_badge(found.severity),
        "facts": _facts(found),
        "path": [
            Crumb(_("Cross-checks"), reverse("crosschecks:checks")),
            Crumb(_("Findings"), reverse("crosschecks:findings")),
        ],
        "sightings": [(one, SEEN_WORDS[Seen(one.seen)]) for one in view.sightings],
        "events": history_of(found),
        "suppress_form": SuppressForm(),
        "may_suppress": policies.may_suppress(request.user),
        "known": found.check_slug in CHECKS,
    }
    return render(request, "crosschecks/finding.html", context)


@require_POST
@for_those_who_see_checks
def suppress(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _finding(request, pk), SuppressForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a reason and the day until which it holds."))
        return redirect(found)
    try:
        actions.suppress_finding(
            finding=found,
            reason=form.cleaned_data["reason"],
            until=form.cleaned_data["until"],
            actor=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The finding is put aside."))
    return redirect(found)


@require_POST
@for_those_who_see_checks
def unsuppress(request: HttpRequest, pk: int) -> HttpResponse:
    found = _finding(request, pk)
    try:
        actions.unsuppress_finding(finding=found, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _finding(request: HttpRequest, pk: int) -> Finding:
    rows = Finding.objects.visible_to(request.user).select_related("first_run", "last_run")
    found: Finding = get_object_or_404(rows, pk=pk)
    return found


def _estimate(finding: Finding) -> str:
    """The range in kW; one figure when both ends are alike."""
    low, high = number(finding.est_kw_low), number(finding.est_kw_high)
    return kw(finding.est_kw_high) if low == high else f"{low}–{kw(finding.est_kw_high)}"


def _facts(finding: Finding) -> list[Fact]:
    rows = [
        Fact(_("First seen"), short_date(finding.first_seen)),
        Fact(_("Seen last"), short_date(finding.last_seen)),
        Fact(_("Estimate"), _estimate(finding), strong=True),
        Fact(_("Declared"), kw(finding.declared_kw)),
    ]
    if finding.party_name:
        rows.append(Fact(_("Party"), finding.party_name))
    if finding.registration:
        rows.append(Fact(_("Registration"), finding.registration))
    return rows
