"""The frame of every page: each person's menu, the dashboard, search and journal."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.actions import record
from journal.models import Announcement
from journal.telling import Tell
from outlook.actions import take_picture

SignIn = Callable[[User], Client]
MENUS = {
    "officer": {"/leads/", "/cases/", "/registry/", "/grid/", "/checks/"},
    "member": {"/tips/"},
    "supplier_user": {"/grid/"},
    "auditor": {"/journal/", "/checks/", "/registry/"},
    "administrator": {"/admin/", "/journal/"},
    "stranger": {"/law/"},
}
CLOSED = {
    "officer": {"/journal/", "/admin/"},
    "member": {"/leads/", "/checks/", "/registry/", "/journal/"},
    "supplier_user": {"/leads/", "/cases/", "/checks/", "/tips/"},
    "auditor": {"/tips/", "/admin/"},
    "administrator": {"/leads/", "/cases/"},
    "stranger": {"/leads/", "/cases/", "/grid/", "/registry/", "/journal/"},
}


@pytest.mark.parametrize("who", MENUS)
def test_a_menu_holds_what_the_person_may_open_and_nothing_else(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str
) -> None:
    client = signed_in(request.getfixturevalue(who))
    page = client.get("/")
    assert page.status_code == 200
    shown = {item.url for group in page.context["nav"] for item in group}
    assert shown >= MENUS[who]
    assert not shown & CLOSED[who]
    for url in shown - {"/admin/"}:
        assert client.get(url).status_code == 200, url
    for url in CLOSED[who] - {"/admin/"}:
        assert client.get(url).status_code in {403, 404}, url


def test_nobody_is_led_to_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_the_dashboard_shows_the_picture_with_its_time(
    signed_in: SignIn, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    take_picture()
    client = signed_in(officer)
    client.get("/")
    with django_assert_max_num_queries(30):
        page = client.get("/")
    assert page.context["computed_at"] is not None
    assert len(page.context["tiles"]) == 4


def test_an_outsider_of_the_group_gets_no_picture(signed_in: SignIn, member: User) -> None:
    take_picture()
    assert "tiles" not in signed_in(member).get("/").context


def test_the_inbox_reads_and_forgets_the_count(signed_in: SignIn, officer: User) -> None:
    record(
        "test.act",
        officer,
        actor=None,
        tells=[Tell(officer, "accounts.grant", "/me/", {"role": "head"})],
    )
    client = signed_in(officer)
    assert "role of yours" in client.get("/journal/inbox/").content.decode()
    assert client.post("/journal/inbox/read/").status_code == 302
    assert Announcement.objects.get().read_at is not None


def test_the_journal_opens_for_auditors_only(
    signed_in: SignIn, auditor: User, officer: User
) -> None:
    record("test.act", officer, actor=officer, reason="because of this")
    assert "because of this" in signed_in(auditor).get("/journal/").content.decode()
    assert signed_in(officer).get("/journal/").status_code == 403


def test_search_asks_for_two_letters(signed_in: SignIn, officer: User) -> None:
    assert signed_in(officer).get("/search/?q=x").context["groups"] == []


def test_a_language_stays_chosen(signed_in: SignIn, officer: User) -> None:
    client = signed_in(officer)
    client.post("/language/", {"language": "kk", "next": "/me/"})
    officer.refresh_from_db()
    assert officer.language == "kk"
    assert 'lang="kk"' in client.get("/me/").content.decode()


def test_a_language_leads_back_only_within_the_portal(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "kk", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
