"""The writes of the registry: record a competent body's act, mend an entry, count words."""

from registry.actions.acts import record_act, record_acts
from registry.actions.entries import record_reading, save_entry
from registry.actions.words import count_name_words

__all__ = ["count_name_words", "record_act", "record_acts", "record_reading", "save_entry"]
