"""Every move of a lead, for every person and every state."""

from datetime import timedelta
from typing import Any

import pytest

from cases.choices import LeadState
from cases.models import Lead
from cases.tests.factories import CaseFactory, LeadFactory, officer_of, stated
from cases.workflow import LEADS
from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of
from registry.tests.factories import invented_bin

CAST = [
    "officer", "head", "analyst", "atameken_officer", "association_officer", "member",
    "supplier_user", "auditor", "administrator", "stranger",
]  # fmt: skip
WORKERS = {"officer", "head", "atameken_officer", "association_officer"}
MAY: dict[str, set[str]] = {
    **dict.fromkeys(LEADS.moves, WORKERS),
    "wake": set(),
}


def changes_for(verb: str, actor: Any, lead: Lead) -> dict[str, Any]:
    """What the move needs besides the reason."""
    decided = {"decided_by": actor, "decided_at": clock.now()}
    by_verb: dict[str, dict[str, Any]] = {
        "promote": {"case": CaseFactory(), **decided},
        "confirm": {"case": CaseFactory(), **decided},
        "attach": {"case": CaseFactory(), **decided},
        "take": {"taken_by": actor},
        "defer": {"deferred_until": clock.today() + timedelta(days=3)},
        "dismiss": {"reason": "a cold store", **decided},
        "propose": {"contradiction": "ten times the declared", "proposed_by": actor},
        "reopen": {"case": None, "decided_by": None, "decided_at": None},
        "wake": {"deferred_until": None},
    }
    if verb == "propose":
        by_verb[verb]["stated"] = stated(
            lead, [invented_bin(7)], lead.proposed_by or officer_of("energy")
        )
    return by_verb.get(verb, {})


@pytest.mark.django_db
@pytest.mark.parametrize("state", LeadState.values)
@pytest.mark.parametrize("verb", LEADS.moves)
def test_a_move_is_made_only_from_its_states_and_by_its_people(
    verb: str, state: str, request: pytest.FixtureRequest
) -> None:
    move = LEADS.moves[verb]
    for name in CAST:
        actor = request.getfixturevalue(name)
        lead = LeadFactory(state=state)
        expected: type[Exception] | None = None
        if name not in MAY[verb]:
            expected = NotAllowed
        if state not in move.sources:
            expected = WrongState
        if expected:
            with pytest.raises(expected):
                LEADS.make(
                    verb, lead, actor=actor, reason="why", changes=changes_for(verb, actor, lead)
                )
            lead.refresh_from_db()
            assert lead.state == state
        else:
            LEADS.make(
                verb, lead, actor=actor, reason="why", changes=changes_for(verb, actor, lead)
            )
            assert lead.state == (move.target or state)
            assert history_of(lead)[0].verb == f"cases.lead.{verb}"


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [v for v, m in LEADS.moves.items() if "reason" in m.needs])
def test_a_move_that_needs_a_reason_is_refused_without_one(verb: str, officer: Any) -> None:
    lead = LeadFactory(state=LEADS.moves[verb].sources[0])
    changes = {k: v for k, v in changes_for(verb, officer, lead).items() if k != "reason"}
    with pytest.raises(Refused):
        LEADS.make(verb, lead, actor=officer, reason="  ", changes=changes)
    lead.refresh_from_db()
    assert lead.state == LEADS.moves[verb].sources[0]


@pytest.mark.django_db
def test_only_the_portal_itself_returns_deferred_leads(officer: Any) -> None:
    lead = LeadFactory(state=LeadState.DEFERRED)
    LEADS.make("wake", lead, actor=None, changes={"deferred_until": None})
    assert lead.state == LeadState.NEW
