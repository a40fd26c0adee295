"""Every move of a registration, and of a decision on the mark "no restriction applies"."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from journal.workflow import Move, Workflow
from registry import audience, policies
from registry.choices import IN_PREPARATION, ProtectionState, Status
from registry.models import ProtectionDecision, Registration
from registry.policies import may_record_act
from registry.selectors.protection import (
    hearing_gates,
    lifting_gates,
    proposal_gates,
    restoring_gates,
)

# The group itself suspends nobody: each move repeats what a competent body's act did.
BY_ACT = ("act_reference", "act_body", "act_date", "status_from")
GIVEN = (Status.ACTIVE, Status.SUSPENDED)


def _by_act(
    verb: str, sources: Sequence[str], target: str, label: object, done: object, tone: str = ""
) -> Move:
    return Move(
        verb,
        tuple(sources),
        target,
        may_record_act,
        label=label,  # type: ignore[arg-type]  # a lazy translation
        done=done,  # type: ignore[arg-type]  # a lazy translation
        needs=BY_ACT,
        tone=tone,
    )


REGISTRATIONS = Workflow(
    "registry.registration",
    Registration,
    field="status",
    moves=[
        _by_act(
            "review",
            [Status.APPLIED],
            Status.IN_REVIEW,
            _("Record the start of the review"),
            _("recorded that the application is in review"),
        ),
        _by_act(
            "activate",
            [Status.APPLIED, Status.IN_REVIEW],
            Status.ACTIVE,
            _("Record the grant"),
            _("recorded that the registration was granted"),
        ),
        _by_act(
            "suspend",
            [Status.ACTIVE],
            Status.SUSPENDED,
            _("Record a suspension"),
            _("recorded that the registration was suspended"),
            tone="warn",
        ),
        _by_act(
            "resume",
            [Status.SUSPENDED],
            Status.ACTIVE,
            _("Record the end of the suspension"),
            _("recorded that the suspension ended"),
        ),
        _by_act(
            "expire",
            GIVEN,
            Status.EXPIRED,
            _("Record the expiry"),
            _("recorded that the registration expired"),
        ),
        _by_act(
            "revoke",
            GIVEN,
            Status.REVOKED,
            _("Record a revocation"),
            _("recorded that the registration was revoked"),
            tone="late",
        ),
        _by_act(
            "surrender",
            GIVEN,
            Status.SURRENDERED,
            _("Record the surrender"),
            _("recorded that the operator gave the registration up"),
        ),
    ],
)


def move_between(before: str, after: str) -> str:
    """The move that leads from one status to another, "" if none does."""
    for verb, move in REGISTRATIONS.moves.items():
        if move.target == after and move.starts_from(before):
            return verb
    return ""


_PREPARING = tuple(IN_PREPARATION)

PROTECTION = Workflow(
    "registry.protection",
    ProtectionDecision,
    moves=[
        Move(
            "invite", (ProtectionState.DRAFTED,), "",
            allowed=policies.prepares, needs=("invited", "notice_sent_on", "hearing_on"),
            label=_("Record the notice of the hearing"),
            done=_("recorded the notice of the hearing"),
            tells=audience.tells("mark.invited", "hearing_on"),
        ),
        Move(
            "hear", (ProtectionState.DRAFTED,), ProtectionState.HEARD,
            allowed=policies.prepares, gates=hearing_gates, needs=("attendance",),
            label=_("Record the hearing"), done=_("recorded the hearing of the party"),
            tells=audience.tells("mark.heard"), primary=True,
        ),
        Move(
            "propose", (ProtectionState.HEARD,), ProtectionState.PROPOSED,
            allowed=policies.prepares, gates=proposal_gates, needs=("valid_from",),
            label=_("Propose to lift the mark"), done=_("proposed to lift the mark"),
            tells=audience.tells("mark.proposed", among=audience.signers), primary=True,
        ),
        Move(
            "sign", (ProtectionState.PROPOSED,), "",
            allowed=policies.may_sign_lifting,
            label=_("Sign as a named person"), done=_("signed the decision as a named person"),
        ),
        Move(
            "decide", (ProtectionState.PROPOSED,), ProtectionState.DECIDED,
            allowed=policies.may_decide_lifting, gates=lifting_gates,
            needs=("reason", "valid_from"),
            label=_("Lift the mark"), done=_("lifted the mark"),
            tells=audience.tells("mark.lifted", "valid_from"), primary=True, tone="danger",
        ),
        Move(
            "refuse", (ProtectionState.PROPOSED,), ProtectionState.REFUSED,
            allowed=policies.may_refuse_lifting, needs=("reason",),
            label=_("Leave the mark"), done=_("decided that the mark stays"),
            tells=audience.tells("mark.kept"),
        ),
        Move(
            "withdraw", _PREPARING, ProtectionState.WITHDRAWN,
            allowed=policies.may_withdraw_lifting, needs=("reason",),
            label=_("Withdraw"), done=_("withdrew the decision on the mark"),
            tells=audience.tells("mark.kept"),
        ),
        Move(
            "propose_return", (ProtectionState.DECIDED,), ProtectionState.RESTORING,
            allowed=policies.may_propose_restoring, needs=("restoring_reason",),
            label=_("Propose to give the mark back"), done=_("proposed to give the mark back"),
            tells=audience.tells("mark.restoring", among=audience.signers),
        ),
        Move(
            "sign_return", (ProtectionState.RESTORING,), "",
            allowed=policies.may_sign_restoring,
            label=_("Sign the return"), done=_("signed the return of the mark as a named person"),
        ),
        Move(
            "reverse", (ProtectionState.RESTORING,), ProtectionState.REVERSED,
            allowed=policies.may_restore, gates=restoring_gates, needs=("reason", "reversed_on"),
            label=_("Give the mark back"), done=_("gave the mark back"),
            tells=audience.tells("mark.restored", "reversed_on"), primary=True,
        ),
        Move(
            "keep_lifted", (ProtectionState.RESTORING,), ProtectionState.DECIDED,
            allowed=policies.may_refuse_restoring, needs=("reason",),
            label=_("Leave the mark lifted"), done=_("left the mark lifted"),
            tells=audience.tells("mark.lifted", "valid_from"),
        ),
    ],
)  # fmt: skip
