"""Who may: the questions about roles and bodies that every app asks."""

from typing import Any

from accounts.choices import AIFC, ASSOCIATION, NATIONAL_BANK, AgencyKind, Role

OFFICIAL_ROLES = (Role.OFFICER, Role.HEAD, Role.ANALYST)
ANYWHERE = (Role.AUDITOR, Role.ADMIN)


def has_role(user: Any, *roles: str) -> bool:
    """Whether an active person has at least one of the roles in force."""
    return bool(user.is_active and user.is_authenticated and user.roles.intersection(roles))


def is_official(user: Any) -> bool:
    """Whether the person works on leads and cases for one of the three bodies."""
    return (
        has_role(user, *OFFICIAL_ROLES)
        and user.agency is not None
        and user.agency.kind == AgencyKind.MEMBER
    )


def is_head(user: Any) -> bool:
    """Whether the person heads the work of one of the three bodies."""
    return is_official(user) and has_role(user, Role.HEAD)


def is_auditor(user: Any) -> bool:
    """Whether the person reads everything and changes nothing."""
    return has_role(user, Role.AUDITOR)


def is_admin(user: Any) -> bool:
    """Whether the person runs the portal.

    No page of a case opens by that alone; the admin shows the rows, to read.
    """
    return has_role(user, Role.ADMIN)


def is_supplier(user: Any) -> bool:
    """Whether the person brings data for a supplier."""
    return has_role(user, Role.SUPPLIER) and user.agency is not None


def is_association_member(user: Any) -> bool:
    """Whether the person may file tips for a member of the Association."""
    return has_role(user, Role.MEMBER) and fits_body([Role.MEMBER], user.agency)


def is_lawyer(user: Any) -> bool:
    """Whether the person may vouch that a row of the law says what the law says."""
    return has_role(user, Role.LAWYER) and fits_body([Role.LAWYER], user.agency)


def is_supervisor(user: Any) -> bool:
    """Whether the person watches the exchange pilot for the National Bank or the AIFC."""
    return has_role(user, Role.SUPERVISOR) and fits_body([Role.SUPERVISOR], user.agency)


def needs_second_factor(user: Any) -> bool:
    """Whoever works for a state body, auditors and administrators sign in with two factors."""
    working = (*OFFICIAL_ROLES, Role.LAWYER, Role.SUPERVISOR)
    return has_role(user, *working, Role.AUDITOR, Role.ADMIN, Role.DELEGATE)


def may_see_journal(user: Any) -> bool:
    """The journal of everything is for auditors and administrators."""
    return is_auditor(user) or is_admin(user)


def may_see_people(user: Any) -> bool:
    """The list of people is for those who invite and for auditors."""
    return may_invite(user) or is_auditor(user)


def may_invite(user: Any) -> bool:
    """Whether the person may invite for some body at all."""
    own = has_role(user, Role.DELEGATE, Role.HEAD) and user.agency is not None
    return is_admin(user) or own


def may_invite_for(user: Any, agency: Any) -> bool:
    """Administrators for every body and for people of none, delegates and heads for their own."""
    return is_admin(user) or (may_invite(user) and agency == user.agency)


def may_invite_as(user: Any, roles: list[str]) -> bool:
    """Only an administrator makes administrators, auditors and delegates."""
    return is_admin(user) or not {Role.ADMIN, Role.AUDITOR, Role.DELEGATE}.intersection(roles)


def fits_body(roles: list[str], agency: Any) -> bool:
    """Whether these roles exist in this body: officials and lawyers work for members of the
    group, association members belong to the Association, suppliers bring data, supervisors of
    the exchange pilot sit in the National Bank and the AIFC."""
    known = set(ANYWHERE)
    if agency is not None and agency.kind == AgencyKind.MEMBER:
        known |= {*OFFICIAL_ROLES, Role.LAWYER, Role.DELEGATE}
        known |= {Role.MEMBER} if agency.code == ASSOCIATION else set()
    elif agency is not None:
        known |= {Role.DELEGATE}
        known |= {Role.SUPPLIER} if agency.kind == AgencyKind.SUPPLIER else set()
        known |= {Role.SUPERVISOR} if agency.code in {NATIONAL_BANK, AIFC} else set()
    return known.issuperset(roles)


def may_approve_invitation(user: Any, invitation: Any) -> bool:
    """A second person of the same reach: never the one who invited."""
    return (
        may_invite_for(user, invitation.agency)
        and may_invite_as(user, invitation.roles)
        and user.pk != invitation.invited_by_id
    )


def may_withdraw_invitation(user: Any, invitation: Any) -> bool:
    """Whoever could have sent it may take it back."""
    return may_invite_for(user, invitation.agency)


def may_decide_grant(user: Any, grant: Any) -> bool:
    """The second person of a role change: neither the proposer nor the one it is about."""
    return (
        may_invite_for(user, grant.user.agency)
        and may_invite_as(user, [grant.role])
        and user.pk not in {grant.proposed_by_id, grant.user_id}
    )


def may_propose_grant(user: Any, grant: Any) -> bool:
    """The first person of a role change; nobody changes an own role."""
    return (
        may_invite_for(user, grant.user.agency)
        and may_invite_as(user, [grant.role])
        and user.pk != grant.user_id
    )


def may_deactivate(user: Any, person: Any) -> bool:
    """Administrators close any account, delegates and heads those of their body; never an own."""
    return may_invite_for(user, person.agency) and user.pk != person.pk


def may_issue_token(user: Any, person: Any) -> bool:
    """Everyone for themselves: a token acts in its person's name."""
    return bool(user.pk == person.pk)
