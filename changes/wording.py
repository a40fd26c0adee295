"""The words of this app."""

from django.utils.translation import gettext_lazy as _

from changes.choices import ChangeState
from pages.badges import Badge

VERBS = {"changes.change.propose": _("proposed a change")}
NEWS = {
    "changes.waiting": _("A change waits for a second person: %(subject)s."),
    "changes.decided": _("Your proposed change was decided: %(subject)s."),
}
BADGES = {
    ChangeState.PROPOSED: Badge(ChangeState.PROPOSED.label, "warn", "hourglass"),
    ChangeState.APPROVED: Badge(ChangeState.APPROVED.label, "reg", "circle-check"),
    ChangeState.REFUSED: Badge(ChangeState.REFUSED.label, icon="circle-x", line=True),
    ChangeState.WITHDRAWN: Badge(ChangeState.WITHDRAWN.label, icon="arrow-back-up", line=True),
}
