"""A proposed pair as its page shows it: both sides with what differs, and the reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from common.clock import today
from pages.badges import Badge
from pages.parts import Piece
from pages.wording import kw
from registry.models import Judgement, KnownParty, Operator, ProposedPair, Registration, Site
from registry.policies import may_see_iin
from registry.selectors.entries import badge_on, region_name
from registry.selectors.judgements import judged
from registry.selectors.lookup import names_of
from registry.wording import reason_words


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both sides; the pieces of each that the other lacks are marked."""

    label: str
    first: list[Piece]
    second: list[Piece]

    @property
    def differs(self) -> bool:
        return any(piece.matched for piece in (*self.first, *self.second))


@dataclass(frozen=True, slots=True)
class Side:
    """A party: its name, where it is written, its entries with their states."""

    party: KnownParty
    name: str
    where: str
    entries: list[tuple[Registration, Badge]]


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair to be judged: sides, rows, reasons, and what was judged of it before."""

    pair: ProposedPair
    first: Side
    second: Side
    rows: list[Row]
    reasons: list[str]
    history: list[Judgement]
    left: int

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second


def pairs_to_judge(user: Any) -> QuerySet[ProposedPair]:
    """Open pairs, the most probable first."""
    rows: QuerySet[ProposedPair] = ProposedPair.objects.visible_to(user).filter(settled=False)
    return rows.select_related("first__operator", "second__operator").order_by("-score", "pk")


def view_of(pair: ProposedPair, user: Any) -> PairView:
    """The pair for its page; at most seven queries."""
    parties = (pair.first, pair.second)
    operators = [party.operator for party in parties if party.operator]
    entries = _entries(operators)
    regions = _regions(operators)
    told = [_told(party, entries, regions, user) for party in parties]
    sides = [_side(party, entries) for party in parties]
    history = Judgement.objects.visible_to(user).of_pair(pair.first_id, pair.second_id)
    return PairView(
        pair=pair,
        first=sides[0],
        second=sides[1],
        rows=[Row(label, *_marked(told[0][label], told[1][label])) for label in told[0]],
        reasons=reasons_of(pair),
        history=list(history.select_related("author", "withdrawn_by")),
        left=pairs_to_judge(user).count(),
    )


def reasons_of(pair: ProposedPair) -> list[str]:
    """The matcher's reasons in the reader's language."""
    return [reason_words(one["code"], one.get("params", {})) for one in pair.reasons]


def conflicts() -> list[Judgement]:
    """Judgements "different" on parties that other judgements make one."""
    return judged().conflicts


def _entries(operators: Sequence[Operator]) -> dict[int, list[Registration]]:
    rows = Registration.objects.filter(operator__in=operators).order_by("number")
    found: dict[int, list[Registration]] = {operator.pk: [] for operator in operators}
    for row in rows.annotate(kw=Sum("sites__declared_kw")):
        found[row.operator_id].append(row)
    return found


def _regions(operators: Sequence[Operator]) -> dict[int, list[str]]:
    """The regions of each operator's sites, each once, in the order of entry."""
    places = Site.objects.filter(registration__operator__in=operators).order_by("pk")
    found: dict[int, list[str]] = {operator.pk: [] for operator in operators}
    for operator_id, kato in places.values_list("registration__operator", "kato"):
        name = region_name(kato)
        if name and name not in found[operator_id]:
            found[operator_id].append(name)
    return found


def _side(party: KnownParty, entries: dict[int, list[Registration]]) -> Side:
    own = entries.get(party.operator_id or 0, [])
    return Side(
        party=party,
        name=str(party),
        where=party.get_source_display() if party.operator else party.where_found,
        entries=[(one, badge_on(one, one.status, today())) for one in own],
    )


def _told(
    party: KnownParty,
    entries: dict[int, list[Registration]],
    regions: dict[int, list[str]],
    user: Any,
) -> dict[str, str]:
    operator = party.operator
    if operator is None:
        return _fields(party.name, party.bin, "", "", "", "")
    own = entries[operator.pk]
    total = sum(float(one.kw or 0) for one in own)  # type: ignore[attr-defined, misc]  # annotated
    names = dict.fromkeys(names_of(operator))
    number = operator.bin if may_see_iin(user) else operator.masked_number
    return _fields(
        " / ".join(names), number, operator.legal_form, operator.address,
        ", ".join(regions[operator.pk]), kw(total) if own else "",
    )  # fmt: skip


def _fields(
    name: str, number: str, form: str, address: str, regions: str, power: str
) -> dict[str, str]:
    return {
        _("Name of the party"): name,
        _("BIN or IIN"): number,
        _("Legal form"): form,
        _("Address"): address,
        _("Regions"): regions,
        _("Declared power"): power,
    }


def _marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut where they differ; nothing is marked where one side says nothing."""
    if not (one and other):
        return _plain(one), _plain(other)
    first: list[Piece] = []
    second: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        differs = what != "equal"
        first += [Piece(one[a:b], differs)] if one[a:b] else []
        second += [Piece(other[c:d], differs)] if other[c:d] else []
    return first, second


def _plain(text: str) -> list[Piece]:
    return [Piece(text, matched=False)] if text else []
