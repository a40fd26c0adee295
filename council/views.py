"""One proposal: its words, what was said, the votes of the three bodies, its moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from common.errors import NotAllowed
from council import actions, policies
from council.choices import DECIDED, ProposalState
from council.forms import DOORS, DraftForm
from council.models import Proposal
from council.selectors import BodyVote, Standing, counted, discussed, standing_of
from council.wording import BADGES, NO_VOTE
from council.workflow import PROPOSALS
from journal.selectors import history_of
from journal.workflow import Gate, Offer
from pages.asking import Question, ask, carried_out, refuse_unless_offered
from pages.parts import Act, Crumb, Fact
from pages.wording import short_date

RESULTS = ("adopt", "reject", "lapse")


@login_required
def detail(request: SignedInRequest, number: str) -> HttpResponse:
    """The page of a proposal. A draft of another body is 404."""
    proposal = _visible(request, number)
    standing = standing_of(proposal)
    offers = PROPOSALS.offered(proposal, request.user)
    voting = proposal.state in (ProposalState.VOTING, *DECIDED)
    context = {
        "proposal": proposal,
        "path": _path(),
        "facts": _facts(proposal),
        "acts": _acts(proposal, request.user, offers),
        "standing": standing if voting else None,
        "votes": [_line(one) for one in standing.votes] if voting else [],
        "outcome": BADGES[standing.outcome] if voting and not proposal.decided_at else None,
        "gates": _gates(proposal, standing),
        "remarks": list(proposal.remarks.select_related("author", "agency")),
        "may_speak": any(offer.move.verb == "remark" for offer in offers),
        "remark_form": DOORS["remark"].form(subject=proposal, user=request.user),
        "events": history_of(proposal),
    }
    return render(request, "council/proposal.html", context)


def _facts(proposal: Proposal) -> list[Fact]:
    facts = [
        Fact(_("Kind"), proposal.get_kind_display()),
        Fact(_("Proposed by"), proposal.agency.name),
        Fact(_("Author"), proposal.author.full_name),
    ]
    if proposal.state == ProposalState.DISCUSSION:
        facts.append(Fact(_("Discussed until"), short_date(proposal.discuss_until)))
    if proposal.state == ProposalState.VOTING:
        facts.append(Fact(_("Vote until"), short_date(proposal.vote_until), strong=True))
    if proposal.decided_at:
        facts.append(Fact(_("Decided"), short_date(proposal.decided_at)))
    return facts


def _acts(proposal: Proposal, user: Any, offers: list[Offer]) -> list[Act]:
    """The moves as buttons; of the three results only the one that the votes say."""
    acts = [
        Act(
            f"{offer.move.label}…",
            reverse("council:move", args=[proposal.number, offer.move.verb]),
            primary=offer.move.primary,
            danger=offer.move.tone == "danger",
            refusals=offer.refusals,
        )
        for offer in offers
        if offer.move.verb != "remark" and (offer.ready or offer.move.verb not in RESULTS)
    ]
    if policies.may_edit(user, proposal):
        acts.append(Act(_("Change the draft"), reverse("council:edit", args=[proposal.number])))
    return acts


def _gates(proposal: Proposal, standing: Standing) -> list[Gate]:
    if proposal.state == ProposalState.DISCUSSION:
        return discussed(proposal)
    if proposal.state == ProposalState.VOTING:
        return counted(proposal, standing.outcome)[:1]  # the second is the line “as it stands”
    return []


def _line(vote: BodyVote) -> dict[str, Any]:
    badge = vote.ballot.badge if vote.ballot else NO_VOTE
    return {"body": vote.agency.name, "vote": vote.ballot, "badge": badge, "had": vote.replaced}


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Writes a draft; the own body sees it, until it is submitted."""
    if not policies.may_propose(request.user):
        raise NotAllowed(_("Proposals are made by officials of the three bodies."))
    form = DraftForm(request.POST or None)
    made: list[Proposal] = []

    def write(given: dict[str, Any]) -> None:
        made.append(actions.draft_proposal(actor=request.user, words=given))

    if carried_out(form, write):
        messages.success(request, _("The draft is written. Submit it when it is ready."))
        return redirect(made[0])
    return _draft_page(request, form, _("New proposal"), reverse("council:list"))


@login_required
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    """Changes one's own draft."""
    proposal = _visible(request, number)
    if not policies.may_edit(request.user, proposal):
        raise NotAllowed(_("Only the author changes a draft, and only before it is submitted."))
    initial = {name: getattr(proposal, name) for name in actions.WORDS}
    form = DraftForm(request.POST or None, initial=initial)

    def write(given: dict[str, Any]) -> None:
        actions.edit_draft(proposal=proposal, actor=request.user, words=given)

    if carried_out(form, write):
        messages.success(request, _("The draft is changed."))
        return redirect(proposal)
    return _draft_page(request, form, _("Change the draft"), proposal.get_absolute_url())


def _draft_page(request: SignedInRequest, form: Any, title: str, back: str) -> HttpResponse:
    question = Question(title=title, about="", back=back, path=_path())
    status = 422 if form.is_bound else 200
    context = {"form": form, "question": question, "dense": True, "button": _("Save the draft")}
    return render(request, "council/draft.html", context, status=status)


@login_required
def move(request: SignedInRequest, number: str, verb: str) -> HttpResponse:
    """Asks what a move needs and makes it."""
    proposal = _visible(request, number)
    if verb not in DOORS:
        raise Http404
    refuse_unless_offered(PROPOSALS, verb, proposal, request.user)
    step, door = PROPOSALS.moves[verb], DOORS[verb]
    form = door.form(request.POST or None, subject=proposal, user=request.user)
    if request.method == "POST":
        form.is_bound = True
    question = Question(
        title=step.label,
        about=str(proposal),
        back=proposal.get_absolute_url(),
        path=[*_path(), Crumb(proposal.number, proposal.get_absolute_url())],
        gates=step.gates(proposal),
        danger=step.tone == "danger",
    )
    return ask(
        request,
        form,
        question,
        lambda given: door.act(proposal, request.user, given),
        _("Done: %(what)s.") % {"what": step.label},
    )


def _path() -> list[Crumb]:
    return [Crumb(_("Council"), reverse("council:list"))]


def _visible(request: SignedInRequest, number: str) -> Proposal:
    seen = Proposal.objects.visible_to(request.user).select_related("agency", "author", "rule")
    proposal: Proposal = get_object_or_404(seen, number=number)
    return proposal
