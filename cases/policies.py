"""Who may see and do what with leads, tips and cases. Nothing here asks the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Q

from accounts.choices import Role
from accounts.policies import has_role, is_association_member, is_auditor, is_official
from cases.choices import (
    UNDER_WAY,
    Audience,
    Confidentiality,
    LeadState,
    ParticipationRole,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cases.models import Case, Comment, Lead, OpinionRequest, Task

    Person: TypeAlias = User | AnonymousUser | None

EVERYTHING = Q()
SEES_RESTRICTED = (ParticipationRole.LEAD, ParticipationRole.ASKED, ParticipationRole.OFFERED)
NOTHING = Q(pk__in=[])


def _agency(user: Person) -> int | None:
    return getattr(user, "agency_id", None)


def is_worker(user: Person) -> bool:
    """An officer or head of a member body; analysts read and write notes, but move nothing."""
    return user is not None and is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)


def is_portal(user: Person) -> bool:
    """The portal's own scheduled work has no person."""
    return user is None


# ── Tips ─────────────────────────────────────────────────────────────────────


def may_file_tip(user: Person) -> bool:
    return is_association_member(user)


def visible_tips(user: Person) -> Q:
    """Officials read tips through their leads; a member sees those filed under the own name."""
    if may_see_leads(user):
        return EVERYTHING
    if is_association_member(user):
        return Q(reporter__user_id=getattr(user, "pk", None))
    return NOTHING


def own_tips(user: Person) -> Q:
    return Q(reporter__user_id=getattr(user, "pk", None)) if user else NOTHING


# ── Leads ────────────────────────────────────────────────────────────────────


def may_see_leads(user: Person) -> bool:
    return is_official(user) or is_auditor(user)


def visible_leads(user: Person) -> Q:
    return EVERYTHING if may_see_leads(user) else NOTHING


def may_triage(user: Person, lead: Lead) -> bool:
    return is_worker(user)


def may_confirm(user: Person, lead: Lead) -> bool:
    """The second person is another one than who proposed."""
    return is_worker(user) and getattr(user, "pk", None) != lead.proposed_by_id


def may_reopen_lead(user: Person, lead: Lead) -> bool:
    return is_worker(user)


def may_raise_referral(user: Person) -> bool:
    """Outside letters are entered by whoever triages."""
    return is_worker(user)


# ── Cases ────────────────────────────────────────────────────────────────────


def may_see_cases(user: Person) -> bool:
    return is_official(user) or is_auditor(user)


def visible_cases(user: Person) -> Q:
    """A body sees a case from its first dated participation on; an auditor sees all."""
    if is_auditor(user):
        return EVERYTHING
    if not is_official(user):
        return NOTHING
    takes_part = Q(participations__agency_id=_agency(user), participations__until__isnull=True)
    return takes_part & (
        Q(confidentiality=Confidentiality.ORDINARY) | Q(participations__role__in=SEES_RESTRICTED)
    )


def may_open_case(user: Person) -> bool:
    return is_worker(user)


def leads_case(user: Person, case: Case) -> bool:
    """Works for the body that leads the case."""
    return is_worker(user) and _agency(user) == case.lead_agency_id


def heads_case(user: Person, case: Case) -> bool:
    """The head of the body that leads the case."""
    return leads_case(user, case) and has_role(user, Role.HEAD)


def may_assign(user: Person, case: Case) -> bool:
    """The head or the owner; the portal itself when the owner has left."""
    return (
        is_portal(user)
        or heads_case(user, case)
        or (leads_case(user, case) and getattr(user, "pk", None) == case.owner_id)
    )


def may_contribute(user: Person, case: Case) -> bool:
    """Write notes and add evidence: every official of a participating body, while it runs."""
    return is_official(user) and case.has_participant(_agency(user)) and case.state in UNDER_WAY


def may_answer_offer(user: Person, case: Case) -> bool:
    return (
        is_worker(user) and case.handover_to_id is not None and _agency(user) == case.handover_to_id
    )


def may_offer(user: Person, case: Case) -> bool:
    return leads_case(user, case) and case.handover_to_id is None


def may_withdraw_offer(user: Person, case: Case) -> bool:
    """The lead body, or the portal itself when the term of the offer has run out."""
    return case.handover_to_id is not None and (leads_case(user, case) or is_portal(user))


def may_give_opinion(user: Person, opinion: OpinionRequest) -> bool:
    return (
        is_worker(user)
        and _agency(user) == opinion.agency_id
        and not opinion.answer
        and opinion.case.state in UNDER_WAY
    )


def may_add_task(user: Person, case: Case) -> bool:
    return leads_case(user, case) and case.state in UNDER_WAY


def may_complete_task(user: Person, task: Task) -> bool:
    return (
        is_official(user)
        and task.done_at is None
        and task.case.state in UNDER_WAY
        and (_agency(user) == task.agency_id or getattr(user, "pk", None) == task.assignee_id)
    )


def visible_comments(user: Person) -> Q:
    if is_auditor(user):
        return EVERYTHING
    return Q(audience=Audience.PARTICIPANTS) | Q(agency_id=_agency(user), agency__isnull=False)


def may_edit_comment(user: Person, comment: Comment) -> bool:
    return getattr(user, "pk", None) == comment.author_id and comment.case.state in UNDER_WAY


def decided(lead: Lead) -> bool:
    return lead.state in (LeadState.DISMISSED, LeadState.PROMOTED, LeadState.ATTACHED)
