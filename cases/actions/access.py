"""Who takes part in a case: dated rows, one in force for each body."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from cases import policies
from cases.choices import ParticipationRole
from cases.models import Case, Participation
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record


def body_of(actor: User) -> Agency:
    """The body that a person acts for; whoever has none may do nothing here."""
    if actor.agency is None:
        raise NotAllowed(_("Only a body can lead a case."))
    return actor.agency


# A body never loses rank by being told or asked again.
RANK = [
    ParticipationRole.OFFERED,
    ParticipationRole.INFORMED,
    ParticipationRole.ASKED,
    ParticipationRole.LEAD,
]


def grant_access(
    *, case: Case, agency: Agency, role: ParticipationRole, actor: User, reason: str = ""
) -> Participation:
    """The body sees the case from now on; a higher role ends the lower one's row."""
    current: Participation | None = case.participations.current().filter(agency=agency).first()
    if current and RANK.index(ParticipationRole(current.role)) >= RANK.index(role):
        return current
    return _begin(case, agency, role, actor, reason)


def _begin(
    case: Case, agency: Agency, role: ParticipationRole, actor: User, reason: str
) -> Participation:
    now = clock.now()
    case.participations.current().filter(agency=agency).update(until=now)
    return Participation.objects.create(
        case=case,
        agency=agency,
        role=role,
        since=now,
        granted_by=actor,
        reason=reason.strip()[:300],
    )


def end_offered_access(*, case: Case, agency: Agency) -> None:
    """Who saw the case only because it was offered sees it no longer."""
    offered = case.participations.current().filter(agency=agency, role=ParticipationRole.OFFERED)
    offered.update(until=clock.now())


def replace_lead(*, case: Case, former: Agency, actor: User) -> None:
    """After a hand-over: the former lead body stays informed, the actor's body leads."""
    body = body_of(actor)
    _begin(case, former, ParticipationRole.INFORMED, actor, "")
    _begin(case, body, ParticipationRole.LEAD, actor, "")


@transaction.atomic
def inform_body(*, case: Case, agency: Agency, reason: str, actor: User) -> Participation:
    """Lets another body read the case and write notes."""
    if not policies.may_add_task(actor, case):
        raise NotAllowed(_("Only the lead body decides who sees the case."))
    if not reason.strip():
        raise Refused(_("Say why the body needs to see the case."), field="reason")
    role = ParticipationRole.INFORMED
    granted = grant_access(case=case, agency=agency, role=role, actor=actor, reason=reason)
    facts = {"what": agency.names}
    record("cases.case.inform", case, actor=actor, reason=reason, facts=facts)
    return granted


@transaction.atomic
def end_access(*, participation: Participation, reason: str, actor: User) -> None:
    """Ends a body's access; the row stays, dated."""
    case = participation.case
    if not policies.may_add_task(actor, case):
        raise NotAllowed(_("Only the lead body decides who sees the case."))
    if participation.role == ParticipationRole.LEAD or participation.agency == case.handover_to:
        raise Refused(_("Hand the case over, or withdraw the offer, first."))
    if not reason.strip():
        raise Refused(_("Say why the access ends."), field="reason")
    participation.until = clock.now()
    participation.save(update_fields=["until"])
    facts = {"what": participation.agency.names}
    record("cases.case.end_participation", case, actor=actor, reason=reason, facts=facts)
