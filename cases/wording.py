"""The words of this app: verbs, news, and texts frozen in three languages."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from cases.choices import CaseState, LeadState, Outcome
from pages.badges import Badge

Text = str | Promise

VERBS: dict[str, Text] = {
    "cases.tip.file": _("a tip was filed"),
    "cases.lead.raise": _("the lead entered the queue"),
    "cases.case.open": _("opened the case"),
    "cases.case.comment": _("wrote a comment"),
    "cases.case.edit_comment": _("edited a comment"),
    "cases.case.add_task": _("added a task"),
    "cases.case.complete_task": _("completed a task"),
    "cases.case.pass_on_task": _("passed a task on"),
    "cases.case.answer": _("gave an opinion"),
    "cases.case.add_evidence": _("added evidence"),
    "cases.case.cite": _("cited a rule as a legal ground"),
    "cases.case.uncite": _("withdrew a legal ground"),
    "cases.case.ask_to_lift": _("asked for a decision on the mark"),
    "cases.case.view_evidence": _("opened evidence"),
    "cases.case.inform": _("let another body see the case"),
    "cases.case.end_participation": _("ended a body's access"),
    "cases.case.remind": _("reminded of a term"),
    "cases.case.attach_lead": _("attached a lead"),
}

NEWS: dict[str, Text] = {
    "lead.assigned": _("Lead %(number)s is yours to triage"),
    "lead.second": _("Lead %(number)s awaits a second person"),
    "lead.protected": _("Lead %(number)s: a case against a registered operator is proposed"),
    "lead.decided": _("Lead %(number)s: %(who)s decided"),
    "case.opened": _("Case %(number)s was opened"),
    "case.assigned": _("Case %(number)s is yours"),
    "case.opinion_asked": _("Case %(number)s: your body is asked for an opinion until %(due)s"),
    "case.opinion_given": _("Case %(number)s: an opinion has come in"),
    "case.moved": _("Case %(number)s changed its state"),
    "case.decided": _("Case %(number)s was closed"),
    "case.offered": _("Case %(number)s is offered to your body until %(due)s"),
    "case.handed_over": _("Case %(number)s: the hand-over was answered"),
    "case.task": _("Case %(number)s: a task for you"),
    "case.comment": _("Case %(number)s: a new comment"),
    "case.reminder": _("Case %(number)s: %(what)s, until %(due)s"),
}


def frozen(text: Text, params: Mapping[str, object] | None = None) -> dict[str, str]:
    """The text in every language of the portal, to be kept as it is today."""
    told = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            told[code] = str(text) % params if params else str(text)
    return told


def spoken(text: object) -> str:
    """A frozen text in the reader's language; Russian, then any, when that is missing."""
    if not isinstance(text, Mapping):
        return str(text or "")
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return str(text.get(language) or text.get("ru") or next(iter(text.values()), ""))


LEAD_BADGES = {
    LeadState.NEW: Badge(LeadState.NEW.label, icon="circle-dashed", line=True),
    LeadState.TAKEN: Badge(LeadState.TAKEN.label, "act", "progress"),
    LeadState.DEFERRED: Badge(LeadState.DEFERRED.label, icon="zzz"),
    LeadState.AWAITING_SECOND: Badge(LeadState.AWAITING_SECOND.label, "warn", "users"),
    LeadState.DISMISSED: Badge(LeadState.DISMISSED.label, icon="circle-off"),
    LeadState.PROMOTED: Badge(LeadState.PROMOTED.label, icon="folder"),
    LeadState.ATTACHED: Badge(LeadState.ATTACHED.label, icon="arrow-merge"),
}

CASE_BADGES = {
    CaseState.OPEN: Badge(CaseState.OPEN.label, icon="circle-dashed", line=True),
    CaseState.EVIDENCE: Badge(CaseState.EVIDENCE.label, "act", "progress"),
    CaseState.OPINIONS: Badge(CaseState.OPINIONS.label, icon="hourglass", line=True),
    CaseState.DECISION: Badge(CaseState.DECISION.label, "warn", "gavel"),
    CaseState.CLOSED: Badge(CaseState.CLOSED.label, icon="circle-off"),
    Outcome.CONFIRMED: Badge(Outcome.CONFIRMED.label, "sus", "circle-check"),
    Outcome.REFERRED: Badge(Outcome.REFERRED.label, "sus", "send"),
    Outcome.NOT_CONFIRMED: Badge(Outcome.NOT_CONFIRMED.label, icon="circle-x"),
    Outcome.REGULARISED: Badge(Outcome.REGULARISED.label, "reg", "sun"),
}

# What the filer reads: it promises nothing and tells nothing of the case.
RECEIVED = Badge(_("received"), icon="circle-dashed", line=True)
UNDER_REVIEW = Badge(_("under review"), "act", "progress")
NO_FURTHER = Badge(_("reviewed, no further steps"), icon="circle-off")
IN_WORK = Badge(_("reviewed, passed on for work"), icon="arrow-merge")
TIP_BADGES = {
    LeadState.NEW: RECEIVED,
    LeadState.TAKEN: UNDER_REVIEW,
    LeadState.DEFERRED: UNDER_REVIEW,
    LeadState.AWAITING_SECOND: UNDER_REVIEW,
    LeadState.DISMISSED: NO_FURTHER,
    LeadState.PROMOTED: IN_WORK,
    LeadState.ATTACHED: IN_WORK,
}
