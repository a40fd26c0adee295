"""The writes of leads, tips and cases: one verb each."""

from cases.actions.access import end_access, inform_body
from cases.actions.cases import (
    accept,
    assign,
    collect_evidence,
    decide,
    decline,
    end_expired_offers,
    hand_over,
    prepare_decision,
    reopen_case,
    withdraw,
)
from cases.actions.citing import cite, withdraw_citation
from cases.actions.contradicting import SourceWords
from cases.actions.evidence import add_evidence, freeze, view_evidence
from cases.actions.intake import raise_lead
from cases.actions.leavers import pass_on_work
from cases.actions.lifting import ask_to_lift
from cases.actions.referrals import ReferralWords, enter_referral
from cases.actions.reminders import remind_of_terms
from cases.actions.repeats import file_tip_once
from cases.actions.tips import (
    FiledTip,
    TipWords,
    drop_unsent_files,
    file_tip,
    keep_tip_file,
    receipt_hash,
)
from cases.actions.triage import (
    attach_lead,
    confirm_lead,
    decline_lead,
    defer_lead,
    dismiss_lead,
    promote_lead,
    reopen_lead,
    take_lead,
    wake_due_leads,
)
from cases.actions.work import (
    add_task,
    ask_opinion,
    comment,
    complete_task,
    edit_comment,
    give_opinion,
)

__all__ = [
    "FiledTip",
    "ReferralWords",
    "SourceWords",
    "TipWords",
    "accept",
    "add_evidence",
    "add_task",
    "ask_opinion",
    "ask_to_lift",
    "assign",
    "attach_lead",
    "cite",
    "collect_evidence",
    "comment",
    "complete_task",
    "confirm_lead",
    "decide",
    "decline",
    "decline_lead",
    "defer_lead",
    "dismiss_lead",
    "drop_unsent_files",
    "edit_comment",
    "end_access",
    "end_expired_offers",
    "enter_referral",
    "file_tip",
    "file_tip_once",
    "freeze",
    "give_opinion",
    "hand_over",
    "inform_body",
    "keep_tip_file",
    "pass_on_work",
    "prepare_decision",
    "promote_lead",
    "raise_lead",
    "receipt_hash",
    "remind_of_terms",
    "reopen_case",
    "reopen_lead",
    "take_lead",
    "view_evidence",
    "wake_due_leads",
    "withdraw",
    "withdraw_citation",
]
