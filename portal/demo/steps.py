"""The steps of a case, each one call of an action of ``cases``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.core.files.base import ContentFile

from accounts.models import User
from cases import actions
from cases.choices import ADVERSE, Audience
from cases.models import Case, Lead
from common import clock
from law import working_days
from law.models import Act
from portal.demo.photos import draw_photo
from portal.demo.places import draw_place
from portal.demo.stage import Stage, said
from portal.demo.tips import Seen, file_one
from portal.demo.world import MeterPlan

TASK_DAYS = 5  # working days, where the script names no day


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the script: working days after the opening, what, and with whom."""

    after: int
    verb: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, line: str) -> "Step":
        """``"4 ask atameken due=2"``."""
        after, verb, *words = line.split()
        return cls(int(after), verb, tuple(words))

    @property
    def body(self) -> str:
        """The body that the step names."""
        return self.words[0]

    @property
    def due(self) -> int | None:
        """The working days from today at which something falls due."""
        found = [int(word[4:]) for word in self.words if word.startswith("due=")]
        return found[0] if found else None


@dataclass
class Work:
    """A case on its way: who owns it, and what a step needs."""

    stage: Stage
    case: Case
    body: str
    owner: User
    meter: MeterPlan | None
    dice: Random
    tips: Iterator[int]
    told: set[str] = field(default_factory=set)

    def say(self, part: str, kind: str) -> str:
        """One of the sentences of a kind that this case has not had, with the place filled in."""
        words = said(part, kind, self.dice, besides=self.told)
        self.told.add(words)
        return words.replace("{place}", self.case.place)

    def day(self, offset: int) -> date:
        """The day that lies so many working days from today, or before it."""
        moments = self.stage.moments
        return moments.workday(-offset) if offset < 0 else working_days.add(moments.today, offset)


def _collect(work: Work, step: Step) -> None:
    actions.collect_evidence(case=work.case, actor=work.owner)


def _task(work: Work, step: Step) -> None:
    due = work.day(step.due) if step.due is not None else _in_days(TASK_DAYS)
    actions.add_task(
        case=work.case,
        title=work.say("task", "titles"),
        agency=work.stage.agency(step.body),
        actor=work.owner,
        due_on=due,
        mandatory="!" in step.words,
        assignee=work.owner if step.body == work.body else None,
    )


def _in_days(count: int) -> date:
    return working_days.add(clock.today(), count)


def _done(work: Work, step: Step) -> None:
    task = work.case.tasks.filter(done_at=None).order_by("pk")[0]
    actor = task.assignee or work.owner
    actions.complete_task(task=task, result=work.say("task", "results"), actor=actor)


def _note(work: Work, step: Step) -> None:
    shared = step.words == ("shared",)
    actions.comment(
        case=work.case,
        text=work.say("comment", step.words[0]),
        actor=work.owner,
        audience=Audience.PARTICIPANTS if shared else Audience.OWN,
    )


def _edit(work: Work, step: Step) -> None:
    note = work.case.comments.filter(author=work.owner).latest("written_at")
    actions.edit_comment(comment=note, text=work.say("handover", "edited"), actor=work.owner)


def _outside(work: Work, step: Step) -> None:
    actions.comment(
        case=work.case,
        text=work.say("comment", "outside"),
        actor=work.owner,
        audience=Audience.PARTICIPANTS,
        happened_on=clock.today(),
    )


def _evidence(work: Work, step: Step) -> None:
    body = work.say("evidence", "bodies").encode()
    actions.add_evidence(
        case=work.case,
        upload=ContentFile(body, name=f"demo_{work.case.number}_{step.after}.txt"),
        actor=work.owner,
        title=work.say("evidence", "titles"),
        source=work.say("evidence", "sources"),
        indicator=True,
    )


def _photo(work: Work, step: Step) -> None:
    actions.add_evidence(
        case=work.case,
        upload=draw_photo(100 + work.case.pk),
        actor=work.owner,
        title=work.say("evidence", "photo_title"),
        source=work.say("evidence", "photo_source"),
    )


def _inform(work: Work, step: Step) -> None:
    agency, reason = work.stage.agency(step.body), work.say("handover", "inform")
    actions.inform_body(case=work.case, agency=agency, reason=reason, actor=work.owner)


def _ask(work: Work, step: Step) -> None:
    actions.ask_opinion(
        case=work.case,
        agency=work.stage.agency(step.body),
        question=work.say("opinion", "questions"),
        actor=work.owner,
        due_on=work.day(step.due) if step.due is not None else None,
    )


def _answer(work: Work, step: Step) -> None:
    body, answer = step.words
    actions.give_opinion(
        opinion=work.case.opinions.get(agency__code=body, answer=""),
        answer=answer,
        text=work.say("opinion", answer),
        actor=work.stage.worker(body),
    )


def _tip(work: Work, step: Step) -> None:
    """Another member writes about the same place."""
    place = draw_place(work.case.region, work.dice)
    if work.meter is not None:
        place = work.meter.place
    seen = Seen(place, work.case.party_name, work.case.party_bin)
    lead = file_one(work.stage, next(work.tips), seen)
    actions.attach_lead(lead=lead, case=work.case, actor=work.owner)


def _attach(work: Work, step: Step) -> None:
    """The finding at the meter that the tip was about, if a check has raised it by now."""
    meter = work.meter.code if work.meter else ""
    for lead in Lead.objects.undecided().filter(source="finding", meter=meter).exclude(meter=""):
        actions.attach_lead(lead=lead, case=work.case, actor=work.owner)


def _prepare(work: Work, step: Step) -> None:
    actions.prepare_decision(case=work.case, actor=work.owner)


def _decide(work: Work, step: Step) -> None:
    outcome = step.words[0]
    adverse = outcome in ADVERSE
    if adverse and not work.case.citations.exists():
        actions.cite(
            case=work.case,
            ground=Act.objects.get(code="law-193-vii"),
            event_on=work.case.opened_at.date(),
            why=work.say("reason", "rule"),
            actor=work.owner,
        )
    actions.decide(
        case=work.case,
        outcome=outcome,
        reason=work.say("reason", outcome),
        actor=work.stage.head(work.body) if adverse else work.owner,
        addressee=work.say("reason", "addressees") if adverse else "",
    )


def _reopen(work: Work, step: Step) -> None:
    reason = work.say("handover", "reopen")
    actions.reopen_case(case=work.case, reason=reason, actor=work.stage.head(work.body))


def _hand_over(work: Work, step: Step) -> None:
    to, reason = work.stage.agency(step.body), work.say("handover", "offer")
    actions.hand_over(case=work.case, to=to, reason=reason, actor=work.owner)


def _accept(work: Work, step: Step) -> None:
    work.body, work.owner = step.body, work.stage.worker(step.body)
    actions.accept(case=work.case, actor=work.owner)


def _decline(work: Work, step: Step) -> None:
    reason = work.say("handover", "decline")
    actions.decline(case=work.case, reason=reason, actor=work.stage.head(step.body))


STEPS: dict[str, Callable[[Work, Step], None]] = {
    "collect": _collect, "task": _task, "done": _done, "note": _note, "edit": _edit,
    "outside": _outside, "evidence": _evidence, "photo": _photo, "inform": _inform, "ask": _ask,
    "answer": _answer, "tip": _tip, "attach": _attach, "prepare": _prepare, "decide": _decide,
    "reopen": _reopen, "hand_over": _hand_over, "accept": _accept, "decline": _decline,
}  # fmt: skip
