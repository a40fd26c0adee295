"""What waits for one person, and what changed since the last visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.choices import CaseState, LeadState
from cases.models import Case, Comment, Lead, OpinionRequest, Task
from cases.selectors.terms import days_left
from common.regions import region_of
from registry.models import ProtectionDecision
from registry.workflow import PROTECTION

SHOWN = 50
FAR = 10_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do; ``days_left`` in working days, ``mw`` the middle of the estimate."""

    days_left: int | None
    title: str
    context: str
    region: str
    mw: float | None
    due_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class SinceLastVisit:
    leads: int
    opinions: int
    comments: int
    closed: int


def waiting_for(user: User) -> list[Waiting]:
    """What this person or body must do, the most overdue first."""
    if not policies.is_worker(user):
        found = list(_tasks(user)) if policies.may_see_cases(user) else []
    else:
        found = [*_offers(user), *_opinions(user), *_tasks(user), *_seconds(user), *_leads(user)]
        found += [*_decisions(user), *_own_cases(user), *_marks(user)]
    return soonest(found)[:SHOWN]


def soonest(found: list[Waiting]) -> list[Waiting]:
    """The most overdue first, what has no day last."""
    return sorted(found, key=lambda w: FAR if w.days_left is None else w.days_left)


def region_name(region: str) -> str:
    """The region's name in the reader's language; "" for an unknown code."""
    known = region_of(region) if region else None
    return known.name((get_language() or "ru")[:2]) if known else ""


def short_region(region: str) -> str:
    """The region's name as a list has room for it; "" for an unknown code."""
    known = region_of(region) if region else None
    return known.short_name((get_language() or "ru")[:2]) if known else ""


def _waiting(of: Lead | Case, title: str, due: date | None, context: str, anchor: str) -> Waiting:
    mw = of.kw / 1000 if isinstance(of, Lead) and of.kw is not None else None
    if isinstance(of, Case) and of.est_kw_high is not None:
        mw = of.est_kw_high / 1000
    return Waiting(
        days_left(due),
        title,
        context,
        short_region(of.region),
        mw,
        due,
        of.get_absolute_url() + anchor,
    )


def _case_words(case: Case) -> str:
    return _("Case %(number)s, %(title)s") % {"number": case.number, "title": case.title}


def _leads(user: User) -> Iterator[Waiting]:
    mine = Lead.objects.visible_to(user).filter(state=LeadState.TAKEN, taken_by=user)
    for lead in mine.order_by("due_on")[:SHOWN]:
        context = f"{lead.number}, {lead.get_source_display()}"
        yield _waiting(lead, _("Triage: %(what)s") % {"what": lead.words}, lead.due_on, context, "")


def _seconds(user: User) -> Iterator[Waiting]:
    proposed = Lead.objects.visible_to(user).filter(state=LeadState.AWAITING_SECOND)
    for lead in proposed.exclude(proposed_by=user).order_by("due_on")[:SHOWN]:
        title = _("Confirm or decline a case against a registered party: %(what)s")
        yield _waiting(lead, title % {"what": lead.words}, lead.due_on, lead.number, "")


def _offers(user: User) -> Iterator[Waiting]:
    offered = Case.objects.visible_to(user).filter(handover_to=user.agency)
    for case in offered.select_related("lead_agency"):
        title = _("Accept or decline a case from %(who)s") % {"who": case.lead_agency.name}
        yield _waiting(case, title, case.handover_until, _case_words(case), "")


def _opinions(user: User) -> Iterator[Waiting]:
    asked = OpinionRequest.objects.visible_to(user).awaited().filter(agency=user.agency)
    for opinion in asked.select_related("case").order_by("due_on")[:SHOWN]:
        title = _("Give an opinion: %(question)s") % {"question": opinion.question[:80]}
        yield _waiting(
            opinion.case, title, opinion.due_on, _case_words(opinion.case), "?tab=opinions"
        )


def _tasks(user: User) -> Iterator[Waiting]:
    mine = Q(assignee=user) | Q(assignee=None, agency=user.agency)
    tasks = Task.objects.visible_to(user).to_do().filter(mine).select_related("case")
    for task in tasks.order_by("due_on")[:SHOWN]:
        yield _waiting(task.case, task.title, task.due_on, _case_words(task.case), "?tab=tasks")


def _decisions(user: User) -> Iterator[Waiting]:
    ready = Case.objects.visible_to(user).filter(state=CaseState.DECISION)
    for case in ready.filter(lead_agency=user.agency).order_by("due_on")[:SHOWN]:
        if policies.heads_case(user, case):
            yield _waiting(case, _("Decide the case"), case.due_on, _case_words(case), "")


def _own_cases(user: User) -> Iterator[Waiting]:
    mine = Case.objects.visible_to(user).filter(
        owner=user, state__in=(CaseState.OPEN, CaseState.EVIDENCE)
    )
    for case in mine.order_by("due_on")[:SHOWN]:
        yield _waiting(case, _("Collect evidence"), case.due_on, _case_words(case), "")


def _marks(user: User) -> Iterator[Waiting]:
    """Decisions on a mark that this person may sign as a named person."""
    waiting = ProtectionDecision.objects.visible_to(user).to_sign()
    related = waiting.select_related("operator").prefetch_related("persons")
    for one in related.order_by("drafted_at")[:SHOWN]:
        if any(PROTECTION.may(verb, one, user) for verb in ("sign", "sign_return")):
            title = _("Sign as a named person, or leave it: the mark of %(who)s")
            words = title % {"who": one.operator.display_name}
            url = one.get_absolute_url()
            yield Waiting(None, words, str(one.badge.word), "", None, None, url)


def since_last_visit(user: User, since: datetime) -> SinceLastVisit:
    """What is new in what this person sees."""
    cases = Case.objects.visible_to(user)
    return SinceLastVisit(
        leads=Lead.objects.visible_to(user).filter(raised_at__gte=since).count(),
        opinions=OpinionRequest.objects.visible_to(user).filter(answered_at__gte=since).count(),
        comments=Comment.objects.visible_to(user)
        .filter(written_at__gte=since)
        .exclude(author=user)
        .count(),
        closed=cases.filter(closed_at__gte=since).count(),
    )
