"""Who is told of a change."""

from collections.abc import Mapping
from typing import Any

from changes.models import Change
from journal.telling import Tell


def proposer(change: Change, _actor: Any, _facts: Mapping[str, Any]) -> list[Tell]:
    """The one who proposed it."""
    return [
        Tell(
            to=change.proposed_by,
            kind="changes.decided",
            url=change.get_absolute_url(),
            params={"subject": change.label},
        )
    ]
