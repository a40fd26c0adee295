"""Role changes and invitations: each by two people."""

from django.utils.translation import gettext_lazy as _

from accounts import audience, policies
from accounts.choices import GrantState, InvitationState
from accounts.models import Invitation, RoleGrant
from journal.workflow import Move, Workflow

GRANTS = Workflow(
    "accounts.grant",
    RoleGrant,
    moves=[
        Move(
            "approve", (GrantState.PROPOSED,), GrantState.ACTIVE,
            allowed=policies.may_decide_grant,
            label=_("Approve the role"), done=_("approved the role"),
            tells=audience.of_grant, primary=True,
        ),
        Move(
            "refuse", (GrantState.PROPOSED,), GrantState.REFUSED,
            allowed=policies.may_decide_grant,
            label=_("Refuse the role"), done=_("refused the role"), needs=("reason",),
            tells=audience.of_grant,
        ),
        Move(
            "propose_end", (GrantState.ACTIVE,), GrantState.ENDING,
            allowed=policies.may_propose_grant,
            label=_("Propose to end the role"), done=_("proposed to end the role"),
            needs=("reason",),
        ),
        Move(
            "confirm_end", (GrantState.ENDING,), GrantState.ENDED,
            allowed=policies.may_decide_grant,
            label=_("End the role"), done=_("ended the role"), tells=audience.of_grant,
        ),
        Move(
            "keep", (GrantState.ENDING,), GrantState.ACTIVE,
            allowed=policies.may_decide_grant,
            label=_("Keep the role"), done=_("kept the role"), needs=("reason",),
        ),
    ],
)  # fmt: skip

INVITATIONS = Workflow(
    "accounts.invitation",
    Invitation,
    moves=[
        Move(
            "approve", (InvitationState.PROPOSED,), InvitationState.SENT,
            allowed=policies.may_approve_invitation,
            label=_("Approve and send"), done=_("approved the invitation"), primary=True,
        ),
        Move(
            "withdraw", (InvitationState.PROPOSED, InvitationState.SENT),
            InvitationState.WITHDRAWN,
            allowed=policies.may_withdraw_invitation,
            label=_("Withdraw the invitation"), done=_("withdrew the invitation"),
            needs=("reason",),
        ),
        Move(
            # The link in the hand is the right to accept; the action has checked it.
            "accept", (InvitationState.SENT,), InvitationState.ACCEPTED,
            allowed=lambda _user, _invitation: True,
            label=_("Accept the invitation"), done=_("accepted the invitation"),
        ),
    ],
)  # fmt: skip
