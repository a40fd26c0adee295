"""Moves of a case: its owner, its lead body, its decision."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from cases import policies
from cases.actions.access import end_offered_access, grant_access, replace_lead
from cases.choices import ADVERSE, Outcome, ParticipationRole
from cases.models import Case, Decision
from cases.selectors import terms
from cases.selectors.indicators import indicators_of
from cases.workflow import CASES
from common import clock
from common.errors import Refused
from pages.wording import in_all_languages

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def collect_evidence(*, case: Case, actor: User, reason: str = "") -> None:
    """The case is (again) at the stage of collecting evidence."""
    CASES.make("collect", case, actor=actor, reason=reason)


@transaction.atomic
def prepare_decision(*, case: Case, actor: User, reason: str = "") -> None:
    """Puts a case before the head of its lead body."""
    CASES.make("prepare", case, actor=actor, reason=reason)


@transaction.atomic
def decide(*, case: Case, outcome: str, reason: str, actor: User, addressee: str = "") -> Decision:
    """Ends a case with an outcome and a reason.

    Against somebody (confirmed, referred) all gates must hold and a head decides; otherwise
    it is closed without a finding.
    """
    if outcome not in Outcome.values:
        raise Refused(_("Choose an outcome."), field="outcome")
    now = clock.now()
    grounds = _frozen_grounds(case)
    CASES.make(
        "decide" if outcome in ADVERSE else "close",
        case,
        actor=actor,
        reason=reason,
        changes={"outcome": outcome, "closed_at": now},
        facts={"outcome": outcome, "grounds": grounds},
    )
    return Decision.objects.create(
        case=case,
        outcome=outcome,
        reason=reason.strip(),
        grounds=grounds,
        rules=_frozen_rules(case),
        addressee=addressee.strip(),
        decided_by=actor,
        decided_at=now,
    )


def _frozen_grounds(case: Case) -> list[dict[str, Any]]:
    """The independent indicators of this moment, in three languages: a decision stands alone."""
    told = in_all_languages(lambda: indicators_of(case))
    return [
        {"origin": one.origin, "words": {code: told[code][i].words for code in told}}
        for i, one in enumerate(next(iter(told.values())))
    ]


def _frozen_rules(case: Case) -> list[dict[str, Any]]:
    """The rules cited at this moment, in three languages, with the day that each is cited for."""
    cited = list(case.citations.standing().select_related("act", "norm__act"))
    told = in_all_languages(lambda: [str(one) for one in cited])
    return [
        {"event_on": one.event_on.isoformat(), "why": one.why,
         "words": {code: told[code][i] for code in told}}
        for i, one in enumerate(cited)
    ]  # fmt: skip


@transaction.atomic
def reopen_case(*, case: Case, reason: str, actor: User) -> None:
    """A closed case goes on; its earlier decision stays in the file."""
    changes = {"outcome": "", "closed_at": None, "due_on": terms.due_after(terms.CASE)}
    CASES.make("reopen", case, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def assign(*, case: Case, owner: User, actor: User, reason: str = "") -> None:
    """Gives a case to a colleague of the lead body."""
    if not policies.leads_case(owner, case):
        raise Refused(_("The owner must be an officer of the lead body."), field="owner")
    facts = {"what": owner.full_name}
    CASES.make("assign", case, actor=actor, reason=reason, changes={"owner": owner}, facts=facts)


@transaction.atomic
def hand_over(*, case: Case, to: Agency, reason: str, actor: User) -> None:
    """Offers a case to another body, which sees it from now on and must accept in time."""
    if to.kind != "member":
        raise Refused(_("Only the three bodies lead cases."), field="to")
    if to.pk == case.lead_agency_id:
        raise Refused(_("Your body leads the case already."), field="to")
    until: date = terms.due_after(terms.ACCEPT)
    CASES.make(
        "hand_over",
        case,
        actor=actor,
        reason=reason,
        changes={"handover_to": to, "handover_until": until},
        facts={"what": to.names},
    )
    grant_access(case=case, agency=to, role=ParticipationRole.OFFERED, actor=actor, reason=reason)


@transaction.atomic
def accept(*, case: Case, actor: User) -> None:
    """The other body takes the case: the actor owns it, the former lead body stays informed."""
    former, owner = case.lead_agency, case.owner_id
    changes = {
        "lead_agency": actor.agency,
        "owner": actor,
        "handover_to": None,
        "handover_until": None,
    }
    CASES.make("accept", case, actor=actor, changes=changes, facts={"owner": owner})
    replace_lead(case=case, former=former, actor=actor)


@transaction.atomic
def decline(*, case: Case, reason: str, actor: User) -> None:
    """The other body does not take the case; it stays where it was."""
    _end_offer("decline", case, reason, actor)


@transaction.atomic
def withdraw(*, case: Case, reason: str, actor: User | None) -> None:
    """The lead body takes its offer back, or the portal when its term has run out."""
    _end_offer("withdraw", case, reason, actor)


def _end_offer(verb: str, case: Case, reason: str, actor: User | None) -> None:
    offered = case.handover_to
    changes = {"handover_to": None, "handover_until": None}
    facts = {"owner": case.owner_id}
    CASES.make(verb, case, actor=actor, reason=reason, changes=changes, facts=facts)
    if offered is not None:
        end_offered_access(case=case, agency=offered)


def end_expired_offers() -> int:
    """Ends every offer whose term has run out; how many."""
    expired = list(Case.objects.offers_expired(clock.today()))
    for case in expired:
        withdraw(case=case, reason=_("Not accepted in time"), actor=None)
    return len(expired)
