"""Every move of a proposal. Remarks and votes are moves that keep the state."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from council import audience, policies
from council.choices import ProposalState as S
from council.models import Proposal
from council.selectors import counted, discussed
from journal.workflow import Move, Workflow

PROPOSALS = Workflow(
    "council.proposal",
    Proposal,
    moves=[
        Move(
            "submit", (S.DRAFT,), S.DISCUSSION, allowed=policies.may_submit,
            label=_("Submit for discussion"), done=_("submitted the proposal for discussion"),
            needs=("submitted_at", "discuss_until"), tells=audience.everyone_to_discuss,
            primary=True,
        ),
        Move(
            "remark", (S.DISCUSSION, S.VOTING), "", allowed=policies.may_speak,
            label=_("Make a remark"), done=_("made a remark"), tells=audience.author,
        ),
        Move(
            "open_vote", (S.DISCUSSION,), S.VOTING, allowed=policies.may_put_to_vote,
            label=_("Put to the vote"), done=_("put the proposal to the vote"),
            needs=("vote_until", "rule"), gates=discussed, tells=audience.voters, primary=True,
        ),
        Move(
            "vote", (S.VOTING,), "", allowed=policies.may_vote,
            label=_("Vote for my body"), done=_("voted for the own body"), primary=True,
        ),
        Move(
            "adopt", (S.VOTING,), S.ADOPTED, allowed=policies.may_declare,
            label=_("Declare adopted"), done=_("declared the proposal adopted"),
            needs=("decided_at", "result"), gates=partial(counted, outcome=S.ADOPTED),
            tells=audience.everyone_of_result,
        ),
        Move(
            "reject", (S.VOTING,), S.REJECTED, allowed=policies.may_declare,
            label=_("Declare rejected"), done=_("declared the proposal rejected"),
            needs=("decided_at", "result"), gates=partial(counted, outcome=S.REJECTED),
            tells=audience.everyone_of_result,
        ),
        Move(
            "lapse", (S.VOTING,), S.LAPSED, allowed=policies.may_declare,
            label=_("Declare lapsed without quorum"), done=_("declared the proposal lapsed"),
            needs=("decided_at", "result"), gates=partial(counted, outcome=S.LAPSED),
            tells=audience.everyone_of_result,
        ),
        Move(
            "withdraw", (S.DRAFT, S.DISCUSSION), S.WITHDRAWN, allowed=policies.may_submit,
            label=_("Withdraw the proposal"), done=_("withdrew the proposal"), needs=("reason",),
            tone="danger",
        ),
    ],
)  # fmt: skip
