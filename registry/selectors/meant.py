"""Which operators a described party may be: found in the database, weighed by the matcher."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from common.geo import cell, neighbours
from common.identifiers import LENGTH, SEPARATORS, kind_of, number_in
from common.identifiers import SHORTEST_WITHOUT_ZEROS as SHORTEST
from common.names import latin, strip_legal_form
from common.sounds import sounds
from registry.choices import NumberKind
from registry.matching import Index, Match, Party
from registry.matching.pairs import USUAL_SIZE
from registry.models import NameWord, Operator, Registration, Site
from registry.policies import may_find_number, may_see_iin
from registry.selectors.pairing import operators_to_match, party_of
from registry.selectors.spelling import meant_words
from registry.selectors.verdicts import Verdicts, several_judged, verdicts
from registry.wording import reason_words

MOST_CANDIDATES = 200
MOST_WORDS = 8
MOST_SLIPS = 2  # words that nobody bears, of one name, for which near ones are sought
MOST_PARTIES = 100  # of one call
SHOWN = 5
WORTH_SHOWING = 0.05  # of 1


@dataclass(frozen=True, slots=True)
class Meant:
    """One operator that a party may be, and the matcher's word on it."""

    operator: Operator
    match: Match


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search for several parties looks up once for all of them."""

    often: dict[str, int]
    size: int
    known: Verdicts


def asked_of(parties: Iterable[Party], size: int = USUAL_SIZE) -> Asked:
    """How common the parties' words are, and what people judged; two queries."""
    words = {word for party in parties for word in words_of(party)}
    often = dict(NameWord.objects.filter(word__in=words).values_list("word", "entries"))
    return Asked(often, size, verdicts())


def words_of(party: Party) -> list[str]:
    """The words of its names as the register's words are kept."""
    found = (word for name in party.names for word in latin(strip_legal_form(name)).split())
    return list(dict.fromkeys(found))[:MOST_WORDS]


def operators_like(party: Party, asked: Asked, *, persons: bool = True) -> list[Operator]:
    """Operators with its number, its rarest words or near its place; at most four queries.

    Without ``persons`` nobody is found by a person's number.
    """
    wanted = Q(pk__in=asked.known.of(party)) | Q(bin__in=_numbers(party.bin, persons=persons))
    if party.lat is not None and party.lon is not None:
        near = Site.objects.filter(cell__in=neighbours(cell(party.lat, party.lon)))
        wanted |= Q(pk__in=near.values("registration__operator")[:MOST_CANDIDATES])
    certain = list(operators_to_match().filter(wanted)[:MOST_CANDIDATES])
    named = _with_words(party, asked)
    if named is None:
        return certain
    # A number or a place is not pushed out by two hundred like names.
    there = [one.pk for one in certain]
    return certain + list(operators_to_match().filter(named).exclude(pk__in=there)
                          .order_by()[:MOST_CANDIDATES])  # fmt: skip


def _numbers(text: str, *, persons: bool) -> set[str]:
    """The number, or the valid ones that a slip of the pen or lost zeros may have made of it."""
    digits = SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= LENGTH):
        return set()
    meant = {digits.zfill(LENGTH)}
    if not number_in(digits):
        meant |= _one_slip_from(digits.zfill(LENGTH))
    valid = {number for one in meant if (number := number_in(one))}
    return {number for number in valid if persons or kind_of(number) == "bin"}


def _one_slip_from(number: str) -> set[str]:
    found = set()
    for at in range(LENGTH):
        found |= {f"{number[:at]}{digit}{number[at + 1 :]}" for digit in "0123456789"}
        found.add(f"{number[:at]}{number[at : at + 2][::-1]}{number[at + 2 :]}")
    return found


