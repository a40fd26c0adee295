"""The workflow engine, shown on role changes: one line of the table is the whole rule."""

import socket
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.choices import GrantState, Role
from accounts.models import RoleGrant, User
from accounts.tests.factories import UserFactory
from accounts.workflow import GRANTS
from common.errors import NotAllowed, Refused, WrongState
from journal.delivery import deliver_due
from journal.models import Announcement, Delivery, Event
from journal.selectors import inbox, unread_count
from journal.workflow import Gate, Move, Workflow

WHO = ["administrator", "other_administrator", "officer", "member", "auditor", "stranger"]


@pytest.fixture
def grant(administrator: User, officer: User) -> RoleGrant:
    return actions.propose_role(
        user=officer, role=Role.HEAD, actor=administrator, reason="leads the unit now"
    )


@pytest.fixture
def other_administrator(db: None) -> User:
    return UserFactory(role=Role.ADMIN, agency=None)


@pytest.mark.parametrize("state", GrantState.values)
@pytest.mark.parametrize("verb", list(GRANTS.moves))
@pytest.mark.parametrize("who", WHO)
def test_a_move_is_made_by_whom_the_table_allows_and_from_its_states_only(
    request: pytest.FixtureRequest, grant: RoleGrant, who: str, verb: str, state: str
) -> None:
    actor = request.getfixturevalue(who)
    RoleGrant.objects.filter(pk=grant.pk).update(state=state)
    grant.refresh_from_db()
    move = GRANTS.moves[verb]
    decides = who == "other_administrator" or (who == "administrator" and verb == "propose_end")

    def make() -> Event:
        return GRANTS.make(verb, grant, actor=actor, reason="because")

    events = Event.objects.count()
    if state not in move.sources:
        with pytest.raises(WrongState):
            make()
    elif not decides:
        with pytest.raises(NotAllowed):
            make()
    else:
        assert make().verb == f"accounts.grant.{verb}"
        assert RoleGrant.objects.get(pk=grant.pk).state == move.target
        events += 1
    assert Event.objects.count() == events
    assert (verb in {offer.move.verb for offer in GRANTS.offered(grant, actor)}) == (
        GRANTS.may(verb, grant, actor)
    )


def test_what_a_move_needs_is_named_and_nothing_has_changed(
    grant: RoleGrant, other_administrator: User
) -> None:
    with pytest.raises(Refused) as refusal:
        GRANTS.make("refuse", grant, actor=other_administrator, reason="  ")
    assert refusal.value.field == "reason"
    assert "Reason" in str(refusal.value.message)
    assert RoleGrant.objects.get(pk=grant.pk).state == GrantState.PROPOSED


def test_an_unmet_gate_refuses_and_is_shown_beforehand(
    grant: RoleGrant, other_administrator: User
) -> None:
    def gates(_grant: RoleGrant) -> list[Gate]:
        return [Gate(ok=True, text="met"), Gate(ok=False, text="The order is not signed.")]

    move = Move(
        "sign", (GrantState.PROPOSED,), GrantState.ACTIVE, allowed=lambda _u, _g: True,
        label="Sign", done="signed", gates=gates,
    )  # fmt: skip
    flow = Workflow("accounts.test_signing", RoleGrant, moves=[move])
    (offer,) = flow.offered(grant, other_administrator)
    assert not offer.ready
    assert offer.refusals == ["The order is not signed."]
    with pytest.raises(Refused, match="not signed"):
        flow.make("sign", grant, actor=other_administrator)


def test_a_move_reads_the_row_under_a_lock_and_not_the_stale_copy(
    grant: RoleGrant, other_administrator: User
) -> None:
    stale = RoleGrant.objects.get(pk=grant.pk)
    actions.decide_grant(grant=grant, verb="approve", actor=other_administrator)
    with CaptureQueriesContext(connection) as queries, pytest.raises(WrongState):
        GRANTS.make("approve", stale, actor=other_administrator)
    assert any("FOR UPDATE" in query["sql"] for query in queries.captured_queries)


def test_the_audience_is_told_once_in_inbox_and_outbox_and_the_actor_never(
    grant: RoleGrant, officer: User, other_administrator: User
) -> None:
    actions.decide_grant(grant=grant, verb="approve", actor=other_administrator)
    assert unread_count(officer) == 1
    assert "role of yours" in inbox(officer)[0].words
    assert unread_count(other_administrator) == 0
    assert Delivery.objects.filter(state=Delivery.State.QUEUED).count() == 1


def test_an_email_says_little_and_goes_out_once(
    grant: RoleGrant, other_administrator: User, mailoutbox: list[Any]
) -> None:
    actions.decide_grant(grant=grant, verb="approve", actor=other_administrator)
    assert deliver_due() == 1
    assert deliver_due() == 0
    (letter,) = mailoutbox
    assert "role" not in letter.subject + letter.body


def test_a_refused_connection_is_tried_again_later(
    grant: RoleGrant, other_administrator: User, settings: Any, unused_port: int
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    actions.decide_grant(grant=grant, verb="approve", actor=other_administrator)
    assert deliver_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (Delivery.State.QUEUED, 1)
    assert "refused" in delivery.error
    assert delivery.next_attempt_at > Announcement.objects.get().created_at


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_verb_that_stands_twice_is_noticed_when_the_table_is_built() -> None:
    move = Move("x", ("a",), "b", lambda _user, _grant: True, "X", "x")
    with pytest.raises(ValueError, match="twice"):
        Workflow("accounts.test_twice", RoleGrant, moves=[move, move])
