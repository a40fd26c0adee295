"""Looks a party up as one types: numbers, then names in any script, then what may be meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from rapidfuzz.fuzz import ratio

from common.identifiers import LENGTH as NUMBER_LENGTH
from common.identifiers import SEPARATORS
from common.names import latin, strip_legal_form
from registry.choices import NumberKind
from registry.models import NameWord, Operator, Registration, SiteMeter
from registry.models.operators import NAME_START
from registry.policies import may_see_iin, visible_to
from registry.selectors.spelling import meant_words

SHORTEST = 2  # signs; one fits everything
LONGEST = 200
MOST_WORDS = 6
FEWEST_DIGITS = 3  # of a BIN
MOST = 10
# Rows of a common word that are looked at: the best beginnings come from an index in order, so
# this bounds the time and takes nothing away that a person would read on.
CANDIDATES = 200
FEW = 3  # names found; with fewer a slip of the pen is supposed
EXACT_NUMBER, EXACT_NAME, NUMBER_BEGINS, NAME_BEGINS, WORDS_BEGIN, MEANT = range(6)


@dataclass(frozen=True, slots=True)
class Hit:
    """An operator that fits what was typed, how well (less is better) and by what.

    ``by`` is bin, number, meter, name or spelling; ``registration`` the entry whose number or
    meter fits, 0 for none; ``words`` the Latin forms that are to be marked in the name.
    """

    operator: Operator
    rank: tuple[int, float, str]
    by: str
    registration: int = 0
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class _Hits:
    """The best hit of each operator."""

    best: dict[int, Hit] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether somebody bears exactly the name that was typed: then it is no slip."""
        return any(hit.rank[0] == EXACT_NAME for hit in self.best.values())

    def add(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            known = self.best.get(hit.operator.pk)
            if known is None or hit.rank < known.rank:
                self.best[hit.operator.pk] = hit


def hits_for(text: str, user: Any, most: int = MOST) -> list[Hit]:
    """The best operators that ``user`` may see for what was typed so far; at most ten queries."""
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    hits = _Hits()
    visible = Operator.objects.visible_to(user)
    if any(sign.isdigit() or sign == "-" for sign in text):
        hits.add(_by_bin(visible, text, user, most))
        hits.add(_by_registration(text, user, most))
        hits.add(_by_meter(text, user, most))
    words = latin(strip_legal_form(text)).split()[:MOST_WORDS]
    if words:
        hits.add(_by_name(visible, words, most))
        if len(hits.best) < FEW and not hits.exact:
            hits.add(_by_meaning(visible, words))
    return sorted(hits.best.values(), key=lambda hit: hit.rank)[:most]


def _by_bin(visible: QuerySet[Operator], text: str, user: Any, most: int) -> Iterable[Hit]:
    digits = SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) < FEWEST_DIGITS:
        return
    # Who may not see a person's number must not find it out digit by digit either.
    whole = len(digits) == NUMBER_LENGTH
    seen = Q() if whole or may_see_iin(user) else Q(kind=NumberKind.BIN)
    for operator in visible.filter(seen, bin__startswith=digits).order_by("bin")[:most]:
        yield Hit(operator, (EXACT_NUMBER if whole else NUMBER_BEGINS, 0, operator.bin), "bin")


def _by_registration(text: str, user: Any, most: int) -> Iterable[Hit]:
    upper = text.upper()
    rows = (
        Registration.objects.visible_to(user)
        .annotate(upper=Upper("number"))
        .filter(upper__startswith=upper)
        .select_related("operator")
    )
    for row in rows.order_by("number")[:most]:
        rank = EXACT_NUMBER if row.number.upper() == upper else NUMBER_BEGINS
        yield Hit(row.operator, (rank, 1, row.number), "number", row.pk)


def _by_meter(text: str, user: Any, most: int) -> Iterable[Hit]:
    begins = Q(code__startswith=text) | Q(code__startswith=text.upper())
    rows = SiteMeter.objects.filter(visible_to(user), begins)
    rows = rows.select_related("site__registration__operator").order_by("code")
    for row in rows[:most]:
        rank = EXACT_NUMBER if row.code.upper() == text.upper() else NUMBER_BEGINS
        registration = row.site.registration
        yield Hit(registration.operator, (rank, 2, row.code), "meter", registration.pk)


def _by_name(visible: QuerySet[Operator], words: Sequence[str], most: int) -> Iterable[Hit]:
    typed = " ".join(words)
    starts = visible.annotate(start=NAME_START).filter(start__startswith=f" {typed}")
    found: dict[int, Operator] = {one.pk: one for one in starts.order_by("start")[:most]}
    for one in _with_all(visible, [[word] for word in words]):
        found.setdefault(one.pk, one)
    for operator in found.values():
        yield Hit(operator, _name_rank(operator, typed), "name", words=tuple(words))


def _with_all(visible: QuerySet[Operator], choices: Sequence[Sequence[str]]) -> QuerySet[Operator]:
    """Operators with a word that begins like one of each choice, at most 200, in no order."""
    for alternatives in choices:
        begins = Q()
        for word in alternatives:
            begins |= Q(search__contains=f" {word}")
        visible = visible.filter(begins)
    return visible.order_by()[:CANDIDATES]


def _name_rank(operator: Operator, typed: str) -> tuple[int, float, str]:
    bare = [latin(strip_legal_form(name)) for name in names_of(operator)]
    if typed in bare:
        return EXACT_NAME, 0, operator.name
    begins = any(name.startswith(typed) for name in bare)
    shortest = min(len(name) for name in bare)
    return NAME_BEGINS if begins else WORDS_BEGIN, shortest, operator.name


def _by_meaning(visible: QuerySet[Operator], words: Sequence[str]) -> Iterable[Hit]:
    """Names with near words in place of those that nobody bears; else in place of any."""
    known = set(NameWord.objects.filter(word__in=words).values_list("word", flat=True))
    strange = [word for word in words if word not in known]
    near = {word: meant_words(word, unfinished=word == words[-1]) for word in strange}
    if found := _with_meant(visible, words, near):
        return found
    common = [word for word in words if word in known]
    near |= {word: meant_words(word, unfinished=word == words[-1]) for word in common}
    return _with_meant(visible, words, near)


def _with_meant(
    visible: QuerySet[Operator], words: Sequence[str], near: Mapping[str, list[str]]
) -> list[Hit]:
    choices = [[word, *near.get(word, ())] for word in words]
    if all(len(one) == 1 for one in choices):
        return []
    typed = " ".join(words)
    marked = tuple(word for alternatives in choices for word in alternatives)
    hits = []
    for operator in _with_all(visible, choices):
        nearness = ratio(typed, operator.search.strip()[: len(typed) + 2])
        hits.append(Hit(operator, (MEANT, -nearness, operator.name), "spelling", words=marked))
    return hits


def names_of(operator: Operator) -> list[str]:
    """Its names in every language that is entered."""
    names = (operator.name, operator.name_kk, operator.name_ru, operator.name_en)
    return [name for name in names if name]
