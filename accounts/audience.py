"""Who is told of changes to people's rights."""

from collections.abc import Mapping
from typing import Any

from accounts.models import RoleGrant
from journal.telling import Tell


def of_grant(grant: RoleGrant, _actor: Any, _facts: Mapping[str, Any]) -> list[Tell]:
    """The person whose role it is."""
    return [Tell(to=grant.user, kind="accounts.grant", url="/me/")]
