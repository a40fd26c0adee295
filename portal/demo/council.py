"""Proposals to the council: one adopted, one put to the vote, one in discussion, one draft."""

from collections.abc import Iterator
from typing import Any

from council import actions
from council.models import Proposal
from portal.demo.names import texts
from portal.demo.stage import Stage
from portal.demo.stories import Story


def proposals(stage: Stage) -> Iterator[Story]:
    """One story a proposal."""
    for plan in texts("council")["proposal"]:
        yield _story(stage, plan)


def _story(stage: Stage, plan: dict[str, Any]) -> Story:
    yield stage.moments.worked(plan.get("submitted", 1), 10, 20)
    author = stage.cast[plan["author"]]
    words = {name: plan.get(name, "") for name in actions.WORDS}
    proposal = actions.draft_proposal(actor=author, words=words)
    if "submitted" not in plan:
        return
    actions.submit(proposal=proposal, actor=author)
    for place, (who, said) in enumerate(plan["remarks"], start=1):
        yield stage.moments.worked(max(plan["submitted"] - place, 1), 15, 10)
        actions.add_remark(proposal=proposal, actor=stage.cast[who], text=said)
    if "voted" in plan:
        yield from _vote(stage, proposal, plan)


def _vote(stage: Stage, proposal: Proposal, plan: dict[str, Any]) -> Story:
    yield stage.moments.worked(plan["voted"], 9, 30)
    actions.open_vote(proposal=proposal, actor=stage.head("energy"))
    for place, (who, choice, remark) in enumerate(plan["votes"]):
        yield stage.moments.worked(plan["voted"] - min(place, 1), 11 + place, 45)
        voter = stage.cast[who]
        actions.cast_vote(proposal=proposal, actor=voter, choice=choice, remark=remark)
    if "declared" in plan:
        yield stage.moments.worked(plan["declared"], 17, 0)
        actions.declare(proposal=proposal, actor=stage.head("energy"), verb="adopt")
