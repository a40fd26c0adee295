"""Parts of the page of a case: its buttons, facts line, clocks, opinions and tasks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.choices import Answer, CaseState
from cases.forms.moves import CASE_DOORS
from cases.lists.words import with_mw
from cases.models import Case
from cases.selectors.clocks import Clocks, Due
from cases.selectors.terms import days_left
from journal.workflow import Offer
from pages.badges import Badge
from pages.parts import Act, Clock, Fact
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


def acts_of_case(case: Case, user: User, offers: list[Offer]) -> tuple[list[Act], list[Act]]:
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


def withheld_of_case(offers: list[Offer]) -> Offer | None:
    """The decisive move that this person could make, were its conditions met."""
    decisive = [o for o in offers if o.move.verb in ("decide", "prepare") and not o.ready]
    return decisive[0] if decisive else None


def facts_of_case(case: Case) -> list[Fact]:
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


def clocks_of_case(case: Case, told: Clocks) -> list[Clock]:
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


def opinion_line(opinion: Any, user: User) -> dict[str, Any]:
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


def task_line(task: Any, user: User) -> dict[str, Any]:
    return {
        "row": task,
        "days": None if task.done_at else days_left(task.due_on),
        "may_complete": policies.may_complete_task(user, task),
    }
