"""Decisions on the mark "no restriction applies": drafted, heard, signed, decided, reversed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.policies import is_head
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record
from law.models import Act, Norm, Position
from law.selectors import may_found
from registry.choices import Deed
from registry.models import DecidingPerson, Operator, ProtectionDecision
from registry.policies import prepares_mark_decisions
from registry.selectors.marks import marked
from registry.workflow import PROTECTION


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why the mark is to be lifted: a rule, the day of the event it is cited for, the reason."""

    rule: Act | Norm | Position
    event_on: date
    reason: str


@transaction.atomic
def draft_lifting(*, operator: Operator, grounds: Grounds, actor: Any) -> ProtectionDecision:
    """Begins a decision on the mark; nothing is lifted by it. The actor's body leads it.

    Raises NotAllowed; Refused when there is no mark to lift, when another decision is under way,
    when the rule cannot found it (law.selectors.may_found), without a reason.
    """
    if not prepares_mark_decisions(actor):
        raise NotAllowed(
            _("Decisions on the mark are prepared by officers and heads of the three bodies.")
        )
    if not grounds.reason.strip():
        raise Refused(_("Say why the mark is to be lifted."), field="reason")
    if operator.pk not in marked([operator.pk], clock.today()):
        raise Refused(_("The operator does not carry the mark today: there is nothing to lift."))
    verdict = may_found(grounds.rule, grounds.event_on)
    if isinstance(grounds.rule, Position) or not verdict.may:
        raise Refused(verdict.why, field="ground")
    decision = _created(operator, grounds.rule, grounds, actor)
    facts = {"operator": operator.pk, "rule": str(grounds.rule),
             "event_on": grounds.event_on.isoformat()}  # fmt: skip
    record("registry.protection.draft", decision, actor=actor, reason=decision.reason, facts=facts)
    return decision


def _created(
    operator: Operator, rule: Act | Norm, grounds: Grounds, actor: Any
) -> ProtectionDecision:
    named: dict[str, Any] = {"norm": rule} if isinstance(rule, Norm) else {"act": rule}
    try:
        with transaction.atomic():
            return ProtectionDecision.objects.create(
                operator=operator,
                lead_agency=actor.agency,
                event_on=grounds.event_on,
                reason=grounds.reason.strip(),
                drafted_by=actor,
                **named,
            )
    except IntegrityError as twice:
        raise Refused(_("A decision on this operator's mark is under way already.")) from twice


@transaction.atomic
def invite_party(
    *,
    decision: ProtectionDecision,
    invited: str,
    notice_sent_on: date,
    hearing_on: date,
    actor: Any,
    notice_reference: str = "",
) -> None:
    """Records the notice: to whom, when sent, for which day. Another day needs another notice."""
    if notice_sent_on > clock.today():
        raise Refused(_("A notice is recorded after it was sent."), field="notice_sent_on")
    if hearing_on <= notice_sent_on:
        raise Refused(_("The hearing is after the notice."), field="hearing_on")
    changes = {
        "invited": invited.strip(),
        "notice_sent_on": notice_sent_on,
        "notice_reference": notice_reference.strip(),
        "hearing_on": hearing_on,
    }
    facts = {"sent": notice_sent_on.isoformat(), "hearing": hearing_on.isoformat()}
    PROTECTION.make("invite", decision, actor=actor, changes=changes, facts=facts)


@transaction.atomic
def record_hearing(
    *,
    decision: ProtectionDecision,
    attendance: str,
    actor: Any,
    minutes: str = "",
    minutes_reference: str = "",
) -> None:
    """The hearing was held on the day of the notice: who came, and what was said."""
    if not (minutes.strip() or minutes_reference.strip()):
        raise Refused(_("Write the minutes, or name the file that holds them."), field="minutes")
    changes = {
        "attendance": attendance,
        "minutes": minutes.strip(),
        "minutes_reference": minutes_reference.strip(),
    }
    PROTECTION.make("hear", decision, actor=actor, changes=changes, facts={"came": attendance})


