"""The writes about people: invite, accept, propose a role, leave, issue a token."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import GrantState, InvitationState
from accounts.models import Agency, ApiToken, Invitation, RoleGrant, User
from accounts.workflow import GRANTS, INVITATIONS
from common import clock
from common.errors import NotAllowed, Refused
from journal.actions import record

SAME_VISIT = timedelta(hours=6)


@transaction.atomic
def propose_invitation(
    *, actor: Any, email: str, full_name: str, agency: Agency, roles: list[str], **more: Any
) -> Invitation:
    """First step of an invitation; a second person approves and so sends it."""
    if not policies.may_invite_for(actor, agency) or not policies.may_invite_as(actor, roles):
        raise NotAllowed(_("You may not invite for this body or with these roles."))
    if not policies.fits_body(roles, agency):
        raise Refused(_("These roles do not exist in this body."), field="roles")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("A person with this address has an account already."), field="email")
    invitation = Invitation.objects.create(
        email=email.lower(), full_name=full_name, agency=agency, roles=roles,
        invited_by=actor, **more,
    )  # fmt: skip
    record("accounts.invitation.propose", invitation, actor=actor, facts={"roles": roles})
    return invitation


@transaction.atomic
def approve_invitation(*, invitation: Invitation, actor: Any, base_url: str) -> str:
    """Second step: sends the link, which is kept only as a hash. Returns the link.

    No screen shows it: whoever approves would otherwise be able to open the account.
    """
    token = secrets.token_urlsafe(32)
    INVITATIONS.make(
        "approve",
        invitation,
        actor=actor,
        changes={
            "approved_by": actor,
            "token_hash": _digest(token),
            "expires_at": clock.now() + timedelta(days=settings.INVITATION_DAYS),
        },
    )
    link = base_url.rstrip("/") + reverse("accounts:accept_invitation", args=[token])
    transaction.on_commit(lambda: _send_invitation(invitation, link))
    return link


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link belongs to, while it is valid."""
    return Invitation.objects.filter(
        token_hash=_digest(token), state=InvitationState.SENT, expires_at__gt=clock.now()
    ).first()


@transaction.atomic
def accept_invitation(*, token: str, password: str | None) -> User:
    """Makes the account with the approved roles; the link is used up."""
    invitation = open_invitation(token)
    if invitation is None:
        raise Refused(_("This invitation is no longer valid. Ask for a new one."))
    user = User.objects.create_user(
        invitation.email,
        password,
        full_name=invitation.full_name,
        agency=invitation.agency,
        language=invitation.language,
        joined_at=clock.now(),
    )
    for role in invitation.roles:
        RoleGrant.objects.create(
            user=user,
            role=role,
            state=GrantState.ACTIVE,
            reason=invitation.reason,
            proposed_by=invitation.invited_by,
            decided_by=invitation.approved_by,
            since=clock.now(),
        )
    INVITATIONS.make("accept", invitation, actor=user, changes={"token_hash": ""})
    return user


@transaction.atomic
def propose_role(*, user: User, role: str, actor: Any, reason: str) -> RoleGrant:
    """First step of a new role."""
    grant = RoleGrant(user=user, role=role, reason=reason, proposed_by=actor)
    if not policies.may_propose_grant(actor, grant):
        raise NotAllowed(_("You may not propose this role for this person."))
    if not policies.fits_body([role], user.agency):
        raise Refused(_("These roles do not exist in this body."), field="role")
    if role in user.roles:
        raise Refused(_("The person has this role already."), field="role")
    grant.save()
    record("accounts.grant.propose", grant, actor=actor, reason=reason, facts={"role": role})
    return grant


