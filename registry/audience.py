"""Who is told of decisions on the mark "no restriction applies"."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts.choices import Role
from accounts.models import User
from journal.telling import Tell
from pages.wording import short_date
from registry.models import ProtectionDecision


def atameken() -> list[User]:
    """Officers and heads of the entrepreneurs' chamber: told of steps against a registered one."""
    there = User.objects.active().filter(agency__code="atameken")
    return list(there.with_role(Role.OFFICER, Role.HEAD))


def all_three_bodies() -> list[User]:
    """Officers and heads of the members of the group: any of them may be a named person."""
    members = User.objects.active().filter(agency__kind="member")
    return list(members.with_role(Role.OFFICER, Role.HEAD))


def concerned(decision: ProtectionDecision) -> list[User]:
    """Atameken, the lead body, and who drafted or proposed it."""
    lead = User.objects.active().filter(agency=decision.lead_agency_id)
    own = [decision.drafted_by, decision.proposed_by, decision.restoring_by]
    told = [*atameken(), *lead.with_role(Role.OFFICER, Role.HEAD), *filter(None, own)]
    return list(dict.fromkeys(told))


def tells(
    kind: str, day: str = "", among: Callable[[ProtectionDecision], list[User]] = concerned
) -> Callable[[ProtectionDecision, Any, Mapping[str, Any]], list[Tell]]:
    """One line of news to all who are concerned; ``day`` names the field of its date."""

    def tell(decision: ProtectionDecision, _actor: Any, _facts: Mapping[str, Any]) -> list[Tell]:
        params = {"who": decision.operator.display_name}
        if day:
            params["day"] = short_date(getattr(decision, day))
        return [Tell(user, kind, decision.get_absolute_url(), params) for user in among(decision)]

    return tell


def signers(decision: ProtectionDecision) -> list[User]:
    """Everybody concerned, and everybody who may sign."""
    return list(dict.fromkeys([*concerned(decision), *all_three_bodies()]))
