"""What the page of a case shows: head, clocks, tabs with counters, gates, one tab."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from cases import policies
from cases.choices import UNDER_WAY, Audience, ParticipationRole
from cases.forms.citing import GroundForm
from cases.forms.work import CommentForm, EvidenceForm, InformForm, TaskForm
from cases.models import Case
from cases.selectors.clocks import clocks_of
from cases.selectors.gates import decision_gates
from cases.selectors.registry_box import protected_of_case, registry_box
from cases.selectors.similar import similar_to
from cases.selectors.timeline import Entry as Told
from cases.selectors.timeline import timeline_of
from cases.views.caseparts import (
    acts_of_case,
    clocks_of_case,
    facts_of_case,
    opinion_line,
    task_line,
    withheld_of_case,
)
from cases.workflow import CASES
from pages.asking import UNPROCESSABLE
from pages.badges import Badge
from pages.parts import Crumb, Entry
from registry.models import Operator

ADDING: dict[str, type[forms.Form]] = {
    "comment": CommentForm,
    "task": TaskForm,
    "evidence": EvidenceForm,
    "ground": GroundForm,
    "inform": InformForm,
}


def case_page(
    request: SignedInRequest, case: Case, tab: str, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page with one tab open; ``bound`` are refused forms, shown with what was written."""
    known = tab if tab in TABS else "timeline"
    context = _frame(request, case) | {"tab": known, "tab_template": f"cases/tabs/{known}.html"}
    context |= TABS[known](request, case)
    context["add"] = _blank_forms(request, case) | (bound or {})
    status = UNPROCESSABLE if bound else 200
    return render(request, "cases/detail.html", context, status=status)


def _frame(request: SignedInRequest, case: Case) -> dict[str, Any]:
    user: Any = request.user
    opinions = list(case.opinions.select_related("agency", "answered_by"))
    tasks = list(case.tasks.select_related("agency", "assignee", "done_by"))
    offers = CASES.offered(case, user)
    shown, rest = acts_of_case(case, user, offers)
    main = [act for act in shown if act.primary] or shown[:1]
    entries = timeline_of(case, user)
    gates = decision_gates(case) if case.state in UNDER_WAY else []
    met = sum(1 for gate in gates if gate.ok)
    return {
        "case": case,
        "opinions": [opinion_line(opinion, user) for opinion in opinions],
        "opinions_given": sum(1 for opinion in opinions if opinion.answer),
        "tasks": [task_line(task, user) for task in tasks],
        "path": [Crumb(_("Cases"), reverse("cases:list")), Crumb(case.number)],
        "facts": facts_of_case(case),
        "main_act": main,
        "side_acts": [act for act in shown if act not in main],
        "more_acts": rest,
        "clocks": clocks_of_case(case, clocks_of(case, user)),
        "entries": entries,
        "similar": similar_to(case, user),
        "leads": list(case.leads.all()),
        "evidence": list(case.evidence.select_related("added_by", "agency")),
        "participations": list(case.participations.all()),
        "citations": list(case.citations.standing().select_related("act", "norm__act", "cited_by")),
        "gates": gates,
        "withheld": withheld_of_case(offers),
        "may_close": any(o.move.verb == "close" and o.ready for o in offers),
        "gates_ok": met == len(gates),
        "gates_met": _("%(n)d of %(all)d conditions") % {"n": met, "all": len(gates)},
        "decision": case.decisions.select_related("decided_by").first(),
        "may_contribute": policies.may_contribute(user, case),
        "may_lead": policies.may_add_task(user, case),
        "counts": {
            "timeline": len(entries),
            "tasks": f"{sum(1 for t in tasks if t.done_at)}/{len(tasks)}",
            "opinions": f"{sum(1 for o in opinions if o.answer)}/{len(opinions)}",
        },
    }


def _blank_forms(request: SignedInRequest, case: Case) -> dict[str, forms.Form]:
    blank: Any = ADDING
    return {what: form(subject=case, user=request.user) for what, form in blank.items()}


# ── Tabs ─────────────────────────────────────────────────────────────────────


def _timeline(request: SignedInRequest, case: Case) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    told = timeline_of(case, request.user)
    kinds = {name: sum(1 for e in told if e.kind == name) for name in ("fact", "said", "outside")}
    kept = [entry for entry in told if not kind or entry.kind == kind]
    return {"stream": [_entry(entry, request) for entry in kept], "kind": kind, "kinds": kinds}


def _entry(told: Told, request: SignedInRequest) -> Entry:
    if told.event is not None:
        event = told.event
        text = ": ".join(part for part in (event.words, told.what) if part)
        if event.reason:
            text = f"{text}: «{event.reason}»"
        return Entry("fact", told.at, text, who=event.actor_label)
    note = told.comment
    if note is None:
        raise ValueError("an entry has an event or a comment")
    who = f"{note.author.full_name}, {note.agency.name}"
    if note.happened_on:
        return Entry(
            "outside",
            told.at,
            note.text,
            who=who,
            lead=_("Event outside"),
            happened=note.happened_on,
        )
    url = ""
    if policies.may_edit_comment(request.user, note):
        url = reverse("cases:edit_comment", args=[note.case.number, note.pk])
    return Entry(
        "said",
        told.at,
        note.text,
        who=who,
        audience=_audience(note),
        edited_at=note.edited_at,
        url=url,
    )


def _audience(note: Any) -> Badge:
    if note.audience == Audience.PARTICIPANTS:
        return Badge(_("all participants"), icon="users", line=True)
    return Badge(_("only %(body)s") % {"body": note.agency.name}, icon="lock", line=True)


def _nothing(request: SignedInRequest, case: Case) -> dict[str, Any]:
    return {}


def _leads(request: SignedInRequest, case: Case) -> dict[str, Any]:
    found = case.leads.by_two_persons().exclude(stated=None)
    people = found.select_related("stated__stated_by", "decided_by")
    confirmed = list(people.prefetch_related("stated__sources"))
    liftings = case.liftings.select_related("decision__operator")
    bearers = Operator.objects.visible_to(request.user).filter(bin__in=protected_of_case(case))
    return {
        "box": registry_box(case),
        "confirmed": confirmed,
        "liftings": list(liftings),
        "bearers": list(bearers),
    }


def _access(request: SignedInRequest, case: Case) -> dict[str, Any]:
    return {"lead_role": ParticipationRole.LEAD}


TABS: dict[str, Callable[[SignedInRequest, Case], dict[str, Any]]] = {
    "timeline": _timeline,
    "tasks": _nothing,
    "opinions": _nothing,
    "evidence": _nothing,
    "grounds": _nothing,
    "leads": _leads,
    "similar": _nothing,
    "access": _access,
}
