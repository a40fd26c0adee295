"""Every move of an uploaded file: the portal's own, and those that a person decides."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.audience import uploader
from intake.choices import ImportState as State
from intake.models import ImportBatch
from intake.policies import is_the_portal, may_handle, may_take_up_again
from journal.workflow import Gate, Move, Workflow


def _whole_or_partial(batch: ImportBatch) -> Sequence[Gate]:
    text = gettext("No row is refused, or the good rows are applied without the refused ones.")
    return [Gate(not batch.rejected or batch.partial, text)]


def _is_known(batch: ImportBatch) -> Sequence[Gate]:
    text = gettext("This file was applied before imports could be undone.")
    return [Gate(batch.context is not None, text)]


IMPORTS = Workflow(
    "intake.import",
    ImportBatch,
    moves=[
        Move(
            "check", (State.RECEIVED,), State.CHECKING, is_the_portal,
            label=_("Begin to check"), done=_("began to check a file"),
        ),
        Move(
            "find", (State.CHECKING,), State.CHECKED, is_the_portal,
            label=_("Finish the check"), done=_("checked a file"), tells=uploader("checked"),
        ),
        Move(
            "refuse", (State.CHECKING,), State.UNREADABLE, is_the_portal,
            label=_("Refuse the file"), done=_("could not read a file"),
            tells=uploader("refused"),
        ),
        Move(
            "apply", (State.CHECKED,), State.APPLYING, may_handle,
            label=_("Apply the file"), done=_("decided to apply a file"),
            gates=_whole_or_partial, primary=True,
        ),
        Move(
            "finish", (State.APPLYING,), State.APPLIED, may_handle,
            label=_("Finish applying"), done=_("applied a file"), tells=uploader("applied"),
        ),
        Move(
            "return", (State.APPLYING,), State.CHECKED, is_the_portal,
            label=_("Stop applying"), done=_("applied nothing of a file"),
            needs=("reason",), tells=uploader("returned"),
        ),
        Move(
            "discard", (State.CHECKED, State.FAILED), State.DISCARDED, may_handle,
            label=_("Discard the file"), done=_("discarded an uploaded file"),
        ),
        Move(
            "recheck", (State.CHECKED, State.FAILED, State.CHECKING), State.RECEIVED,
            may_take_up_again,
            label=_("Check again"), done=_("had a file checked again"),
        ),
        Move(
            "undo", (State.APPLIED,), State.UNDOING, may_handle,
            label=_("Undo the import"), done=_("decided to undo an import"),
            needs=("reason",), gates=_is_known, tone="late",
        ),
        Move(
            "restore", (State.UNDOING,), State.UNDONE, may_handle,
            label=_("Finish undoing"), done=_("undid an import"), tells=uploader("undone"),
        ),
        Move(
            "keep", (State.UNDOING,), State.APPLIED, is_the_portal,
            label=_("Stop undoing"), done=_("could not undo an import; all of it stays"),
            needs=("reason",), tells=uploader("kept"),
        ),
        Move(
            "fail", (State.RECEIVED, State.CHECKING), State.FAILED, is_the_portal,
            label=_("Give up"), done=_("could not check a file"), tells=uploader("failed"),
        ),
    ],
)  # fmt: skip
