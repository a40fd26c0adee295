"""The words of this app."""

from django.utils.translation import gettext_lazy as _

from law.choices import ActStatus
from pages.badges import Badge

TERM_WORDS = {
    "case.work": _("Work on a case"),
    "lead.triage": _("Triage of a new lead"),
    "opinion.answer": _("Answer of a body that was asked for an opinion"),
    "handover.accept": _("Acceptance of a case handed over"),
    "application.answer": _("Answer to an application"),
    "application.forward": _("Forwarding to the competent body"),
    "application.extension_notice": _("Notice of an extended term"),
    "council.discussion": _("Discussion of a proposal to the council"),
    "council.vote": _("Vote of the three bodies on a proposal"),
    "licence.review": _("Review of a licence application"),
}

VERBS = {
    "law.row.add": _("added a row of the law"),
    "law.row.change": _("changed a row of the law"),
}

STATUS_BADGES = {
    ActStatus.DRAFT: Badge(ActStatus.DRAFT.label, icon="pencil", line=True),
    ActStatus.ADOPTED: Badge(ActStatus.ADOPTED.label, "reg", "circle-check"),
    ActStatus.REPEALED: Badge(ActStatus.REPEALED.label, icon="circle-x", line=True),
}
VERIFIED = Badge(_("verified"), "reg", "circle-check")
UNVERIFIED = Badge(_("not verified"), "warn", "alert-triangle")
STATEMENT = Badge(_("statement, no force"), icon="message", line=True)
