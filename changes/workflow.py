"""Every move of a proposed change."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from changes import audience, policies
from changes.choices import ChangeState
from changes.models import Change
from changes.selectors import differences, moved_fields, row_of
from journal.workflow import Gate, Move, Workflow


def _base_stands(change: Change) -> list[Gate]:
    row = row_of(change)
    moved = set(moved_fields(change, row))
    names = ", ".join(one.label for one in differences(change, row) if one.name in moved)
    text = gettext("Nobody changed these fields since the proposal.")
    if moved:
        text = gettext("Changed since the proposal: %(fields)s. Propose it anew.") % {
            "fields": names
        }
    return [Gate(not moved, text)]


CHANGES = Workflow(
    "changes.change",
    Change,
    moves=[
        Move(
            "approve", (ChangeState.PROPOSED,), ChangeState.APPROVED,
            allowed=policies.may_decide,
            label=_("Approve and make the change"), done=_("approved and made a change"),
            gates=_base_stands, tells=audience.proposer, primary=True,
        ),
        Move(
            "refuse", (ChangeState.PROPOSED,), ChangeState.REFUSED,
            allowed=policies.may_decide,
            label=_("Refuse the change"), done=_("refused a change"), needs=("reason",),
            tells=audience.proposer,
        ),
        Move(
            "withdraw", (ChangeState.PROPOSED,), ChangeState.WITHDRAWN,
            allowed=policies.may_withdraw,
            label=_("Withdraw the change"), done=_("withdrew a change"),
        ),
    ],
)  # fmt: skip
