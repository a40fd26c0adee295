"""Lists of people and of invitations."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import InvitationState, Role
from accounts.models import Invitation, User
from accounts.policies import may_invite, may_see_people
from accounts.wording import INVITATION_BADGES
from pages.badges import Badge
from pages.lists import Column, ListPage, Preset
from pages.parts import Act


def role_words(roles: Any) -> str:
    """Roles in the reader's language, in one line."""
    return ", ".join(str(Role(role).label) for role in sorted(roles))


class PeopleList(ListPage):
    """The people of a body; an administrator sees all."""

    title = _("People")
    noun = _("people")
    columns = (
        Column("full_name", _("Name"), second="email", sort="full_name", fill=True, phone="main"),
        Column("agency", _("Body"), sort="agency__code", foot=True),
        Column("role_words", _("Roles"), foot=True),
        Column("standing", _("State"), kind="badge", phone="end"),
    )
    default_sort = "full_name"
    search = ("full_name__icontains", "email__icontains")
    empty_text = _("Nobody fits. People come by invitation.")

    def allowed(self) -> bool:
        return may_see_people(self.request.user)

    def queryset(self) -> QuerySet[Any]:
        people: QuerySet[Any] = User.objects.visible_to(self.request.user).with_roles_loaded()
        return people

    def rows(self, page: list[Any]) -> list[Any]:
        closed, active = Badge(_("closed"), icon="lock"), Badge(_("active"), "reg", "check")
        for person in page:
            person.role_words = role_words(person.roles)
            person.standing = active if person.is_active else closed
        return page

    def acts(self) -> list[Act]:
        if not may_invite(self.request.user):
            return []
        return [
            Act(_("Invitations"), reverse("people:invitations"), icon="mail"),
            Act(_("Invite a person"), reverse("people:invite"), icon="user-plus", primary=True),
        ]


class InvitationList(ListPage):
    """Invitations of a body, the ones that wait for a second person first."""

    title = _("Invitations")
    noun = _("invitations")
    columns = (
        Column("full_name", _("Name"), kind="link", second="email", fill=True, phone="main"),
        Column("agency", _("Body"), foot=True),
        Column("role_words", _("Roles"), foot=True),
        Column("created_at", _("Invited"), kind="date", sort="created_at"),
        Column("badge", _("State"), kind="badge", phone="end"),
    )
    default_sort = "-created_at"
    search = ("full_name__icontains", "email__icontains")
    presets = (
        Preset("waiting", _("Waiting"), lambda _user: Q(state=InvitationState.PROPOSED)),
        Preset("all", _("All")),
    )
    empty_text = _("No invitation waits. Invite a person from the list of people.")

    def allowed(self) -> bool:
        return may_invite(self.request.user)

    def queryset(self) -> QuerySet[Invitation]:
        return Invitation.objects.visible_to(self.request.user).select_related("agency")

    def rows(self, page: list[Any]) -> list[Any]:
        for row in page:
            row.role_words = role_words(row.roles)
            row.badge = INVITATION_BADGES[InvitationState(row.state)]
        return page
