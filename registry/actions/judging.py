"""People's judgements on pairs: made, withdrawn, never overwritten."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.actions import record
from registry.choices import SameOrNot
from registry.models import Judgement, KnownParty, ProposedPair
from registry.policies import may_judge, may_withdraw
from registry.selectors.judgements import judged

LONGEST_REASON = 1000


@transaction.atomic
def judge_pair(*, pair: ProposedPair, verdict: str, reason: str, actor: Any) -> Judgement:
    """Keep what a person decided about a proposed pair; a judgement that stood is withdrawn.

    Raises NotAllowed, and Refused without a reason.
    """
    if not may_judge(actor, pair):
        raise NotAllowed(_("Pairs are judged by officers and heads of the three bodies."))
    if not reason.strip():
        raise Refused(_("Say in a few words why."), "reason")
    pair = ProposedPair.objects.select_for_update().get(pk=pair.pk)
    before = Judgement.objects.standing().of_pair(pair.first_id, pair.second_id).first()
    if before:
        _withdraw(before, actor)
    judgement = Judgement.objects.create(
        first_id=pair.first_id,
        second_id=pair.second_id,
        verdict=SameOrNot(verdict),
        reason=reason.strip()[:LONGEST_REASON],
        author=actor,
    )
    record(
        f"registry.pair.{verdict}",
        pair.first,
        actor=actor,
        reason=judgement.reason,
        facts={"first": str(pair.first), "second": str(pair.second), "judgement": judgement.pk},
    )
    settle_pairs()
    return judgement


@transaction.atomic
def withdraw_judgement(*, judgement: Judgement, actor: Any) -> Judgement:
    """Take a judgement back; it stays in the history, and the pair is open again.

    Raises NotAllowed, and WrongState if it is withdrawn already.
    """
    judgement = Judgement.objects.select_for_update().get(pk=judgement.pk)
    if not may_withdraw(actor, judgement):
        raise NotAllowed(_("A judgement is taken back by who made it, or by a head."))
    if judgement.withdrawn_at:
        raise WrongState(_("This judgement is taken back already."))
    _withdraw(judgement, actor)
    facts = {"first": str(judgement.first), "second": str(judgement.second)}
    record(
        "registry.pair.withdraw",
        judgement.first,
        actor=actor,
        facts={**facts, "judgement": judgement.pk},
    )
    settle_pairs()
    return judgement


def _withdraw(judgement: Judgement, actor: Any) -> None:
    judgement.withdrawn_at, judgement.withdrawn_by = clock.now(), actor
    judgement.save(update_fields=["withdrawn_at", "withdrawn_by"])


def settle_pairs() -> None:
    """Mark the proposed pairs that judgements, or what follows from them, have decided.

    Looks only at pairs of parties that somebody has judged.
    """
    known = judged()
    parties = {party for pair in known.direct for party in pair}
    changed = []
    for pair in (
        ProposedPair.objects.filter(settled=True)
        | ProposedPair.objects.filter(first__in=parties)
        | ProposedPair.objects.filter(second__in=parties)
    ):
        settled = _is_settled(pair, known)
        if settled != pair.settled:
            pair.settled = settled
            changed.append(pair)
    ProposedPair.objects.bulk_update(changed, ["settled"])


def _is_settled(pair: ProposedPair, known: Any) -> bool:
    direct = (pair.first_id, pair.second_id) in known.direct
    return direct or known.decided(pair.first_id, pair.second_id) is not None


def known_operator(operator: Any) -> KnownParty:
    """The party of pairs that an operator is."""
    party, _made = KnownParty.objects.get_or_create(
        source="registry",
        key=str(operator.pk),
        defaults={"operator": operator, "name": operator.name, "bin": operator.bin},
    )
    return party
