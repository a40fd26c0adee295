"""A decision on the mark "no restriction applies": its page, its draft, its moves."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.errors import NotAllowed
from journal.selectors import history_of
from pages.asking import Question, ask, refuse_unless_offered
from pages.parts import Act, Crumb, Fact
from pages.wording import short_date
from registry import actions
from registry.forms.protection import PROTECTION_DOORS, LiftingForm
from registry.models import Operator, ProtectionDecision
from registry.policies import prepares_mark_decisions
from registry.selectors.protection import gates_of
from registry.workflow import PROTECTION

PEOPLE = ("drafted_by", "proposed_by", "decided_by", "restoring_by", "reversed_by")


@login_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Grounds, hearing, named persons, what is missing, and the acts that this person may do."""
    found = _visible(request, pk)
    gates = gates_of(found)
    context = {
        "decision": found,
        "title": str(found),
        "path": [*_path(), Crumb(found.operator.display_name, found.operator.get_absolute_url())],
        "facts": _facts(found),
        "acts": _acts(found, request.user),
        "gates": gates,
        "gates_met": _("%(n)d of %(all)d conditions")
        % {"n": sum(gate.ok for gate in gates), "all": len(gates)},
        "persons": found.persons.all(),
        "events": history_of(found),
    }
    return render(request, "registry/protection.html", context)


@login_required
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The form by which a decision on an operator's mark begins."""
    operator = get_object_or_404(Operator.objects.visible_to(request.user), pk=pk)
    if not prepares_mark_decisions(request.user):
        raise NotAllowed(
            _("Decisions on the mark are prepared by officers and heads of the three bodies.")
        )
    form = LiftingForm(request.POST or None, subject=operator, user=request.user)
    made: list[ProtectionDecision] = []
    question = Question(
        title=_("Prepare a decision on the mark"),
        about=operator.display_name,
        back=operator.get_absolute_url(),
        path=[*_path(), Crumb(operator.display_name, operator.get_absolute_url())],
        template="registry/draft_protection.html",
    )
    response = ask(
        request,
        form,
        question,
        lambda _given: made.append(
            actions.draft_lifting(operator=operator, grounds=form.grounds(), actor=request.user)
        ),
        _("Drafted. The mark stays; the party is to be heard first."),
    )
    return redirect(made[0]) if made else response


@login_required
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Asks what the move needs and makes it; moves without questions ask for the button alone."""
    found = _visible(request, pk)
    if verb not in PROTECTION_DOORS:
        raise Http404
    step, door = PROTECTION.moves[verb], PROTECTION_DOORS[verb]
    refuse_unless_offered(PROTECTION, verb, found, request.user)
    form = door.form(request.POST or None, subject=found, user=request.user)
    if request.method == "POST" and not form.fields:
        form.is_bound = True
    question = Question(
        title=step.label,
        about=str(found),
        back=found.get_absolute_url(),
        path=[*_path(), Crumb(str(found), found.get_absolute_url())],
        gates=step.gates(found),
        danger=step.tone == "danger",
    )
    return ask(
        request,
        form,
        question,
        lambda given: door.act(found, request.user, given),
        _("Done: %(what)s.") % {"what": step.label},
    )


def _visible(request: HttpRequest, pk: int) -> ProtectionDecision:
    rows = ProtectionDecision.objects.visible_to(request.user)
    related = rows.select_related("operator", "lead_agency", "act", "norm__act", *PEOPLE)
    found: ProtectionDecision = get_object_or_404(
        related.prefetch_related("persons__person", "persons__agency"), pk=pk
    )
    return found


def _path() -> list[Crumb]:
    return [
        Crumb(_("Registry"), reverse("registry:list")),
        Crumb(_("Decisions on the mark"), reverse("registry:protections")),
    ]


def _facts(found: ProtectionDecision) -> list[Fact]:
    facts = [
        Fact(_("Lead body"), found.lead_agency.name),
        Fact(_("Drafted by"), f"{found.drafted_by}, {short_date(found.drafted_at)}"),
    ]
    if found.valid_from:
        until = short_date(found.valid_until) if found.valid_until else _("without an end")
        facts.append(Fact(_("Lifted"), f"{short_date(found.valid_from)} – {until}", strong=True))
    if found.reversed_on:
        facts.append(Fact(_("Carried again from"), short_date(found.reversed_on), strong=True))
    return facts


def _acts(found: ProtectionDecision, user: Any) -> list[Act]:
    return [
        Act(
            f"{offer.move.label}…",
            reverse("registry:protection_move", args=[found.pk, offer.move.verb]),
            primary=offer.move.primary and offer.ready,
            refusals=() if offer.ready else (_("see the conditions"),),
        )
        for offer in PROTECTION.offered(found, user)
    ]
