"""Who may see and do what in the registry."""

from typing import Any

from django.db.models import Q

from accounts.choices import AIFC, Role
from accounts.policies import (
    has_role,
    is_admin,
    is_auditor,
    is_head,
    is_official,
    is_supervisor,
)
from common.identifiers import kind_of
from registry.choices import Deed

NONE = Q(pk__in=())
MINISTRY = "energy"


def may_see_registry(user: Any) -> bool:
    """Officials of the three bodies, auditors, administrators; others use the public register."""
    return is_official(user) or is_auditor(user) or is_admin(user)


def visible_to(user: Any) -> Q:
    """Whoever may see the registry sees all of it; the same for each of its models."""
    return Q() if may_see_registry(user) else NONE


def may_see_exchange(user: Any) -> bool:
    """The exchange pilot is read by who reads the registry, and by its supervisors."""
    return may_see_registry(user) or is_supervisor(user)


def exchange_visible_to(user: Any) -> Q:
    """Stages, venues, sales and pool reports; of the registry itself supervisors see nothing."""
    return Q() if may_see_exchange(user) else NONE


def may_admit_venue(user: Any) -> bool:
    """Which exchanges are admitted is the AIFC's to say; an administrator enters it for it."""
    return is_admin(user) or (is_supervisor(user) and user.agency.code == AIFC)


def may_see_wallets(user: Any) -> bool:
    """A wallet leads to all that its owner ever did: only for those who decide or audit."""
    return may_see_iin(user)


def may_see_iin(user: Any) -> bool:
    """A person's number is for those who decide about that person, and for who keeps the entry."""
    decides = is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)
    return decides or is_auditor(user) or is_admin(user)


def may_find_number(user: Any, number: str) -> bool:
    """A person's number finds nothing for who may not see it; a company's always."""
    return kind_of(number) == "bin" or may_see_iin(user)


def may_correct(user: Any, _row: Any = None) -> bool:
    """Officers, heads and administrators propose corrections, and approve each other's."""
    working = is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)
    return working or is_admin(user)


def may_import(user: Any, _batch: Any = None) -> bool:
    """Administrators bring official lists in; None is a command run on the server itself."""
    return user is None or is_admin(user)


def may_import_exchange(user: Any, _batch: Any = None) -> bool:
    """Sales and pool reports come from those who watch the pilot, or by an administrator."""
    return may_import(user) or is_supervisor(user)


def may_judge(user: Any, _pair: Any = None) -> bool:
    """Whether two parties are one is judged by officers and heads of the three bodies."""
    return is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)


def may_withdraw(user: Any, judgement: Any) -> bool:
    """Who made a judgement takes it back; a head also one of somebody else."""
    return may_judge(user) and (judgement.author_id == user.pk or has_role(user, Role.HEAD))


def prepares_mark_decisions(user: Any) -> bool:
    """Officers and heads of the three bodies prepare decisions on the mark, and sign them."""
    return user is not None and is_official(user) and has_role(user, Role.OFFICER, Role.HEAD)


def prepares(user: Any, decision: Any) -> bool:
    """The body that leads the decision prepares it."""
    return prepares_mark_decisions(user) and user.agency_id == decision.lead_agency_id


def may_sign_lifting(user: Any, decision: Any) -> bool:
    """A named person of any of the three bodies, once, and never who proposed it."""
    return prepares_mark_decisions(user) and not (
        user.pk == decision.proposed_by_id or decision.signed(user, Deed.LIFTING)
    )


def may_decide_lifting(user: Any, decision: Any) -> bool:
    """A head who neither proposed nor signed it before: so at least two persons decide."""
    return may_sign_lifting(user, decision) and is_head(user)


def may_refuse_lifting(user: Any, decision: Any) -> bool:
    """A head other than who proposed it says that the mark stays."""
    return prepares_mark_decisions(user) and is_head(user) and user.pk != decision.proposed_by_id


def may_withdraw_lifting(user: Any, decision: Any) -> bool:
    """Who drafted or proposed it, or the head of the lead body."""
    own = {decision.drafted_by_id, decision.proposed_by_id}
    return prepares(user, decision) and (user.pk in own or is_head(user))


def may_propose_restoring(user: Any, _decision: Any) -> bool:
    """Any of the three bodies speaks for the mark to return."""
    return prepares_mark_decisions(user)


def may_sign_restoring(user: Any, decision: Any) -> bool:
    """As for lifting: by the same route back."""
    return prepares_mark_decisions(user) and not (
        user.pk == decision.restoring_by_id or decision.signed(user, Deed.RESTORING)
    )


def may_restore(user: Any, decision: Any) -> bool:
    """A head who neither proposed nor signed the return before."""
    return may_sign_restoring(user, decision) and is_head(user)


def may_refuse_restoring(user: Any, decision: Any) -> bool:
    """A head other than who proposed the return leaves the mark lifted."""
    return prepares_mark_decisions(user) and is_head(user) and user.pk != decision.restoring_by_id


def may_record_act(user: Any, _registration: Any = None) -> bool:
    """A competent body's act is recorded by the Ministry's officers or by an administrator.

    The group itself suspends nobody: without an act there is no move. None is a command run
    on the server itself.
    """
    if user is None or is_admin(user):
        return True
    at_ministry = is_official(user) and user.agency.code == MINISTRY
    return at_ministry and has_role(user, Role.OFFICER, Role.HEAD)
