"""What the page of a case shows: head, clocks, tabs with counters, gates, one tab."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import SignedInRequest
from cases import policies
from cases.choices import UNDER_WAY, Answer, Audience, CaseState, ParticipationRole
from cases.forms.moves import CASE_DOORS
from cases.forms.work import CommentForm, EvidenceForm, InformForm, TaskForm
from cases.lists import with_mw
from cases.models import Case
from cases.selectors.clocks import Clocks, Due, clocks_of
from cases.selectors.gates import decision_gates
from cases.selectors.registry_box import registry_box
from cases.selectors.similar import similar_to
from cases.selectors.terms import days_left
from cases.selectors.timeline import Entry as Told
from cases.selectors.timeline import timeline_of
from cases.views.asking import UNPROCESSABLE
from cases.workflow import CASES
from journal.workflow import Offer
from pages.badges import Badge
from pages.parts import Act, Clock, Crumb, Entry, Fact
from pages.wording import number, short_date

SHOWN_BUTTONS = 2
NEXT = {
    CaseState.OPEN: "collect",
    CaseState.EVIDENCE: "prepare",
    CaseState.OPINIONS: "prepare",
    CaseState.DECISION: "decide",
}
ANSWERS = {
    Answer.FOR: Badge(Answer.FOR.label, "reg", "check"),
    Answer.AGAINST: Badge(Answer.AGAINST.label, "sus", "x"),
    Answer.ABSTAIN: Badge(Answer.ABSTAIN.label, icon="minus"),
}
ADDING: dict[str, type[forms.Form]] = {
    "comment": CommentForm,
    "task": TaskForm,
    "evidence": EvidenceForm,
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
    shown, rest = _acts(case, user, offers)
    main = [act for act in shown if act.primary] or shown[:1]
    entries = timeline_of(case, user)
    gates = decision_gates(case) if case.state in UNDER_WAY else []
    met = sum(1 for gate in gates if gate.ok)
    return {
        "case": case,
        "opinions": [_opinion(opinion, user) for opinion in opinions],
        "opinions_given": sum(1 for opinion in opinions if opinion.answer),
        "tasks": [_task(task, user) for task in tasks],
        "path": [Crumb(_("Cases"), reverse("cases:list")), Crumb(case.number)],
        "facts": _facts(case),
        "main_act": main,
        "side_acts": [act for act in shown if act not in main],
        "more_acts": rest,
        "clocks": _clocks(case, clocks_of(case, user)),
        "entries": entries,
        "similar": similar_to(case, user),
        "leads": list(case.leads.all()),
        "evidence": list(case.evidence.select_related("added_by", "agency")),
        "participations": list(case.participations.all()),
        "gates": gates,
        "withheld": _withheld(offers),
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


def _acts(case: Case, user: User, offers: list[Offer]) -> tuple[list[Act], list[Act]]:
    """At most two buttons, the next step of this state primary; the rest behind "…"."""
    owed = _owed(case, user)
    step = "" if owed else _next_step(case, offers)
    ready = [offer for offer in offers if offer.ready and offer.move.verb in CASE_DOORS]
    ready.sort(key=lambda offer: offer.move.verb != step)
    acts = owed + [
        Act(
            f"{offer.move.label}…",
            reverse("cases:move", args=[case.number, offer.move.verb]),
            primary=offer.move.verb == step,
        )
        for offer in ready
    ]
    return acts[:SHOWN_BUTTONS], acts[SHOWN_BUTTONS:]


def _owed(case: Case, user: User) -> list[Act]:
    """The opinion that the reader's body owes comes before every other act."""
    return [
        Act(
            _("Give the opinion…"),
            reverse("cases:give_opinion", args=[case.number, opinion.pk]),
            primary=True,
        )
        for opinion in case.opinions.all()
        if policies.may_give_opinion(user, opinion)
    ]


def _next_step(case: Case, offers: list[Offer]) -> str:
    """The move that brings the case on from its state, if it can be made now."""
    wanted = ("accept", NEXT.get(CaseState(case.state), ""))
    return next((o.move.verb for o in offers if o.ready and o.move.verb in wanted), "")


def _withheld(offers: list[Offer]) -> Offer | None:
    """The decisive move that this person could make, were its conditions met."""
    decisive = [o for o in offers if o.move.verb in ("decide", "prepare") and not o.ready]
    return decisive[0] if decisive else None


def _facts(case: Case) -> list[Fact]:
    others = [p.agency.name for p in case.current if p.agency_id != case.lead_agency_id]
    facts = [
        Fact(_("Led by"), case.lead_agency.name),
        Fact(_("Owner"), case.owner.full_name),
    ]
    if others:
        facts.append(Fact(_("Taking part"), ", ".join(others)))
    facts += [
        Fact(_("Opened"), short_date(case.opened_at)),
        Fact(_("Estimate"), with_mw(case.est_kw_low, case.est_kw_high), strong=True),
    ]
    if case.party_name:
        facts.append(Fact(_("Party"), case.party_name))
    if case.meter:
        facts.append(Fact(_("Meter"), case.meter))
    return facts


def _clocks(case: Case, told: Clocks) -> list[Clock]:
    base = case.get_absolute_url()
    term = _("until %(day)s") % {"day": short_date(told.due_on)}
    return [
        _clock("owe", told.owe, base, _("Nothing is asked of your body")),
        _clock("wait", told.wait, base, _("Nothing is awaited from others")),
        Clock(
            "term",
            told.left if case.state != CaseState.CLOSED else None,
            term if case.state != CaseState.CLOSED else _("case closed"),
            total=told.total,
            gone=told.gone,
        ),
    ]


def _clock(kind: Any, due: Due | None, base: str, nothing: str) -> Clock:
    if due is None:
        return Clock(kind, None, nothing)
    text = f"{due.what}, {short_date(due.due_on)}" if due.due_on else due.what
    act = _("Answer") if kind == "owe" else _("Look")
    return Clock(kind, due.days, text, url=f"{base}?tab={due.tab}", act=act)


def _opinion(opinion: Any, user: User) -> dict[str, Any]:
    left = days_left(opinion.due_on)
    waiting = Badge(
        _("%(n)s w. d.") % {"n": number(left)},
        "late" if (left or 0) < 0 else "",
        "hourglass",
        line=(left or 0) >= 0,
    )
    return {
        "row": opinion,
        "badge": ANSWERS[Answer(opinion.answer)] if opinion.answer else waiting,
        "may_answer": policies.may_give_opinion(user, opinion),
    }


def _task(task: Any, user: User) -> dict[str, Any]:
    return {
        "row": task,
        "days": None if task.done_at else days_left(task.due_on),
        "may_complete": policies.may_complete_task(user, task),
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
    return {"box": registry_box(case)}


def _access(request: SignedInRequest, case: Case) -> dict[str, Any]:
    return {"lead_role": ParticipationRole.LEAD}


TABS: dict[str, Callable[[SignedInRequest, Case], dict[str, Any]]] = {
    "timeline": _timeline,
    "tasks": _nothing,
    "opinions": _nothing,
    "evidence": _nothing,
    "leads": _leads,
    "similar": _nothing,
    "access": _access,
}
