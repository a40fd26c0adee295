"""The words of this app."""

from django.utils.translation import gettext_lazy as _

TERM_WORDS = {
    "case.work": _("Work on a case"),
    "lead.triage": _("Triage of a new lead"),
    "opinion.answer": _("Answer of a body that was asked for an opinion"),
    "handover.accept": _("Acceptance of a case handed over"),
}

VERBS = {
    "law.row.add": _("added a row of the law"),
    "law.row.change": _("changed a row of the law"),
}