@transaction.atomic
def propose_lifting(
    *,
    decision: ProtectionDecision,
    valid_from: date,
    actor: Any,
    valid_until: date | None = None,
) -> None:
    """Puts the decision before named persons; the mark is lifted for no day that is past."""
    if valid_from < clock.today():
        raise Refused(_("A mark is not lifted for days that are past."), field="valid_from")
    if valid_until and valid_until < valid_from:
        raise Refused(_("It ends on the day it begins or later."), field="valid_until")
    changes = {
        "valid_from": valid_from, "valid_until": valid_until, "proposed_by": actor,
        "proposed_at": clock.now(),
    }  # fmt: skip
    facts = {"from": valid_from.isoformat(), "until": valid_until and valid_until.isoformat()}
    PROTECTION.make("propose", decision, actor=actor, changes=changes, facts={"term": facts})


@transaction.atomic
def sign_lifting(*, decision: ProtectionDecision, actor: Any) -> None:
    """One of the named persons signs; a head then decides."""
    PROTECTION.make("sign", decision, actor=actor)
    _sign(decision, Deed.LIFTING, actor)


@transaction.atomic
def lift_mark(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """A head lifts the mark with the other named persons; no registration changes by it."""
    today = clock.today()
    begins = max(decision.valid_from or today, today)
    if decision.valid_until and decision.valid_until < begins:
        raise Refused(_("The term of the proposal is over; withdraw it and draft another."))
    changes = {"valid_from": begins, "decided_by": actor, "decided_at": clock.now()}
    names = [str(one) for one in decision.signers(Deed.LIFTING)]
    facts = {"named": [*names, str(actor)], "since": begins.isoformat()}
    PROTECTION.make("decide", decision, actor=actor, reason=reason, changes=changes, facts=facts)
    _sign(decision, Deed.LIFTING, actor)
    record("registry.operator.lift_mark", decision.operator, actor=actor, facts=facts)


@transaction.atomic
def leave_mark(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """A head decides that the mark stays."""
    changes = {"decided_by": actor, "decided_at": clock.now()}
    PROTECTION.make("refuse", decision, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def withdraw_lifting(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """The lead body takes its draft or proposal back."""
    PROTECTION.make("withdraw", decision, actor=actor, reason=reason)


@transaction.atomic
def propose_restoring(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """Any of the three bodies asks that the mark be given back; until then it stays lifted."""
    changes = {
        "restoring_reason": reason.strip(), "restoring_by": actor, "restoring_at": clock.now(),
    }  # fmt: skip
    PROTECTION.make("propose_return", decision, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def sign_restoring(*, decision: ProtectionDecision, actor: Any) -> None:
    """One of the named persons signs the return."""
    PROTECTION.make("sign_return", decision, actor=actor)
    _sign(decision, Deed.RESTORING, actor)


@transaction.atomic
def restore_mark(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """A head gives the mark back with the other named persons, from today on."""
    changes = {"reversed_by": actor, "reversed_on": clock.today()}
    names = [str(one) for one in decision.signers(Deed.RESTORING)]
    facts = {"named": [*names, str(actor)], "since": clock.today().isoformat()}
    PROTECTION.make("reverse", decision, actor=actor, reason=reason, changes=changes, facts=facts)
    _sign(decision, Deed.RESTORING, actor)
    record("registry.operator.restore_mark", decision.operator, actor=actor, facts=facts)


@transaction.atomic
def leave_lifted(*, decision: ProtectionDecision, reason: str, actor: Any) -> None:
    """A head decides against giving the mark back."""
    PROTECTION.make("keep_lifted", decision, actor=actor, reason=reason)


def _sign(decision: ProtectionDecision, deed: Deed, actor: Any) -> None:
    DecidingPerson.objects.create(
        decision=decision, deed=deed, person=actor, agency=actor.agency, as_head=is_head(actor)
    )