def decide_grant(*, grant: RoleGrant, verb: str, actor: Any, reason: str = "") -> None:
    """Any move of the table of role changes, with the dates that belong to it."""
    changes: dict[str, Any] = {"decided_by": actor}
    if verb == "propose_end":
        changes = {"proposed_by": actor, "decided_by": None}
    elif verb == "approve":
        changes["since"] = clock.now()
    elif verb == "confirm_end":
        changes["until"] = clock.now()
    GRANTS.make(verb, grant, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def deactivate_user(*, user: User, actor: Any, reason: str, successor: User | None = None) -> None:
    """Closes the account of someone who leaves: sessions, tokens and roles end at once.

    The apps above see ``left_at`` and pass open work to ``successor``.
    """
    if not policies.may_deactivate(actor, user):
        raise NotAllowed(_("You may not close this account."))
    if not reason.strip():
        raise Refused(_("Please give: %(field)s.") % {"field": _("Reason")}, field="reason")
    if successor is not None and (not successor.is_active or successor == user):
        raise Refused(_("The successor must be another, active person."), field="successor")
    user.is_active, user.left_at, user.successor = False, clock.now(), successor
    user.save(update_fields=["is_active", "left_at", "successor"])
    ApiToken.objects.filter(user=user).delete()
    in_force = user.grants.filter(state__in=[GrantState.ACTIVE, GrantState.ENDING])
    for grant in in_force:
        grant.state, grant.until = GrantState.ENDED, clock.now()
        grant.save(update_fields=["state", "until"])
    user.grants.filter(state=GrantState.PROPOSED).update(state=GrantState.REFUSED)
    facts = {"successor": str(successor) if successor else ""}
    record("accounts.user.deactivate", user, actor=actor, reason=reason, facts=facts)


@transaction.atomic
def set_preferences(*, user: User, language: str = "", theme: str = "") -> None:
    """The person's own language and theme; empty keeps what is."""
    user.language, user.theme = language or user.language, theme or user.theme
    user.save(update_fields=["language", "theme"])
    record("accounts.user.prefer", user, actor=user, facts={"language": language, "theme": theme})


def note_visit(*, user: User) -> datetime | None:
    """Notes that the person is here; returns when the visit before this one began.

    Looking again within the same half-day is the same visit, so that what is new stays new
    until it has been read in peace. Not journalled: it is a convenience, not an act.
    """
    now = clock.now()
    if user.visited_at is None or now - user.visited_at > SAME_VISIT:
        user.before_at, user.visited_at = user.visited_at, now
        user.save(update_fields=["before_at", "visited_at"])
    return user.before_at


@transaction.atomic
def issue_token(
    *, user: User, actor: Any, days: int = 90, read_only: bool = False, label: str = ""
) -> str:
    """A new API token that ends after ``days``; returned once, kept as a hash."""
    if actor is not None and not policies.may_issue_token(actor, user):
        raise NotAllowed(_("You may not issue a token for this person."))
    token, text = ApiToken.objects.create(
        user, expiry=timedelta(days=days), read_only=read_only, label=label
    )
    facts = {"key": token.token_key, "days": days, "read_only": read_only}
    record("accounts.token.issue", user, actor=actor, facts=facts)
    return str(text)


@transaction.atomic
def create_first_admin(*, email: str, full_name: str, password: str) -> User:
    """An administrator made from the command line, while fewer than two exist."""
    if User.objects.active().with_role("admin").count() > 1:
        raise Refused(_("Two administrators exist; they invite all others in the portal."))
    user = User.objects.create_user(email, password, full_name=full_name)
    RoleGrant.objects.create(
        user=user, role="admin", state=GrantState.ACTIVE, since=clock.now(),
        reason="made from the command line",
    )  # fmt: skip
    record("accounts.admin.create", user, actor=None)
    return user


def _send_invitation(invitation: Invitation, link: str) -> None:
    with translation.override(invitation.language):
        send_mail(
            _("Invitation to the operational group's portal"),
            _("You are invited to the portal. Open this link within %(days)d days:\n%(link)s")
            % {"days": settings.INVITATION_DAYS, "link": link},
            None,
            [invitation.email],
        )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
