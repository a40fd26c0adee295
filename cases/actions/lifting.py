"""Asks, from a case, for a decision on the mark of an operator that it concerns."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import policies
from cases.models import Case, Lifting
from cases.selectors.registry_box import protected_of_case
from common.errors import NotAllowed, Refused
from journal.actions import record
from registry.actions import Grounds, draft_lifting
from registry.models import Operator, ProtectionDecision


@transaction.atomic
def ask_to_lift(*, case: Case, operator: Operator, grounds: Grounds, actor: User) -> Lifting:
    """Drafts the decision, or refers to the one under way; the mark stays until it is made."""
    if not policies.may_add_task(actor, case):
        raise NotAllowed(_("Only the lead body of a case under way asks to lift a mark for it."))
    if operator.bin not in protected_of_case(case):
        raise Refused(_("The case concerns no operator of this number that carries the mark."))
    under_way = ProtectionDecision.objects.in_preparation().filter(operator=operator).first()
    decision = under_way or draft_lifting(operator=operator, grounds=grounds, actor=actor)
    asked, made = Lifting.objects.get_or_create(
        case=case, decision=decision, defaults={"asked_by": actor}
    )
    if not made:
        raise Refused(_("The case refers to the decision under way already."))
    facts = {"what": operator.name, "decision": decision.pk}
    record("cases.case.ask_to_lift", case, actor=actor, reason=grounds.reason, facts=facts)
    return asked
