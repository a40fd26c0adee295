"""What people judged of a party, asked by how a source describes it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from registry.choices import SameOrNot, Status
from registry.matching import Index, Match, Party, Reason, several
from registry.models import KnownParty, Registration
from registry.selectors.judgements import Judged, judged
from registry.selectors.pairing import outside_key


@dataclass(slots=True)
class Verdicts:
    """All standing judgements by the parties that they are about.

    A described party is an outside party of the same bare name and number, or the operator whose
    number it gives.
    """

    known: Judged
    by_key: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    operators: dict[int, KnownParty] = field(default_factory=dict)

    def of(self, party: Party) -> dict[int, Reason]:
        """Operators that people called the same party or another one, with the reason to tell."""
        keys = [outside_key(name, party.bin) for name in party.names]
        ones = {self.by_key[key] for key in keys if key in self.by_key}
        if party.bin in self.by_number:
            ones.add(self.by_number[party.bin])
        found: dict[int, Reason] = {}
        for operator, other in self.operators.items():
            for one in ones - {other.pk}:
                if reason := self._told(one, other):
                    found[operator] = reason
        return found

    def _told(self, one: int, other: KnownParty) -> Reason | None:
        decided = self.known.decided(one, other.pk)
        if decided is None:
            return None
        last = max(judgement.made_at for judgement in self.known.why(one, other.pk))
        code = "judged_same" if decided == SameOrNot.SAME else "judged_different"
        return Reason(code, {"day": f"{last:%d.%m.%Y}", "name": other.name})

    def fingerprint(self) -> list[int]:
        """What results depend on: which judgements stand."""
        return sorted(judgement.pk for judgement in self.known.direct.values())

    def one_with(self, operators: Iterable[int]) -> dict[int, Reason]:
        """Other operators that people called one party with any of these."""
        found: dict[int, Reason] = {}
        asked = set(operators)
        for key in asked & self.operators.keys():
            for other, party in self.operators.items():
                reason = self._told(self.operators[key].pk, party) if other not in asked else None
                if reason and reason.code == "judged_same":
                    found[other] = reason
        return found


def verdicts() -> Verdicts:
    """The standing judgements, ready to be asked; one query."""
    known = judged()
    made = Verdicts(known)
    for judgement in known.direct.values():
        for party in (judgement.first, judgement.second):
            if party.operator_id:
                made.operators[party.operator_id] = party
                made.by_number[party.bin] = party.pk
            else:
                made.by_key[party.key] = party.pk
    return made


def several_judged(index: Index, party: Party, judged_of: Mapping[str, Reason]) -> list[Match]:
    """All matches as people left them: another party is none of them, the same party is certain.

    ``judged_of`` has the reasons by key. The best, never missing, says whom it does not mean.
    """
    others = {key: one for key, one in judged_of.items() if one.code == "judged_different"}
    found = {match.key: match for match in several(index, party, without=others)}
    for key in judged_of.keys() - others.keys():
        before = found.get(key, Match(key, 0.0, "none"))
        reasons = [judged_of[key], *before.reasons]
        found[key] = replace(before, score=1.0, verdict="same", reasons=reasons)
    ranked = sorted(found.values(), key=lambda match: -match.score)
    best = ranked[0] if ranked else Match("", 0.0, "none")
    told = list({one.params["name"]: one for one in others.values()}.values())
    return [replace(best, reasons=[*best.reasons, *told]), *ranked[1:]]


def judged_matches(
    index: Index, parties: Iterable[Party], known: Verdicts
) -> Iterator[tuple[Party, Match]]:
    """The best entry of each party in an index of registrations, as people's judgements leave it.

    One query for the judged operators' entries; a party that nobody judged costs nothing more.
    """
    entries = _entries(known.operators)
    waiting: deque[Party] = deque()

    def noted() -> Iterator[Party]:
        for party in parties:
            waiting.append(party)
            yield party

    for match in index.best_each(noted()):
        party = waiting.popleft()
        judged_of = _by_entry(known.of(party), entries) if entries else {}
        same = any(reason.code == "judged_same" for reason in judged_of.values())
        if same or match.key in judged_of:
            yield party, several_judged(index, party, judged_of)[0]
        else:
            yield party, match


def _entries(operators: Iterable[int]) -> dict[int, list[str]]:
    """Numbers of the operators' registrations, those in force first."""
    found: dict[int, list[str]] = {}
    rows = Registration.objects.filter(operator__in=list(operators)).order_by("number")
    for operator, number, status in rows.values_list("operator_id", "number", "status"):
        numbers = found.setdefault(operator, [])
        numbers.insert(0 if status == Status.ACTIVE else len(numbers), number)
    return found


def _by_entry(
    judged_of: Mapping[int, Reason], entries: Mapping[int, list[str]]
) -> dict[str, Reason]:
    """Reasons by entry: the same party is its first one, another party is none of them."""
    found: dict[str, Reason] = {}
    for operator, reason in judged_of.items():
        numbers = entries.get(operator, [])
        for number in numbers[:1] if reason.code == "judged_same" else numbers:
            found[number] = reason
    return found
