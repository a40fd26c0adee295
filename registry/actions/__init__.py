"""The writes of the registry: acts, entries, words, pairs and what people judge of them."""

from registry.actions.acts import record_act, record_acts
from registry.actions.entries import record_reading, save_entry
from registry.actions.judging import judge_pair, withdraw_judgement
from registry.actions.pairing import search_pairs
from registry.actions.words import count_name_words

__all__ = [
    "count_name_words",
    "judge_pair",
    "record_act",
    "record_acts",
    "record_reading",
    "save_entry",
    "search_pairs",
    "withdraw_judgement",
]
