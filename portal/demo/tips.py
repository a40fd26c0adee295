"""Eighty tips in Russian and Kazakh, and what became of those that led to no case."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.actions import (
    TipWords,
    defer_lead,
    dismiss_lead,
    file_tip,
    keep_tip_file,
    promote_lead,
    take_lead,
)
from cases.models import Lead
from common import clock
from portal.demo.contradictions import two_sources
from portal.demo.names import texts
from portal.demo.photos import draw_photo
from portal.demo.places import SITES, Place, beside, draw_place
from portal.demo.stage import MEMBERS, Stage, said
from portal.demo.stories import Story

TIPS = 80
IN_CASES = 23  # filed by the stories of cases
ANONYMOUS_EVERY, PHOTO_EVERY, COMPETITOR_EVERY, NUMBER_EVERY = 5, 9, 13, 3
MONTHS = {
    "ru": ("января", "марта", "мая", "июля", "августа", "октября"),
    "kk": ("қаңтардан", "наурыздан", "мамырдан", "шілдеден", "тамыздан", "қазаннан"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a tip is about: a place, and a party where the filer knows one."""

    place: Place
    party: str = ""
    bin: str = ""


def file_one(stage: Stage, serial: int, seen: Seen) -> Lead:
    """Files the tip of this serial number by a member; returns its lead."""
    dice = stage.dice(f"tip:{serial}")
    known = texts("tips")["tip"]
    text = known[serial % len(known)]
    lat, lon = beside(seen.place, dice)
    anonymous = serial % ANONYMOUS_EVERY == 1
    words = TipWords(
        what=_written(text, serial, seen.place, dice),
        place=seen.place.told(text["lang"]),
        region=seen.place.region,
        lat=lat,
        lon=lon,
        who=seen.party,
        party_bin=seen.bin if serial % NUMBER_EVERY == 0 else "",
        power=text["power"],
        seen_on=_seen_on(dice),
        competitor=serial % COMPETITOR_EVERY == 1,
        anonymous=anonymous,
        language=text["lang"],
    )
    files = []
    if serial % PHOTO_EVERY == 0:
        files = [keep_tip_file(upload=draw_photo(serial)).token]
    reporter = stage.cast[MEMBERS[serial % len(MEMBERS)]]
    return file_tip(words=words, reporter=reporter, files=files).tip.lead


def _written(text: dict[str, Any], serial: int, place: Place, dice: Random) -> str:
    since = dice.choice(MONTHS[text["lang"]])
    what = str(text["what"]).format(n=dice.choice(text.get("n", [0])), since=since)
    if serial < len(texts("tips")["tip"]):
        return what
    quarter = place.told(text["lang"]).split(", ", 1)[1]
    return f"{quarter[0].upper()}{quarter[1:]}: {what}"


def _seen_on(dice: Random) -> date:
    return clock.today() - timedelta(days=dice.randint(0, 6))


def somewhere(stage: Stage, part: str) -> Seen:
    """A place of which nobody knows the owner."""
    dice = stage.dice(f"seen:{part}")
    return Seen(draw_place(dice.choice(tuple(SITES)), dice))


def at_a_planted_meter(stage: Stage) -> Seen:
    """A place where a farm really runs; each is taken once."""
    meter = stage.free.pop()
    return Seen(meter.place, meter.customer, meter.bin)


def at_a_site(stage: Stage, place: int) -> Seen:
    """A place that the registry protects."""
    sites = stage.world.protected_sites()
    site = sites[place % len(sites)]
    return Seen(site.place, site.operator.name, site.operator.bin)


# ── Tips that led to no case ─────────────────────────────────────────────────


def single_tips(stage: Stage) -> Iterator[Story]:
    """The tips that stay without a case: dismissed, deferred, proposed, taken, new."""
    serial = IN_CASES
    for fate, (many, story) in FATES.items():
        for place in range(many):
            yield story(stage, serial, place)
            serial += 1
        if serial > TIPS:
            raise ValueError(f"{fate}: more than {TIPS} tips")


def _dismissed(stage: Stage, serial: int, place: int) -> Story:
    dice = stage.dice(f"dismissed:{serial}")
    days = 12 + place * 15 + dice.randint(0, 6)
    yield stage.moments.ago(days + 2, dice.randint(8, 20), dice.randint(0, 59))
    protected = place % 2 == 0
    seen = at_a_site(stage, place) if protected else somewhere(stage, f"dismissed:{serial}")
    lead = file_one(stage, serial, seen)
    officer = stage.worker("energy", place)
    yield stage.moments.ago(days + 1, 9, dice.randint(0, 59))
    take_lead(lead=lead, actor=officer)
    yield stage.moments.ago(days, 16, dice.randint(0, 59))
    kind = "registered" if protected else "vague"
    dismiss_lead(lead=lead, reason=said("dismiss", kind, dice), actor=officer)


def _deferred(stage: Stage, serial: int, place: int) -> Story:
    dice = stage.dice(f"deferred:{serial}")
    yield stage.moments.worked(4 + place * 2, 9, dice.randint(0, 59))
    lead = file_one(stage, serial, somewhere(stage, f"deferred:{serial}"))
    yield stage.moments.worked(3 + place * 2, 11, dice.randint(0, 59))
    until = stage.moments.today + timedelta(days=3 + 4 * place)
    officer = stage.worker("energy", place)
    defer_lead(lead=lead, until=until, reason=said("defer", "texts", dice), actor=officer)


def _proposed(stage: Stage, serial: int, place: int) -> Story:
    dice = stage.dice(f"proposed:{serial}")
    yield stage.moments.worked(3 + place, 12, dice.randint(0, 59))
    lead = file_one(stage, serial, at_a_site(stage, 30 + place))
    yield stage.moments.worked(2 + place, 10, dice.randint(0, 59))
    words = said("contradiction", "texts", dice)
    proposer, sources = stage.worker("energy", 1 + place), two_sources(lead)
    promote_lead(lead=lead, actor=proposer, contradiction=words, sources=sources)


def _taken(stage: Stage, serial: int, place: int) -> Story:
    dice = stage.dice(f"taken:{serial}")
    yield stage.moments.worked(2 + place // 2, 10, dice.randint(0, 59))
    seen = at_a_planted_meter(stage) if place % 2 else somewhere(stage, f"taken:{serial}")
    lead = file_one(stage, serial, seen)
    yield stage.moments.worked(1 + place // 2, 15, dice.randint(0, 59))
    bodies = ("energy", "energy", "atameken", "association")
    take_lead(lead=lead, actor=stage.worker(bodies[place % len(bodies)], place))


def _new(stage: Stage, serial: int, place: int) -> Story:
    dice = stage.dice(f"new:{serial}")
    # Today, within the term, on its last day and a few beyond it.
    back = (1, 1, 2, 2, 3, 3, 4)[place % 7]
    yield stage.moments.worked(back, 8 + place % 10, dice.randint(0, 59))
    kind = place % 5
    if kind == 0:
        seen = at_a_site(stage, 40 + place)
    elif kind in (1, 3) and stage.free:
        seen = at_a_planted_meter(stage)
    else:
        seen = somewhere(stage, f"new:{serial}")
    file_one(stage, serial, seen)


FATES: dict[str, tuple[int, Callable[[Stage, int, int], Story]]] = {
    "dismissed": (22, _dismissed),
    "deferred": (5, _deferred),
    "proposed": (2, _proposed),
    "taken": (8, _taken),
    "new": (20, _new),
}
