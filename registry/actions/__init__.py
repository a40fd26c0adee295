"""The writes of the registry: acts, entries, words, pairs and what people judge of them."""

from registry.actions.acts import record_act, record_acts
from registry.actions.entries import record_reading, write_entry
from registry.actions.judging import judge_pair, withdraw_judgement
from registry.actions.pairing import search_pairs
from registry.actions.protection import (
    Grounds,
    draft_lifting,
    invite_party,
    leave_lifted,
    leave_mark,
    lift_mark,
    propose_lifting,
    propose_restoring,
    record_hearing,
    restore_mark,
    sign_lifting,
    sign_restoring,
    withdraw_lifting,
)
from registry.actions.words import count_name_words

__all__ = [
    "Grounds",
    "count_name_words",
    "draft_lifting",
    "invite_party",
    "judge_pair",
    "leave_lifted",
    "leave_mark",
    "lift_mark",
    "propose_lifting",
    "propose_restoring",
    "record_act",
    "record_acts",
    "record_hearing",
    "record_reading",
    "restore_mark",
    "search_pairs",
    "sign_lifting",
    "sign_restoring",
    "withdraw_judgement",
    "withdraw_lifting",
    "write_entry",
]
