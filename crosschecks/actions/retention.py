"""Readings beyond their term go, but for what open leads and cases stand on."""

from crosschecks.selectors.standing import months_needed
from grid.actions import take_out_old_months


def remove_old_readings() -> int:
    """Takes old months out of the lake; returns how many readings went."""
    return take_out_old_months(keep=months_needed())
