"""What every story has at hand: the world, the people, the calendar, the words."""

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random
from typing import Any

from accounts.models import Agency, User
from portal.demo.moments import Moments
from portal.demo.names import draw, texts
from portal.demo.people import Cast
from portal.demo.world import MeterPlan, World

STAFF = {
    "energy": ("officer", "officer2", "officer3"),
    "atameken": ("atameken.officer",),
    "association": ("association.officer",),
}
HEADS = {"energy": "head", "atameken": "atameken.head", "association": "association.head"}
MEMBERS = ("member", "rival", "member3", "member4", "member5")


@dataclass
class Stage:
    """Shared by all stories of one load; ``free`` are planted meters that no tip names yet."""

    world: World
    moments: Moments
    cast: Cast
    free: list[MeterPlan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.free = [self.world.meter[code] for code in self.world.planted]
        draw("tips:meters").shuffle(self.free)

    def dice(self, part: str) -> Random:
        """The dice of one story."""
        return draw(part)

    def worker(self, body: str, place: int = 0) -> User:
        """An officer of a body."""
        return self.cast[STAFF[body][place % len(STAFF[body])]]

    def head(self, body: str) -> User:
        """The head of a body."""
        return self.cast[HEADS[body]]

    def agency(self, body: str) -> Agency:
        """The body itself."""
        agency = self.worker(body).agency
        if agency is None:
            raise LookupError(body)
        return agency


def said(part: str, kind: str, dice: Random, besides: Collection[str] = ()) -> str:
    """One of the sentences of a kind, if possible none of ``besides``."""
    found: Any = texts("cases")[part][kind]
    known = found if isinstance(found, list) else [found]
    return str(dice.choice([one for one in known if one not in besides] or known))
