"""Every move of a registration and of an uploaded file."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.workflow import Gate, Move, Workflow
from registry.choices import ImportState, Status
from registry.models import ImportBatch, Registration
from registry.policies import may_import, may_record_act

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


def _whole_or_partial(batch: ImportBatch) -> list[Gate]:
    text = gettext("No row is refused, or the good rows are applied without the refused ones.")
    return [Gate(not batch.rejected or batch.partial, text)]


IMPORTS = Workflow(
    "registry.import",
    ImportBatch,
    moves=[
        Move(
            "apply",
            (ImportState.CHECKED,),
            ImportState.APPLIED,
            may_import,
            label=_("Apply the file"),
            done=_("applied a file to the registry"),
            gates=_whole_or_partial,
            primary=True,
        ),
        Move(
            "discard",
            (ImportState.CHECKED,),
            ImportState.DISCARDED,
            may_import,
            label=_("Discard the file"),
            done=_("discarded an uploaded file"),
        ),
    ],
)
