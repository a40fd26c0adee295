"""Where registers did not go on, as rows that the pages of a batch and of a meter show."""

from collections.abc import Iterable

from grid.models import MeterChange
from grid.wording import change_badge
from pages.badges import Badge


def told_changes(changes: Iterable[MeterChange]) -> list[tuple[MeterChange, Badge]]:
    """Each change with the badge of its kind."""
    return [(change, change_badge(change.kind)) for change in changes]
