"""The 25 cases: each a story of steps that real officials could take in the portal."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from cases import actions
from cases.choices import LeadState
from cases.models import Case, Lead
from portal.demo.contradictions import two_sources
from portal.demo.leads import raise_referral, waiting_finding
from portal.demo.names import texts
from portal.demo.stage import Stage, said
from portal.demo.steps import STEPS, Step, Work
from portal.demo.stories import Story
from portal.demo.tips import Seen, at_a_planted_meter, at_a_site, file_one, somewhere
from portal.demo.world import MeterPlan

CHECK_OF = {"finding": "undeclared-mining-load", "finding above": "load-above-declared"}


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case of the script; ``opened`` in working days before today."""

    number: int
    title: str
    body: str
    source: str
    opened: int
    steps: tuple[Step, ...]
    tips: Iterator[int]


def case_plans() -> list[CasePlan]:
    """The script, read. The tips of cases get the first serial numbers."""
    serials = count()
    return [
        CasePlan(
            number,
            row.get("title", ""),
            row["body"],
            row["source"],
            row["opened"],
            tuple(Step.read(line) for line in row["steps"]),
            serials,
        )
        for number, row in enumerate(texts("casework")["case"])
    ]


def case_stories(stage: Stage) -> Iterator[Story]:
    """A story for each case."""
    for plan in case_plans():
        yield _story(stage, plan)


def _story(stage: Stage, plan: CasePlan) -> Story:
    dice = stage.dice(f"case:{plan.number}")
    yield stage.moments.worked(plan.opened + 1, 9, dice.randint(0, 59))
    lead, meter = _raise(stage, plan)
    owner = stage.worker(plan.body, plan.number // 2)
    if plan.opened > 1:
        yield stage.moments.worked(plan.opened + 1, 15, dice.randint(0, 59))
    if lead.state == LeadState.NEW:
        actions.take_lead(lead=lead, actor=owner)
    yield stage.moments.worked(plan.opened, 10, dice.randint(0, 59))
    case = _open(stage, plan, lead)
    work = Work(stage, case, plan.body, owner, meter, dice, plan.tips)
    for step in plan.steps:
        hour = dice.randint(9, 17)
        yield stage.moments.worked(plan.opened - step.after, hour, dice.randint(0, 59))
        case.refresh_from_db()
        STEPS[step.verb](work, step)


def _raise(stage: Stage, plan: CasePlan) -> tuple[Lead, MeterPlan | None]:
    if plan.source in CHECK_OF:
        lead = waiting_finding(CHECK_OF[plan.source])
        return lead, stage.world.meter.get(lead.meter)
    if plan.source == "referral":
        return raise_referral(stage, plan.number, stage.worker(plan.body)), None
    seen: Seen
    meter = None
    if plan.source == "tip at a meter":
        meter = stage.free[-1]
        seen = at_a_planted_meter(stage)
    elif plan.source == "tip at a site":
        seen = at_a_site(stage, 20)
    else:
        seen = somewhere(stage, f"case:{plan.number}")
    return file_one(stage, next(plan.tips), seen), meter


def _open(stage: Stage, plan: CasePlan, lead: Lead) -> Case:
    owner = stage.worker(plan.body, plan.number // 2)
    words = said("contradiction", "texts", stage.dice(f"contradiction:{plan.number}"))
    case = actions.promote_lead(
        lead=lead, actor=owner, title=plan.title, contradiction=words, sources=two_sources(lead)
    )
    return case or actions.confirm_lead(lead=lead, actor=stage.head(plan.body), title=plan.title)
