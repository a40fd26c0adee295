"""Every move of a case, for every person and every state."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.tests.factories import AgencyFactory
from cases.choices import Answer, CaseState, Outcome
from cases.models import Case
from cases.tests.factories import (
    CaseFactory,
    CitationFactory,
    LeadFactory,
    OpinionFactory,
    TaskFactory,
    officer_of,
)
from cases.workflow import CASES
from common import clock
from common.errors import NotAllowed, Refused, WrongState

CAST = [
    "officer", "head", "analyst", "atameken_officer", "association_officer", "member",
    "supplier_user", "auditor", "administrator", "stranger",
]  # fmt: skip
MAY: dict[str, set[str]] = {
    **{key: {"officer", "head"} for key in ("collect", "ask_opinion", "prepare", "close")},
    **{key: {"officer", "head"} for key in ("hand_over",)},
    **{key: {"head"} for key in ("decide", "reopen", "assign")},
    **{key: {"atameken_officer"} for key in ("accept", "decline")},
    "withdraw": {"officer", "head"},
}
OF_AN_OFFER = {"accept", "decline", "withdraw"}


def case_for(verb: str, state: str) -> Case:
    """A case of the Ministry that meets every gate."""
    more: dict[str, Any] = {}
    if verb in OF_AN_OFFER and state != CaseState.CLOSED:
        more["handover_to"] = AgencyFactory(atameken=True)
    case: Case = CaseFactory(state=state, **more)
    LeadFactory(state="attached", case=case)
    LeadFactory(state="attached", case=case, tip=True)
    CitationFactory(case=case)
    return case


def changes_for(verb: str, actor: Any) -> dict[str, Any]:
    closing = {"outcome": Outcome.CONFIRMED, "closed_at": clock.now()}
    by_verb: dict[str, dict[str, Any]] = {
        "decide": closing,
        "close": {**closing, "outcome": Outcome.NOT_CONFIRMED},
        "reopen": {"outcome": "", "closed_at": None},
        "assign": {"owner": officer_of("energy")},
        "hand_over": {
            "handover_to": AgencyFactory(atameken=True),
            "handover_until": clock.today() + timedelta(days=3),
        },
        **{
            key: {"handover_to": None, "handover_until": None}
            for key in ("accept", "decline", "withdraw")
        },
    }
    return by_verb.get(verb, {})


def facts_for(verb: str) -> dict[str, Any]:
    asked = {"agency": AgencyFactory(atameken=True).pk, "due": "01.12.2026"}
    return asked if verb == "ask_opinion" else {}


@pytest.mark.django_db
@pytest.mark.parametrize("state", CaseState.values)
@pytest.mark.parametrize("verb", CASES.moves)
def test_a_move_is_made_only_from_its_states_and_by_its_people(
    verb: str, state: str, request: pytest.FixtureRequest
) -> None:
    move = CASES.moves[verb]
    for name in CAST:
        actor = request.getfixturevalue(name)
        case = case_for(verb, state)
        expected: type[Exception] | None = None
        if name not in MAY[verb]:
            expected = NotAllowed
        if state not in move.sources:
            expected = WrongState
        given = {"changes": changes_for(verb, actor), "facts": facts_for(verb)}
        if verb in {"close", "decide"} and state in move.sources and "handover_to" in given:
            given["changes"].pop("handover_to")
        if expected:
            with pytest.raises(expected):
                CASES.make(verb, case, actor=actor, reason="why", **given)
            case.refresh_from_db()
            assert case.state == state
        else:
            CASES.make(verb, case, actor=actor, reason="why", **given)
            assert case.state == (move.target or state)


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["energy", "association", "atameken"])
def test_each_of_the_three_bodies_can_lead_a_case(body: str) -> None:
    owner = officer_of(body)
    case = CaseFactory(owner=owner)
    CASES.make("collect", case, actor=owner)
    CASES.make("prepare", case, actor=owner)
    assert case.state == CaseState.DECISION


@pytest.mark.django_db
class TestGates:
    """What must hold before a decision against somebody."""

    def decide(self, case: Case, head: Any) -> None:
        CASES.make(
            "decide", case, actor=head, reason="why",
            changes={"outcome": Outcome.CONFIRMED, "closed_at": clock.now()},
        )  # fmt: skip

    def test_one_anonymous_tip_is_never_enough(self, head: Any) -> None:
        case = CaseFactory(state=CaseState.DECISION)
        LeadFactory(state="promoted", case=case, anonymous_tip=True)
        with pytest.raises(Refused, match="anonymous"):
            self.decide(case, head)

    def test_two_indicators_from_the_same_source_count_once(self, head: Any) -> None:
        case = CaseFactory(state=CaseState.DECISION)
        for _n in range(2):
            LeadFactory(state="attached", case=case)
        with pytest.raises(Refused, match="1 of 2"):
            self.decide(case, head)

    def test_readings_and_a_tip_are_two_sources(self, head: Any) -> None:
        case = case_for("decide", CaseState.DECISION)
        self.decide(case, head)
        assert case.state == CaseState.CLOSED

    def test_an_awaited_opinion_holds_the_decision_until_its_term(self, head: Any) -> None:
        case = case_for("decide", CaseState.DECISION)
        opinion = OpinionFactory(case=case)
        with pytest.raises(Refused, match="Opinions: 0 of 1"):
            self.decide(case, head)
        opinion.due_on = clock.today() - timedelta(days=1)
        opinion.save()
        self.decide(case, head)

    def test_an_answered_opinion_lets_the_decision_go(self, head: Any) -> None:
        case = case_for("decide", CaseState.DECISION)
        OpinionFactory(
            case=case, answer=Answer.AGAINST, text="no", answered_by=officer_of("atameken"),
            answered_at=clock.now(),
        )  # fmt: skip
        self.decide(case, head)

    def test_a_mandatory_task_holds_the_decision(self, head: Any) -> None:
        case = case_for("decide", CaseState.DECISION)
        TaskFactory(case=case, mandatory=True)
        TaskFactory(case=case)
        with pytest.raises(Refused, match="Mandatory tasks: 0 of 1"):
            self.decide(case, head)
