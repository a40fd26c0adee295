"""What the history keeps of the registry's tables."""

import pghistory


def every_change() -> tuple[pghistory.Tracker, ...]:
    """Trackers of additions, changes and deletions.

    Deletions too: undoing an import removes what it added, and must bring back what it removed.
    """
    return pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
