"""Who is told of what happens to leads and cases; only those who have something to do or know."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.choices import Role
from accounts.models import User
from cases.models import Case, Lead, Task
from journal.telling import Tell
from pages.wording import short_date
from registry.audience import atameken

Facts = Mapping[str, Any]


def workers_of(agency_ids: Iterable[int]) -> list[User]:
    """The officers and heads of these bodies."""
    found = User.objects.active().filter(agency_id__in=list(agency_ids))
    return list(found.with_role(Role.OFFICER, Role.HEAD))


def heads_of(agency_ids: Iterable[int]) -> list[User]:
    """The heads of these bodies."""
    return list(User.objects.active().filter(agency_id__in=list(agency_ids)).with_role(Role.HEAD))


def second_persons(lead: Lead, actor: User, facts: Facts) -> list[Tell]:
    """The colleagues of who proposed, any of whom may be the second person; and Atameken."""
    others = {user for user in workers_of([actor.agency_id or 0]) if user != actor}
    told = [_of_lead(user, "lead.second", lead) for user in others]
    return told + [_of_lead(u, "lead.protected", lead) for u in atameken() if u not in others]


def proposer(lead: Lead, actor: User, facts: Facts) -> list[Tell]:
    """Who proposed a case against a registered party, and Atameken."""
    people = {*atameken(), *filter(None, [lead.proposed_by])}
    return [_of_lead(user, "lead.decided", lead, who=actor.full_name) for user in people]


def _of_lead(user: User, kind: str, lead: Lead, **params: object) -> Tell:
    return Tell(user, kind, lead.get_absolute_url(), {"number": lead.number, **params})


def of_case(user: User, kind: str, case: Case, **params: object) -> Tell:
    """One line of news about a case."""
    return Tell(user, kind, case.get_absolute_url(), {"number": case.number, **params})


def owner(case: Case, actor: User | None, facts: Facts) -> list[Tell]:
    """Whoever holds the case."""
    return [of_case(case.owner, "case.moved", case)]


def new_owner(case: Case, actor: User, facts: Facts) -> list[Tell]:
    """Whoever holds the case from now on."""
    return [of_case(case.owner, "case.assigned", case)]


def asked_body(case: Case, actor: User, facts: Facts) -> list[Tell]:
    """The workers of the body that is asked."""
    return [
        of_case(user, "case.opinion_asked", case, due=facts["due"])
        for user in workers_of([facts["agency"]])
    ]


def offered_body(case: Case, actor: User, facts: Facts) -> list[Tell]:
    """The heads of the body that a case is offered to; its workers when it has no head."""
    bodies = [case.handover_to_id or 0]
    return [
        of_case(user, "case.offered", case, due=short_date(case.handover_until))
        for user in heads_of(bodies) or workers_of(bodies)
    ]


def offering_owner(case: Case, actor: User | None, facts: Facts) -> list[Tell]:
    """Whoever held the case when it was offered."""
    held = User.objects.filter(pk=facts.get("owner"))
    return [of_case(user, "case.handed_over", case) for user in held]


def deciders(case: Case, actor: User, facts: Facts) -> list[Tell]:
    """The heads of the lead body, when a decision is prepared."""
    return [of_case(user, "case.moved", case) for user in heads_of([case.lead_agency_id])]


def participants(case: Case, actor: User, facts: Facts) -> list[Tell]:
    """The workers of every body that takes part."""
    bodies = [participation.agency_id for participation in case.current]
    return [of_case(user, "case.decided", case) for user in workers_of(bodies)]


def assignee(task: Task) -> list[Tell]:
    """Whoever a task is for."""
    return [of_case(task.assignee, "case.task", task.case)] if task.assignee else []