def _with_words(party: Party, asked: Asked) -> Q | None:
    """Names with any of its rarest words; with all of them where each is common."""
    words = words_of(party)
    if not words:
        return None
    slips = [word for word in words if word not in asked.often][:MOST_SLIPS]
    near = {word: meant_words(word, unfinished=False) for word in slips}
    ranked = sorted(words, key=lambda word: asked.often.get(word, 0))
    if asked.often.get(ranked[0], 0) > MOST_CANDIDATES:
        every = Q()
        for word in words:
            every &= Q(search__contains=f" {word}")
        return every
    wanted, expected = Q(pk__in=()), 0
    for word in ranked:
        expected += asked.often.get(word, 0)
        if expected > MOST_CANDIDATES:
            break
        for one in (word, *near.get(word, ())):
            wanted |= Q(search__contains=f" {one}")
    return wanted


def index_of(operators: Sequence[Operator], asked: Asked, *, persons: bool = True) -> Index:
    """The operators made searchable; words weigh as in the whole register.

    Without ``persons`` the number of a person says nothing, neither that it fits nor that not.
    """
    parties = [
        party_of(one, with_number=persons or one.kind == NumberKind.BIN) for one in operators
    ]
    often = {sounds(word): entries for word, entries in asked.often.items()}
    return Index.build(parties, size=asked.size, often=often)


def meant_by(party: Party, asked: Asked, user: Any) -> tuple[list[Meant], Match]:
    """The best operators that a party may be, as people's judgements leave them, and the verdict.

    The verdict is the best one's; where people called it another party, it says so.
    """
    number = number_in(party.bin)
    if number and not may_find_number(user, number):
        party = replace(party, bin="")
    reads_iin = may_see_iin(user)
    operators = {str(one.pk): one for one in operators_like(party, asked, persons=reads_iin)}
    index = index_of(list(operators.values()), asked, persons=reads_iin)
    judged_of = {str(key): reason for key, reason in asked.known.of(party).items()}
    found = several_judged(index, party, judged_of)
    worth = [one for one in found if one.score >= WORTH_SHOWING and one.key in operators]
    return [Meant(operators[one.key], one) for one in worth[:SHOWN]], found[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party of a call may be."""

    key: str
    verdict: str
    reasons: list[str]
    candidates: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"id": self.key, "verdict": self.verdict, "reasons": self.reasons,
                "candidates": self.candidates}  # fmt: skip


def match_parties(described: Sequence[Mapping[str, Any]], user: Any) -> list[Answer]:
    """Answers for at most MOST_PARTIES parties, in their order and in the reader's language.

    Five queries for all of them together and at most four for each.
    """
    parties = [
        Party(one["id"], (one["name"],) if one["name"] else (), one["bin"], one["address"],
              one["lat"], one["lon"])
        for one in described
    ]  # fmt: skip
    size = max(Operator.objects.visible_to(user).count(), USUAL_SIZE)
    asked = asked_of(parties, size)
    found = [(party, *meant_by(party, asked, user)) for party in parties]
    entries = _entries({one.operator.pk for _, meant, _ in found for one in meant}, user)
    reads_iin = may_see_iin(user)
    return [
        Answer(
            party.key,
            best.verdict,
            _worded(best),
            [_shown(one, entries, reads_iin) for one in meant],
        )
        for party, meant, best in found
    ]


def _entries(operators: Collection[int], user: Any) -> dict[str, list[str]]:
    """Numbers of each operator's entries, by its key."""
    found: dict[str, list[str]] = {}
    rows = Registration.objects.visible_to(user).filter(operator__in=operators)
    for operator, number in rows.order_by("number").values_list("operator", "number"):
        found.setdefault(str(operator), []).append(number)
    return found


def _shown(one: Meant, entries: Mapping[str, list[str]], reads_iin: bool) -> dict[str, Any]:  # noqa: FBT001 - private
    operator, match = one.operator, one.match
    return {
        "operator": operator.pk, "name": operator.display_name,
        "bin": operator.bin if reads_iin else operator.masked_number,
        "registrations": entries.get(match.key, []), "score": round(match.score, 4),
        "verdict": match.verdict, "reasons": _worded(match),
    }  # fmt: skip


def _worded(match: Match) -> list[str]:
    return [reason_words(reason.code, reason.params) for reason in match.reasons]
