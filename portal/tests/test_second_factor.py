"""Officials and administrators enrol a second factor before anything else opens."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts.actions import issue_token
from accounts.models import User

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _second_factor_required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("who", ["officer", "head", "analyst", "auditor", "administrator"])
def test_without_a_second_factor_every_page_leads_to_its_enrolment(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str
) -> None:
    client = signed_in(request.getfixturevalue(who))
    pages = ("/", "/leads/", "/admin/", "/journal/", "/search/?q=anything", "/api/v1/leads/")
    for url in pages:
        assert client.get(url).headers["Location"] == "/accounts/2fa/", url


@pytest.mark.parametrize("who", ["member", "supplier_user"])
def test_members_and_suppliers_may_go_without(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str
) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/").status_code == 200


def test_a_token_is_no_session_and_needs_no_second_factor(client: Client, officer: User) -> None:
    token = issue_token(user=officer, actor=officer)
    answer = client.get("/api/v1/leads/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code == 200


def test_once_enrolled_the_portal_opens(signed_in: SignIn, officer: User) -> None:
    TOTP.activate(officer, generate_totp_secret())
    assert signed_in(officer).get("/").status_code == 200


def test_the_enrolment_page_itself_opens(signed_in: SignIn, officer: User) -> None:
    assert signed_in(officer).get("/accounts/2fa/").status_code == 200


def test_a_password_alone_does_not_sign_an_enrolled_person_in(
    client: Client, officer: User
) -> None:
    officer.set_password("a-long-secret-7")
    officer.save()
    TOTP.activate(officer, generate_totp_secret())
    answer = client.post(
        "/accounts/login/", {"login": officer.email, "password": "a-long-secret-7"}
    )
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/").status_code == 302


def test_nobody_signs_up(client: Client, db: None) -> None:
    answer = client.post(
        "/accounts/signup/", {"email": "x@portal.example", "password1": "a-long-secret-7"}
    )
    assert not User.objects.filter(email="x@portal.example").exists()
    assert answer.status_code in {200, 302, 403}
