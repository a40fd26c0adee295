"""The words of this app."""

from django.utils.translation import gettext_lazy as _

from council.choices import Choice, ProposalState
from pages.badges import Badge

VERBS = {
    "council.proposal.draft": _("wrote a draft"),
    "council.proposal.edit": _("changed the draft"),
}
NEWS = {
    "council.submitted": _("A proposal to discuss: %(number)s, %(title)s."),
    "council.remark": _("A remark on your proposal: %(number)s."),
    "council.voting": _("Your body is to vote until %(day)s: %(number)s, %(title)s."),
    "council.reminder": _("Your body has not voted yet, the last day is %(day)s: %(number)s."),
    "council.ended": _("The vote has ended, its result is to be declared: %(number)s."),
    "council.decided": _("The council has decided: %(number)s, %(title)s."),
}
BADGES = {
    ProposalState.DRAFT: Badge(ProposalState.DRAFT.label, icon="pencil", line=True),
    ProposalState.DISCUSSION: Badge(ProposalState.DISCUSSION.label, "act", "messages"),
    ProposalState.VOTING: Badge(ProposalState.VOTING.label, "warn", "hourglass"),
    ProposalState.ADOPTED: Badge(ProposalState.ADOPTED.label, "reg", "circle-check"),
    ProposalState.REJECTED: Badge(ProposalState.REJECTED.label, icon="circle-x"),
    ProposalState.LAPSED: Badge(ProposalState.LAPSED.label, icon="clock-off", line=True),
    ProposalState.WITHDRAWN: Badge(ProposalState.WITHDRAWN.label, icon="arrow-back-up", line=True),
}
CHOICE_BADGES = {
    Choice.FOR: Badge(Choice.FOR.label, "reg", "check"),
    Choice.AGAINST: Badge(Choice.AGAINST.label, "sus", "x"),
    Choice.ABSTAIN: Badge(Choice.ABSTAIN.label, icon="minus"),
}
NO_VOTE = Badge(_("has not voted"), icon="hourglass", line=True)
