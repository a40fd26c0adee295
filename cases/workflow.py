"""The tables of moves of leads and cases: from, to, who may, what it needs, who is told."""

from django.utils.translation import gettext_lazy as _

from cases import audience, policies
from cases.choices import CaseState, LeadState
from cases.models import Case, Lead
from cases.selectors.gates import closing_gates, decision_gates
from cases.selectors.protection import (
    adverse,
    confirmation_gates,
    covered,
    harmless,
    promotion_gates,
    two_sources,
)
from journal.workflow import Move, Workflow

TO_TRIAGE = (LeadState.NEW, LeadState.TAKEN, LeadState.DEFERRED)
RUNNING = (CaseState.OPEN, CaseState.EVIDENCE, CaseState.OPINIONS, CaseState.DECISION)

LEADS = Workflow(
    "cases.lead",
    Lead,
    moves=[
        Move(
            "promote", TO_TRIAGE, LeadState.PROMOTED,
            allowed=policies.may_triage, gates=promotion_gates, needs=("case",),
            label=_("Open a case"), done=_("opened a case on the lead"), primary=True,
        ),
        Move(
            "propose", TO_TRIAGE, LeadState.AWAITING_SECOND,
            allowed=policies.may_triage, needs=("contradiction", "stated"), fits=two_sources,
            label=_("Propose a case against a registered party"),
            done=_("proposed a case against a registered party"),
            tells=audience.second_persons,
        ),
        Move(
            "confirm", (LeadState.AWAITING_SECOND,), LeadState.PROMOTED,
            allowed=policies.may_confirm, gates=confirmation_gates, needs=("case",),
            label=_("Confirm and open the case"), done=_("confirmed the case as second person"),
            tells=audience.proposer, primary=True,
        ),
        Move(
            "decline", (LeadState.AWAITING_SECOND,), LeadState.TAKEN,
            allowed=policies.may_triage, needs=("reason",),
            label=_("Decline the proposal"), done=_("declined the proposal"),
            tells=audience.proposer,
        ),
        Move(
            "attach", TO_TRIAGE, LeadState.ATTACHED,
            allowed=policies.may_triage, needs=("case",), fits=covered,
            label=_("Attach to a case"), done=_("attached the lead to a case"),
        ),
        Move(
            "take", (LeadState.NEW, LeadState.DEFERRED), LeadState.TAKEN,
            allowed=policies.may_triage, needs=("taken_by",),
            label=_("Take"), done=_("took the lead"),
        ),
        Move(
            "defer", (LeadState.NEW, LeadState.TAKEN), LeadState.DEFERRED,
            allowed=policies.may_triage, needs=("deferred_until", "reason"),
            label=_("Defer"), done=_("deferred the lead"),
        ),
        Move(
            "dismiss", TO_TRIAGE, LeadState.DISMISSED,
            allowed=policies.may_triage, needs=("reason",),
            label=_("Dismiss"), done=_("dismissed the lead"), tone="danger",
        ),
        Move(
            "wake", (LeadState.DEFERRED, LeadState.TAKEN), LeadState.NEW,
            allowed=lambda user, lead: policies.is_portal(user),
            label=_("Return to the queue"), done=_("the lead returned to the queue"),
        ),
        Move(
            "reopen", (LeadState.DISMISSED, LeadState.ATTACHED), LeadState.NEW,
            allowed=policies.may_reopen_lead, needs=("reason",),
            label=_("Reopen"), done=_("reopened the lead"),
        ),
    ],
)  # fmt: skip

CASES = Workflow(
    "cases.case",
    Case,
    moves=[
        Move(
            "collect", (CaseState.OPEN, CaseState.OPINIONS, CaseState.DECISION),
            CaseState.EVIDENCE,
            allowed=policies.leads_case,
            label=_("Collect evidence"), done=_("began to collect evidence"), primary=True,
        ),
        Move(
            "ask_opinion", (CaseState.OPEN, CaseState.EVIDENCE, CaseState.OPINIONS),
            CaseState.OPINIONS,
            allowed=policies.leads_case,
            label=_("Ask for an opinion"), done=_("asked a body for an opinion"),
            tells=audience.asked_body,
        ),
        Move(
            "prepare", (CaseState.EVIDENCE, CaseState.OPINIONS), CaseState.DECISION,
            allowed=policies.leads_case, gates=closing_gates,
            label=_("Put up for decision"), done=_("put the case up for decision"),
            tells=audience.deciders, primary=True,
        ),
        Move(
            "decide", (CaseState.DECISION,), CaseState.CLOSED,
            allowed=policies.heads_case, gates=decision_gates, needs=("outcome", "reason"),
            fits=adverse,
            label=_("Decide"), done=_("decided the case"),
            tells=audience.participants, primary=True,
        ),
        Move(
            "close", RUNNING, CaseState.CLOSED,
            allowed=policies.leads_case, gates=closing_gates, needs=("outcome", "reason"),
            fits=harmless,
            label=_("Close without a finding"), done=_("closed the case without a finding"),
            tells=audience.participants,
        ),
        Move(
            "reopen", (CaseState.CLOSED,), CaseState.EVIDENCE,
            allowed=policies.heads_case, needs=("reason",),
            label=_("Reopen"), done=_("reopened the case"), tells=audience.owner,
        ),
        Move(
            "assign", RUNNING, "",
            allowed=policies.may_assign, needs=("owner",),
            label=_("Change the owner"), done=_("changed the owner"), tells=audience.new_owner,
        ),
        Move(
            "hand_over", RUNNING, "",
            allowed=policies.may_offer, needs=("handover_to", "reason"),
            label=_("Hand over to another body"), done=_("offered the case to another body"),
            tells=audience.offered_body,
        ),
        Move(
            "accept", RUNNING, "",
            allowed=policies.may_answer_offer,
            label=_("Accept the case"), done=_("accepted the case"),
            tells=audience.offering_owner, primary=True,
        ),
        Move(
            "decline", RUNNING, "",
            allowed=policies.may_answer_offer, needs=("reason",),
            label=_("Decline the case"), done=_("declined the case"),
            tells=audience.offering_owner,
        ),
        Move(
            "withdraw", RUNNING, "",
            allowed=policies.may_withdraw_offer, needs=("reason",),
            label=_("Withdraw the offer"), done=_("withdrew the offer"),
            tells=audience.owner,
        ),
    ],
)  # fmt: skip
