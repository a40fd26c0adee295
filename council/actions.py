"""The writes: draft, submit, speak, vote, declare."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from cases.actions.numbers import next_number
from common import clock
from common.errors import NotAllowed, Refused
from council import audience, policies
from council.choices import Choice, ProposalState
from council.models import Ballot, Proposal, Remark
from council.selectors import DISCUSSION, VOTE, bodies, rule_on, standing_of, term_end
from council.workflow import PROPOSALS
from journal.actions import record
from law import working_days

NUMBERS = "P"
REMIND_AT = (2, 0)  # working days before the end of a vote
WORDS = ("title", "kind", "problem", "text", "measure")


@transaction.atomic
def draft_proposal(*, actor: User, words: Mapping[str, str]) -> Proposal:
    """Writes a draft that only the own body sees. ``words``: title, kind, problem, text, measure.

    Raises NotAllowed, or Refused naming the field.
    """
    if not policies.may_propose(actor):
        raise NotAllowed(_("Proposals are made by officials of the three bodies."))
    proposal = Proposal(
        number=next_number(NUMBERS), author=actor, agency=_body_of(actor), **_checked(words)
    )
    proposal.save()
    record("council.proposal.draft", proposal, actor=actor)
    return proposal


@transaction.atomic
def edit_draft(*, proposal: Proposal, actor: User, words: Mapping[str, str]) -> None:
    """Changes one's own draft; once it is submitted its words stay."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not policies.may_edit(actor, locked):
        raise NotAllowed(_("Only the author changes a draft, and only before it is submitted."))
    values = _checked(words)
    changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, values[name])
    if changed:
        locked.save(update_fields=changed)
        record("council.proposal.edit", locked, actor=actor, facts={"fields": changed})
    proposal.refresh_from_db()


def _body_of(actor: User) -> Agency:
    if actor.agency is None:
        raise NotAllowed(_("Proposals are made by officials of the three bodies."))
    return actor.agency


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    values = {name: str(words.get(name, "")).strip() for name in WORDS}
    try:
        unwritten = [
            field.name for field in Proposal._meta.concrete_fields if field.name not in WORDS
        ]
        Proposal(**values).clean_fields(exclude=unwritten)
    except ValidationError as wrong:
        field, texts = next(iter(wrong.message_dict.items()))
        raise Refused("; ".join(texts), field=field) from wrong
    return values


def submit(*, proposal: Proposal, actor: User) -> None:
    """Opens the discussion; it lasts the term ``council.discussion`` of the law's rows."""
    moment = {"submitted_at": clock.now(), "discuss_until": term_end(DISCUSSION)}
    PROPOSALS.make("submit", proposal, actor=actor, changes=moment)


@transaction.atomic
def add_remark(*, proposal: Proposal, actor: User, text: str) -> Remark:
    """Says something for one's body; it stays. Raises Refused for an empty text."""
    if not text.strip():
        raise Refused(_("Please give: %(field)s.") % {"field": _("My remark")}, field="text")
    PROPOSALS.make("remark", proposal, actor=actor, facts={"agency": actor.agency_id})
    said: Remark = Remark.objects.create(
        proposal=proposal, author=actor, agency=_body_of(actor), text=text.strip()
    )
    return said


def open_vote(*, proposal: Proposal, actor: User) -> None:
    """Puts it to the vote, by the rule in force today and for the term ``council.vote``."""
    today = clock.today()
    until, rule = term_end(VOTE), rule_on(today)
    facts = {"until": until.isoformat(), "rule": rule.pk}
    given = {"vote_until": until, "rule": rule}
    PROPOSALS.make("open_vote", proposal, actor=actor, changes=given, facts=facts)


@transaction.atomic
def cast_vote(*, proposal: Proposal, actor: User, choice: str, remark: str = "") -> Ballot:
    """Votes for the actor's body; an earlier vote of the body is replaced and stays readable.

    Raises Refused for an unknown choice, a vote against without a remark, or after the last day.
    """
    if choice not in Choice.values:
        known = ", ".join(Choice.values)
        raise Refused(_("One of: %(known)s.") % {"known": known}, field="choice")
    if choice == Choice.AGAINST and not remark.strip():
        raise Refused(_("A vote against says why."), field="remark")
    facts = {"choice": choice, "agency": actor.agency_id}
    PROPOSALS.make("vote", proposal, actor=actor, reason=remark, facts=facts)
    if proposal.vote_until is not None and clock.today() > proposal.vote_until:
        raise Refused(_("The vote has ended; its result is to be declared."))
    body = _body_of(actor)
    mine = Ballot.objects.standing().filter(proposal=proposal, agency=body)
    mine.update(replaced_at=clock.now())
    ballot: Ballot = Ballot.objects.create(
        proposal=proposal, agency=body, voter=actor, choice=choice, remark=remark.strip()
    )
    return ballot


@transaction.atomic
def declare(*, proposal: Proposal, actor: User, verb: str) -> None:
    """Declares the result that the votes say (``adopt``, ``reject`` or ``lapse``).

    The counts and the rule that counted them are frozen with it.
    """
    # Locked before it is counted: a vote cast meanwhile would be missing from the result.
    result = standing_of(Proposal.objects.select_for_update().get(pk=proposal.pk)).frozen()
    given = {"decided_at": clock.now(), "result": result}
    PROPOSALS.make(verb, proposal, actor=actor, changes=given, facts=result)


def withdraw(*, proposal: Proposal, actor: User, reason: str) -> None:
    """Takes the proposal back before it is put to the vote."""
    PROPOSALS.make("withdraw", proposal, actor=actor, reason=reason)


@transaction.atomic
def remind_of_votes() -> int:
    """Tells the heads whose body has not voted, and all heads when a vote has ended; how many."""
    today, told = clock.today(), 0
    for proposal in Proposal.objects.filter(state=ProposalState.VOTING):
        told += _remind(proposal, working_days.between(today, proposal.vote_until))
    return told


def _remind(proposal: Proposal, left: int) -> int:
    voted = proposal.ballots.standing().values_list("agency_id", flat=True)
    silent = [agency.pk for agency in bodies() if agency.pk not in set(voted)]
    if left in REMIND_AT and silent:
        kind, people = "council.reminder", audience.heads_of(silent)
    elif left == -1:
        kind, people = "council.ended", audience.heads()
    else:
        return 0
    tells = [audience.news(user, kind, proposal) for user in people]
    record("council.proposal.remind", proposal, actor=None, tells=tells)
    return len(tells)
