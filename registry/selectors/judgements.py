"""What people's judgements say of two parties, directly or through others, and where they clash."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.choices import SameOrNot
from registry.models import Judgement


@dataclass(slots=True)
class Judged:
    """All standing judgements, closed over "same": what is one with b is one with all of b's.

    A few thousand rows made by hand, so they are read at once, in one query.
    """

    groups: dict[int, int] = field(default_factory=dict)
    apart: dict[tuple[int, int], Judgement] = field(default_factory=dict)
    direct: dict[tuple[int, int], Judgement] = field(default_factory=dict)
    conflicts: list[Judgement] = field(default_factory=list)

    def group(self, party: int) -> int:
        """The party that stands for all that are one with it."""
        while (above := self.groups.get(party, party)) != party:
            self.groups[party] = self.groups.get(above, above)
            party = above
        return party

    def decided(self, one: int, other: int) -> SameOrNot | None:
        """Same or different, by a judgement or what follows from several; None is open.

        Of two that judgements contradict each other about, the direct judgement counts.
        """
        own = self.direct.get(_ordered(one, other))
        if own and own.verdict != SameOrNot.UNSURE:
            return SameOrNot(own.verdict)
        if self.group(one) == self.group(other):
            return SameOrNot.SAME
        if _ordered(self.group(one), self.group(other)) in self.apart:
            return SameOrNot.DIFFERENT
        return None

    def why(self, one: int, other: int) -> list[Judgement]:
        """The judgements behind ``decided``: the direct one, or the way from one to the other."""
        own = self.direct.get(_ordered(one, other))
        if own:
            return [own]
        if self.group(one) == self.group(other):
            return self._path(one, other)
        between = self.apart.get(_ordered(self.group(one), self.group(other)))
        return [between] if between else []

    def _path(self, start: int, end: int) -> list[Judgement]:
        steps: dict[int, list[Judgement]] = defaultdict(list)
        for judgement in self.direct.values():
            if judgement.verdict == SameOrNot.SAME:
                steps[judgement.first_id].append(judgement)
                steps[judgement.second_id].append(judgement)
        ways: list[tuple[int, list[Judgement]]] = [(start, [])]
        seen = {start}
        for at, way in ways:  # grows while it is walked: breadth first
            for step in steps[at]:
                onward = step.second_id if step.first_id == at else step.first_id
                if onward == end:
                    return [*way, step]
                if onward not in seen:
                    seen.add(onward)
                    ways.append((onward, [*way, step]))
        return []


def judged() -> Judged:
    """The standing judgements with what follows from them; one query."""
    rows = Judgement.objects.standing().select_related("author", "first", "second")
    return closed(rows.order_by("pk"))


def closed(rows: Iterable[Judgement]) -> Judged:
    """``same(a, b)`` and ``same(b, c)`` make one of a and c; ``different(a, c)`` then clashes."""
    known = Judged()
    for row in rows:
        known.direct[row.first_id, row.second_id] = row
        if row.verdict == SameOrNot.SAME:
            known.groups[known.group(row.second_id)] = known.group(row.first_id)
    for row in known.direct.values():
        if row.verdict != SameOrNot.DIFFERENT:
            continue
        between = _ordered(known.group(row.first_id), known.group(row.second_id))
        if between[0] == between[1]:
            known.conflicts.append(row)
        else:
            known.apart.setdefault(between, row)
    return known


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one <= other else (other, one)
