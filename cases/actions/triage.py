"""What officials do with a lead: take, defer, dismiss, promote, attach, reopen."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.actions.contradicting import SourceWords, as_facts, state_contradiction
from cases.actions.evidence import freeze_lead
from cases.actions.opening import open_case
from cases.choices import UNDER_WAY
from cases.models import Case, Contradiction, Lead
from cases.selectors.registry_box import registry_box
from cases.workflow import LEADS
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def take_lead(*, lead: Lead, actor: User) -> None:
    """The actor triages this lead from now on."""
    LEADS.make("take", lead, actor=actor, changes={"taken_by": actor, "deferred_until": None})


@transaction.atomic
def defer_lead(*, lead: Lead, until: date, reason: str, actor: User) -> None:
    """Puts a lead aside until a later day, on which it returns to the queue by itself."""
    if until <= clock.today():
        raise Refused(_("Choose a day after today."), field="until")
    LEADS.make(
        "defer",
        lead,
        actor=actor,
        reason=reason,
        changes={"deferred_until": until, "reason": reason.strip()},
        facts={"what": until.isoformat()},
    )


@transaction.atomic
def wake_lead(*, lead: Lead) -> None:
    """A deferred lead whose day has come returns to the queue."""
    LEADS.make("wake", lead, actor=None, changes={"deferred_until": None})


@transaction.atomic
def dismiss_lead(*, lead: Lead, reason: str, actor: User) -> None:
    """Ends a lead without a case, with a reason that its source will show."""
    LEADS.make(
        "dismiss",
        lead,
        actor=actor,
        reason=reason,
        changes={**_decided_by(actor), "reason": reason.strip(), "deferred_until": None},
    )


@transaction.atomic
def promote_lead(
    *,
    lead: Lead,
    actor: User,
    title: str = "",
    reason: str = "",
    contradiction: str = "",
    sources: "Sequence[SourceWords]" = (),
) -> Case | None:
    """Opens a case on a lead. The actor owns it, the actor's body leads it.

    Where the registry protects the party or the place, the case is only proposed, with the
    contradiction between two different sources stated, and a second person confirms; then
    there is no case yet and None is returned.
    """
    if not policies.may_triage(actor, lead):
        raise NotAllowed(_("You may not open a case."))
    against = registry_box(lead).operators
    if against:
        stated = state_contradiction(
            lead=lead, words=contradiction, sources=sources, against=against, actor=actor
        )
        _propose(lead, stated, actor)
        return None
    case = open_case(lead=lead, owner=actor, actor=actor, title=title)
    changes = {"case": case, "taken_by": actor, "deferred_until": None, "proposed_by": None,
               **_decided_by(actor)}  # fmt: skip
    facts = {"what": case.number}
    LEADS.make("promote", lead, actor=actor, reason=reason, changes=changes, facts=facts)
    return case


def _propose(lead: Lead, stated: Contradiction, actor: User) -> None:
    changes = {"contradiction": stated.words, "stated": stated, "proposed_by": actor,
               "taken_by": actor}  # fmt: skip
    facts = {"sources": as_facts(stated), "against": len(stated.against)}
    LEADS.make("propose", lead, actor=actor, reason=stated.words, changes=changes, facts=facts)


@transaction.atomic
def confirm_lead(*, lead: Lead, actor: User, title: str = "", reason: str = "") -> Case:
    """The second person opens the case; whoever proposed it owns it, and that body leads."""
    if lead.proposed_by is None or not policies.may_confirm(actor, lead):
        raise NotAllowed(_("Another official than who proposed it must confirm."))
    case = open_case(lead=lead, owner=lead.proposed_by, actor=actor, title=title)
    changes = {"case": case, **_decided_by(actor)}
    facts = {"what": case.number}
    LEADS.make("confirm", lead, actor=actor, reason=reason, changes=changes, facts=facts)
    return case


@transaction.atomic
def decline_lead(*, lead: Lead, reason: str, actor: User) -> None:
    """Sends a proposal back to triage; also the way in which a proposer takes it back."""
    LEADS.make("decline", lead, actor=actor, reason=reason, changes={"reason": reason.strip()})


@transaction.atomic
def attach_lead(*, lead: Lead, case: Case, actor: User, reason: str = "") -> None:
    """Joins a lead to a case under way of the actor's body, with a frozen copy as evidence."""
    if not policies.leads_case(actor, case):
        raise NotAllowed(_("Only the body that leads a case attaches leads to it."))
    if case.state not in UNDER_WAY:
        raise Refused(_("The case is closed. Reopen it first."), field="case")
    changes = {"case": case, "deferred_until": None, **_decided_by(actor)}
    facts = {"what": case.number}
    LEADS.make("attach", lead, actor=actor, reason=reason, changes=changes, facts=facts)
    freeze_lead(case=case, lead=lead, actor=actor)
    record("cases.case.attach_lead", case, actor=actor, facts={"what": lead.number})


@transaction.atomic
def reopen_lead(*, lead: Lead, reason: str, actor: User) -> None:
    """A dismissed or attached lead returns to the queue; its frozen copy stays in the case."""
    cleared = {"case": None, "decided_by": None, "decided_at": None, "taken_by": None}
    LEADS.make("reopen", lead, actor=actor, reason=reason, changes={**cleared, "reason": reason})


def wake_due_leads() -> int:
    """Returns every deferred lead whose day has come; how many."""
    due: Sequence[Lead] = list(Lead.objects.to_wake(clock.today()))
    for lead in due:
        wake_lead(lead=lead)
    return len(due)


def _decided_by(actor: User) -> dict[str, object]:
    return {"decided_by": actor, "decided_at": clock.now()}
