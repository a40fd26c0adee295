"""The journal keeps what was recorded, in order, and shows when someone has touched it."""

from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ProgrammingError

from journal.actions import record
from journal.models import Event
from journal.selectors import check_chain, history_of


@pytest.fixture
def three_events(officer: Any) -> list[Event]:
    return [
        record(f"test.act{n}", officer, actor=officer, facts={"n": n, "имя": "ұ"}) for n in range(3)
    ]


def test_each_event_carries_the_hash_of_the_one_before(three_events: list[Event]) -> None:
    rows = list(Event.objects.order_by("id"))
    for earlier, later in pairwise(rows):
        assert later.id == earlier.id + 1
        assert later.previous == earlier.hash


def test_an_untouched_chain_is_sound(three_events: list[Event]) -> None:
    assert check_chain() == (Event.objects.count(), [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET reason = 'x'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event CASCADE",
    ],
)
def test_the_application_can_neither_change_nor_remove_events(
    three_events: list[Event], statement: str
) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_application_cannot_switch_the_trigger_off(three_events: list[Event]) -> None:
    with (
        pytest.raises(ProgrammingError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_even_the_owner_is_stopped_by_the_trigger() -> None:
    record("test.act", None, actor=None)
    for statement in (
        "UPDATE journal_event SET reason = 'x'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event CASCADE",
    ):
        with (
            pytest.raises(DatabaseError, match="pgtrigger"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_an_owner_changed_behind_the_trigger_is_found() -> None:
    for n in range(4):
        record(f"test.act{n}", None, actor=None)
    second, third = Event.objects.order_by("id")[1:3]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_event SET reason = 'forged' WHERE id = %s", [second.id])
        cursor.execute("DELETE FROM journal_event WHERE id = %s", [third.id])
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    count, broken = check_chain()
    assert count == 3
    assert broken == [
        {"event": second.id, "fault": "content"},
        {"event": third.id, "fault": "missing"},
    ]
    with pytest.raises(SystemExit) as stop:
        call_command("verify_journal")
    assert stop.value.code == 1


def test_a_history_is_worded_and_newest_first(officer: Any, three_events: list[Event]) -> None:
    history = history_of(officer)
    assert [line.verb for line in history] == ["test.act2", "test.act1", "test.act0"]
    assert history[0].actor_label == officer.full_name
    assert history[0].agency_label == "Ministry of Energy"
