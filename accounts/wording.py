"""The words of this app's events and news."""

from django.utils.translation import gettext_lazy as _

from accounts.choices import InvitationState
from pages.badges import Badge

VERBS = {
    "accounts.invitation.propose": _("proposed to invite"),
    "accounts.grant.propose": _("proposed a role"),
    "accounts.user.deactivate": _("closed the account"),
    "accounts.user.prefer": _("changed own preferences"),
    "accounts.token.issue": _("issued an API token"),
    "accounts.token.revoke": _("took an API token away"),
    "accounts.agency.add": _("added an agency"),
    "accounts.agency.change": _("changed an agency"),
    "accounts.admin.create": _("made the first administrators"),
}
INVITATION_BADGES = {
    InvitationState.PROPOSED: Badge(InvitationState.PROPOSED.label, "warn", "users"),
    InvitationState.SENT: Badge(InvitationState.SENT.label, "act", "send"),
    InvitationState.ACCEPTED: Badge(InvitationState.ACCEPTED.label, "reg", "check"),
    InvitationState.WITHDRAWN: Badge(InvitationState.WITHDRAWN.label, icon="circle-off"),
}
NEWS = {"accounts.grant": _("A role of yours was decided on")}
