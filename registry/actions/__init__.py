"""The writes of the registry: record a competent body's act, mend an entry."""

from registry.actions.acts import record_act, record_acts
from registry.actions.entries import save_entry

__all__ = ["record_act", "record_acts", "save_entry"]
