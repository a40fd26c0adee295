"""An account and a role come into being by two people, and end at once when someone leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from accounts import actions
from accounts.choices import GrantState, Role
from accounts.models import ApiToken, Invitation, RoleGrant, User
from accounts.tests.factories import AgencyFactory, UserFactory
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of

REASON = "joins the unit"


@pytest.fixture
def second_administrator(db: None) -> User:
    return UserFactory(role=Role.ADMIN, agency=None)


@pytest.fixture
def invitation(administrator: User) -> Invitation:
    return actions.propose_invitation(
        actor=administrator, email="New@portal.example", full_name="New Person",
        agency=AgencyFactory(energy=True), roles=[Role.OFFICER], reason=REASON,
    )  # fmt: skip


def test_the_one_who_invites_cannot_approve(invitation: Invitation, administrator: User) -> None:
    with pytest.raises(NotAllowed):
        actions.approve_invitation(invitation=invitation, actor=administrator, base_url="http://x")


def test_an_invitation_is_walked_from_proposal_to_account(
    invitation: Invitation, second_administrator: User, client: Client,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        link = actions.approve_invitation(
            invitation=invitation, actor=second_administrator, base_url="http://testserver"
        )
    assert link in mail.outbox[0].body
    answer = client.post(link, {"password": "a-long-secret-7", "again": "a-long-secret-7"})
    assert answer.status_code == 302
    user = User.objects.get(email="new@portal.example")
    assert user.roles == {Role.OFFICER}
    assert client.get(link).status_code == 404


def test_the_database_itself_refuses_an_approval_by_the_inviter(invitation: Invitation) -> None:
    invitation.approved_by = invitation.invited_by
    with pytest.raises(IntegrityError):
        invitation.save()


def test_a_delegate_invites_for_the_own_body_and_makes_no_administrators(db: None) -> None:
    delegate = UserFactory(role=Role.DELEGATE, agency=AgencyFactory(atameken=True))
    own = {"email": "a@portal.example", "full_name": "A", "reason": REASON}
    with pytest.raises(NotAllowed):
        actions.propose_invitation(
            actor=delegate, agency=AgencyFactory(energy=True), roles=[Role.OFFICER], **own
        )
    with pytest.raises(NotAllowed):
        actions.propose_invitation(
            actor=delegate, agency=delegate.agency, roles=[Role.ADMIN], **own
        )
    assert actions.propose_invitation(
        actor=delegate, agency=delegate.agency, roles=[Role.OFFICER], **own
    )


def test_a_role_needs_a_second_person_who_is_neither_proposer_nor_subject(
    administrator: User, second_administrator: User, officer: User
) -> None:
    grant = actions.propose_role(user=officer, role=Role.HEAD, actor=administrator, reason=REASON)
    assert Role.HEAD not in User.objects.get(pk=officer.pk).roles
    for wrong in (administrator, officer):
        with pytest.raises(NotAllowed):
            actions.decide_grant(grant=grant, verb="approve", actor=wrong)
    actions.decide_grant(grant=grant, verb="approve", actor=second_administrator)
    assert Role.HEAD in User.objects.get(pk=officer.pk).roles
    assert [line.verb for line in history_of(grant)] == [
        "accounts.grant.approve",
        "accounts.grant.propose",
    ]


def test_a_role_ends_by_two_people_too(
    administrator: User, second_administrator: User, officer: User
) -> None:
    grant = officer.grants.get()
    actions.decide_grant(grant=grant, verb="propose_end", actor=administrator, reason="moves on")
    assert Role.OFFICER in User.objects.get(pk=officer.pk).roles
    actions.decide_grant(grant=grant, verb="confirm_end", actor=second_administrator)
    assert User.objects.get(pk=officer.pk).roles == frozenset()
    with pytest.raises(WrongState):
        actions.decide_grant(grant=grant, verb="confirm_end", actor=second_administrator)


def test_a_refusal_needs_a_reason(
    administrator: User, second_administrator: User, officer: User
) -> None:
    grant = actions.propose_role(user=officer, role=Role.HEAD, actor=administrator, reason=REASON)
    with pytest.raises(Refused):
        actions.decide_grant(grant=grant, verb="refuse", actor=second_administrator, reason=" ")
    grant.refresh_from_db()
    assert grant.state == GrantState.PROPOSED


def test_leaving_ends_account_tokens_and_roles_at_once(
    administrator: User, officer: User, head: User
) -> None:
    actions.issue_token(user=officer, actor=officer)
    client = Client()
    client.force_login(officer)
    actions.deactivate_user(user=officer, actor=administrator, reason="left", successor=head)
    officer = User.objects.get(pk=officer.pk)
    assert (officer.is_active, officer.successor, officer.roles) == (False, head, frozenset())
    assert not ApiToken.objects.filter(user=officer).exists()
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("role", [Role.HEAD, Role.DELEGATE])
def test_who_belongs_to_no_body_is_out_of_a_heads_reach(role: Role, administrator: User) -> None:
    near = UserFactory(role=role, agency=AgencyFactory(supplier=True))
    with pytest.raises(NotAllowed):
        actions.deactivate_user(user=administrator, actor=near, reason="I say so")
    with pytest.raises(NotAllowed):
        actions.propose_role(user=administrator, role=Role.OFFICER, actor=near, reason="no")


def test_an_account_is_closed_only_with_a_reason(administrator: User, officer: User) -> None:
    with pytest.raises(Refused):
        actions.deactivate_user(user=officer, actor=administrator, reason="")


def test_the_command_line_makes_two_administrators_and_no_third(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "a-long-secret-7")
    call_command("create_admin", "one@portal.example", "One")
    call_command("create_admin", "two@portal.example", "Two")
    with pytest.raises(SystemExit):
        call_command("create_admin", "three@portal.example", "Three")
    assert RoleGrant.objects.filter(role=Role.ADMIN).count() == 2


def test_a_link_alone_makes_nobody_a_second_person(
    invitation: Invitation, administrator: User, second_administrator: User, officer: User
) -> None:
    grant = actions.propose_role(user=officer, role=Role.HEAD, actor=administrator, reason=REASON)
    client = Client()
    client.force_login(second_administrator)
    links = [f"rolegrant/{grant.pk}/approve", f"invitation/{invitation.pk}/approve"]
    for link in links:
        assert client.get(f"/admin/accounts/{link}/").status_code == 200
    grant.refresh_from_db()
    invitation.refresh_from_db()
    assert (grant.state, invitation.state) == ("proposed", "proposed")
    for link in links:
        assert client.post(f"/admin/accounts/{link}/").status_code == 302
    grant.refresh_from_db()
    invitation.refresh_from_db()
    assert (grant.state, invitation.state) == ("active", "sent")


def test_the_approver_never_sees_the_link(
    signed_in: Callable[[User], Client], invitation: Invitation, second_administrator: User,
    mailoutbox: list[Any],
) -> None:  # fmt: skip
    page = signed_in(second_administrator).post(
        f"{invitation.get_absolute_url()}approve/", follow=True
    )
    assert "/me/invitation/" not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "trait"),
    [
        (Role.OFFICER, "supplier"),
        (Role.MEMBER, "supplier"),
        (Role.MEMBER, "atameken"),
        (Role.SUPPLIER, "energy"),
    ],
)
def test_a_role_must_exist_in_the_body(administrator: User, role: Role, trait: str) -> None:
    with pytest.raises(Refused):
        actions.propose_invitation(
            actor=administrator, email="x@portal.example", full_name="X", reason=REASON,
            agency=AgencyFactory(**{trait: True}), roles=[role],
        )  # fmt: skip


def test_nobody_issues_a_token_for_another(administrator: User, officer: User) -> None:
    with pytest.raises(NotAllowed):
        actions.issue_token(user=officer, actor=administrator)
