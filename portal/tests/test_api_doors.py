"""The doors of the API: tokens, problem documents, pages, the committed schema."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import ApiToken, User
from journal.actions import record

Api = Callable[[User], APIClient]


def with_token(text: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {text}", HTTP_ACCEPT_LANGUAGE="en")
    return client


def test_a_token_acts_for_its_person(auditor: User) -> None:
    text = actions.issue_token(user=auditor, actor=auditor)
    record("test.act", auditor, actor=auditor)
    answer = with_token(text).get("/api/v1/events/?verb=test.act")
    assert [event["verb"] for event in answer.json()["results"]] == ["test.act"]
    assert ApiToken.objects.get().last_used_at is not None


def test_only_the_hash_of_a_token_is_kept(auditor: User) -> None:
    text = actions.issue_token(user=auditor, actor=auditor)
    token = ApiToken.objects.get()
    assert text not in {token.digest, token.token_key}
    assert len(token.token_key) < len(text) / 2


def test_an_expired_token_is_refused_as_a_problem_document(auditor: User) -> None:
    text = actions.issue_token(user=auditor, actor=auditor)
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answer = with_token(text).get("/api/v1/events/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_a_read_only_token_changes_nothing(supplier_user: User) -> None:
    text = actions.issue_token(user=supplier_user, actor=supplier_user, read_only=True)
    answer = with_token(text).post("/api/v1/reading-batches/", {})
    assert answer.status_code == 403
    assert "only read" in answer.json()["detail"]


def test_a_stranger_gets_no_events(api: Api, stranger: User) -> None:
    assert api(stranger).get("/api/v1/events/").status_code == 403


def test_without_a_token_the_api_asks_for_one(db: None) -> None:
    assert APIClient().get("/api/v1/leads/").status_code == 401


def test_pages_follow_a_cursor(api: Api, auditor: User) -> None:
    for number in range(5):
        record("test.act", auditor, actor=auditor, facts={"n": number})
    first = api(auditor).get("/api/v1/events/?verb=test.act&page_size=3").json()
    assert [event["facts"]["n"] for event in first["results"]] == [4, 3, 2]
    second = api(auditor).get(first["next"]).json()
    assert [event["facts"]["n"] for event in second["results"]] == [1, 0]
    assert second["next"] is None


def test_the_schema_and_its_page_are_for_the_signed_in(
    client: Client, signed_in: Callable[[User], Client], officer: User
) -> None:
    assert client.get("/api/v1/schema/").status_code == 401
    assert signed_in(officer).get("/api/v1/schema/").status_code == 200
    assert signed_in(officer).get("/api/v1/docs/").status_code == 200


def test_the_command_prints_a_token_once(auditor: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_token", auditor.email, "--days", "3", "--read-only")
    text = capsys.readouterr().out.strip()
    assert with_token(text).get("/api/v1/events/").status_code == 200
    assert ApiToken.objects.get().read_only


def test_the_command_says_whom_it_does_not_know(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        call_command("issue_token", "nobody@portal.example")
    assert stop.value.code == 2
    assert "nobody@portal.example" in capsys.readouterr().err
