"""Every move of a registration."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from journal.workflow import Move, Workflow
from registry.choices import Status
from registry.models import Registration
from registry.policies import may_record_act

# The group itself suspends nobody: each move repeats what a competent body's act did.
BY_ACT = ("act_reference", "act_date", "status_from")
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
