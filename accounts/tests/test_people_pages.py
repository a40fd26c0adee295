"""Heads and delegates invite for their own body, on pages of their own."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts import actions
from accounts.choices import InvitationState, Role
from accounts.models import Invitation, User
from accounts.tests.factories import AgencyFactory, UserFactory

SignIn = Callable[[User], Client]


@pytest.fixture
def delegate(db: None) -> User:
    return UserFactory(role=Role.DELEGATE, agency=AgencyFactory(energy=True))


@pytest.fixture
def invitation(head: User) -> Invitation:
    assert head.agency is not None
    return actions.propose_invitation(
        actor=head, email="new@portal.example", full_name="New Person", agency=head.agency,
        roles=[Role.OFFICER], reason="joins",
    )  # fmt: skip


def test_a_head_proposes_and_a_delegate_approves(
    signed_in: SignIn, head: User, delegate: User
) -> None:
    given = {
        "email": "new@portal.example", "full_name": "New Person", "agency": head.agency_id,
        "roles": [Role.OFFICER], "language": "kk", "reason": "joins",
    }  # fmt: skip
    answer = signed_in(head).post("/people/invite/", given)
    made = Invitation.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    signed_in(delegate).post(f"{made.get_absolute_url()}approve/")
    made.refresh_from_db()
    assert made.state == InvitationState.SENT


def test_the_inviter_is_not_offered_the_approval(
    signed_in: SignIn, head: User, invitation: Invitation
) -> None:
    page = signed_in(head).get(invitation.get_absolute_url())
    assert [offer.move.verb for offer in page.context["offers"]] == ["withdraw"]
    assert signed_in(head).post(f"{invitation.get_absolute_url()}approve/").status_code == 403


def test_a_head_cannot_offer_the_administrators_role_or_another_body(
    signed_in: SignIn, head: User
) -> None:
    given = {
        "email": "x@portal.example", "full_name": "X", "agency": AgencyFactory(atameken=True).pk,
        "roles": [Role.ADMIN], "language": "ru", "reason": "because",
    }  # fmt: skip
    page = signed_in(head).post("/people/invite/", given)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"agency", "roles"}
    assert not Invitation.objects.exists()


def test_another_body_does_not_see_the_invitation(
    signed_in: SignIn, invitation: Invitation
) -> None:
    other = UserFactory(role=Role.HEAD, agency=AgencyFactory(atameken=True))
    assert signed_in(other).get(invitation.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("url", ["/people/", "/people/invite/", "/people/invitations/"])
def test_an_officer_does_not_administer_people(signed_in: SignIn, officer: User, url: str) -> None:
    assert signed_in(officer).get(url).status_code == 403


def test_the_list_of_people_keeps_its_budget(
    signed_in: SignIn, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(30):
        UserFactory(role=Role.OFFICER, agency=AgencyFactory(energy=True))
    client = signed_in(administrator)
    with django_assert_max_num_queries(12):
        assert client.get("/people/").status_code == 200
