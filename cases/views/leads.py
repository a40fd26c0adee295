"""One lead: its page, its preview beside the queue, its moves."""

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from cases import actions, policies
from cases.choices import UNDECIDED, LeadSource
from cases.forms.moves import LEAD_DOORS
from cases.forms.referrals import ReferralForm
from cases.lists.words import with_mw
from cases.models import Case, Lead, TipFile
from cases.selectors.registry_box import registry_box
from cases.selectors.similar import similar_to
from cases.selectors.terms import days_left
from cases.selectors.waiting import region_name
from cases.workflow import LEADS
from journal.selectors import history_of
from journal.workflow import Offer
from pages.asking import Question, ask, refuse_unless_offered
from pages.downloads import PHOTO_TYPE, hand_out
from pages.parts import Act, Crumb, Fact
from pages.wording import number as told_number
from pages.wording import short_date

KEYS = {"promote": "e", "propose": "e", "attach": "a", "dismiss": "d", "take": "t"}
ELLIPSIS = {"promote", "propose", "attach", "dismiss", "defer", "decline", "reopen", "confirm"}
REASON_ICONS = {"readings": "wave-square", "registry": "file-unknown", "weather": "temperature-off"}


def visible_lead(request: SignedInRequest, number: str) -> Lead:
    """The lead, or 404 for whoever may not see it."""
    visible = Lead.objects.visible_to(request.user)
    people = ("taken_by", "decided_by", "proposed_by", "stated__stated_by")
    related = visible.select_related("case", "tip", *people).prefetch_related("stated__sources")
    lead: Lead = get_object_or_404(related, number=number)
    return lead


def _offers(lead: Lead, user: Any, *, protected: bool) -> list[Offer]:
    """The moves to show; of opening and proposing a case only the one that applies."""
    hidden = "promote" if protected else "propose"
    return [offer for offer in LEADS.offered(lead, user) if offer.move.verb != hidden]


def _acts(lead: Lead, offers: list[Offer], came_from: str) -> list[Act]:
    primary = {"promote", "propose", "confirm"}
    return [
        Act(
            f"{offer.move.label}…" if offer.move.verb in ELLIPSIS else offer.move.label,
            reverse("leads:move", args=[lead.number, offer.move.verb]) + came_from,
            primary=offer.move.verb in primary,
            key=KEYS.get(offer.move.verb, ""),
            refusals=offer.refusals,
        )
        for offer in offers
        if offer.move.verb in LEAD_DOORS
    ]


def _context(request: SignedInRequest, lead: Lead) -> dict[str, Any]:
    box = registry_box(lead)
    offers = _offers(lead, request.user, protected=box.protected)
    tip = getattr(lead, "tip", None) if lead.source == LeadSource.TIP else None
    came_from = "?next=" + reverse("leads:list") if request.htmx else ""  # type: ignore[attr-defined]  # django_htmx adds it
    return {
        "lead": lead,
        "box": box,
        "tip": tip,
        "files": list(TipFile.objects.visible_to(request.user).filter(tip=tip)) if tip else [],
        "curve": lead.facts.get("curve"),
        "reasons": [_reason(reason) for reason in lead.reasons],
        "acts": _acts(lead, offers, came_from),
        "similar": similar_to(lead, request.user),
        "facts": _facts(lead),
        "open_url": lead.get_absolute_url(),
    }


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    kind = str(reason.get("origin", "")).partition(":")[0]
    return {"icon": REASON_ICONS.get(kind, "point"), **reason}


def _facts(lead: Lead) -> list[Fact]:
    facts = [
        Fact(_("Estimate"), with_mw(lead.est_kw_low, lead.est_kw_high), strong=True),
        Fact(_("Region"), region_name(lead.region) or "–"),
    ]
    if lead.confidence is not None:
        facts.append(Fact(_("Confidence"), told_number(lead.confidence, 2), strong=True))
    if lead.state in UNDECIDED:
        left = days_left(lead.due_on)
        facts.append(
            Fact(_("Term"), "–" if left is None else _("%(n)s w. d.") % {"n": told_number(left)})
        )
    if lead.taken_by:
        facts.append(Fact(_("Taken by"), lead.taken_by.full_name))
    if lead.deferred_until and lead.state == "deferred":
        facts.append(Fact(_("Deferred until"), short_date(lead.deferred_until)))
    return facts


@login_required
def detail(request: SignedInRequest, number: str) -> HttpResponse:
    lead = visible_lead(request, number)
    context = _context(request, lead) | {
        "history": history_of(lead),
        "path": [Crumb(_("Queue of leads"), reverse("leads:list")), Crumb(lead.number)],
    }
    return render(request, "leads/detail.html", context)


@login_required
def preview(request: SignedInRequest, number: str) -> HttpResponse:
    return render(request, "leads/preview.html", _context(request, visible_lead(request, number)))


@login_required
def tip_file(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """A photo without its metadata, or a document; the sealed original of a photo stays sealed.

    The name is the portal's: the filer's own may name the filer.
    """
    lead = visible_lead(request, number)
    visible = TipFile.objects.visible_to(request.user)
    kept: TipFile = get_object_or_404(visible, pk=pk, tip__lead=lead)
    if kept.viewing:
        return hand_out(kept.viewing, f"{kept.pk}.jpg", PHOTO_TYPE)
    neutral = f"{lead.number}-{kept.pk}{Path(kept.name).suffix}"
    return hand_out(kept.original, neutral, kept.content_type)


@login_required
def move(request: SignedInRequest, number: str, verb: str) -> HttpResponse:
    lead = visible_lead(request, number)
    if verb not in LEAD_DOORS:
        raise Http404
    box = registry_box(lead)
    if verb == "promote" and box.protected:
        return redirect("leads:move", number, "propose")
    step, door = LEADS.moves[verb], LEAD_DOORS[verb]
    refuse_unless_offered(LEADS, verb, lead, request.user)
    form = door.form(request.POST or None, subject=lead, user=request.user)
    if request.method == "POST" and not form.fields:
        form.is_bound = True
    question = Question(
        title=step.label,
        about=f"{lead.number}: {lead.words}",
        back=lead.get_absolute_url(),
        path=[
            Crumb(_("Queue of leads"), reverse("leads:list")),
            Crumb(lead.number, lead.get_absolute_url()),
        ],
        danger=step.tone == "danger",
        template="cases/ask.html",
        extra={
            "box": box if verb in ("promote", "propose", "confirm", "attach") else None,
            "similar": [s for s in similar_to(lead, request.user) if s.is_case]
            if verb in ("promote", "attach")
            else [],
            "lead": lead,
        },
    )
    made: list[object] = []
    response = ask(
        request,
        form,
        question,
        lambda given: made.append(door.act(lead, request.user, given)),
        _("Done: %(what)s.") % {"what": step.label},
    )
    if made and isinstance(made[0], Case):
        return redirect(made[0])
    return response


@login_required
def enter_referral(request: SignedInRequest) -> HttpResponse:
    """A letter from outside becomes a lead by the same door as a tip and a finding."""
    if not policies.may_raise_referral(request.user):
        raise PermissionDenied
    form = ReferralForm(request.POST or None)
    crumbs = [Crumb(_("Queue of leads"), reverse("leads:list"))]
    question = Question(_("Enter a referral"), "", reverse("leads:list"), path=crumbs)
    return ask(
        request,
        form,
        question,
        lambda given: actions.enter_referral(words=form.words(), actor=request.user),
        _("The referral is in the queue."),
    )
