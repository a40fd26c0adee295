"""Searches for pairs that may be one party: the registry against itself and official lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from common import clock
from journal.actions import record
from registry.actions.judging import known_operator, settle_pairs
from registry.choices import PartySource
from registry.matching import POSSIBLE, Frequencies, Index, Party, score_pair
from registry.matching.pairs import USUAL_SIZE
from registry.models import (
    KnownParty,
    ListedEntry,
    OfficialList,
    Operator,
    PairSearch,
    ProposedPair,
)
from registry.selectors.judgements import Judged, judged
from registry.selectors.pairing import chunks_after, every_party, outside_key, party_of

EVERY = timedelta(hours=20)  # a search begins so long after the last one began
# A party and its doubles share one probability, so each of them gets but a part of it; the pair
# itself is scored afterwards.
SHARED = POSSIBLE / 4
SILENT = timedelta(minutes=5)  # no sign of life for so long: the worker is dead


@dataclass(frozen=True, slots=True)
class _Register:
    """The register made searchable, its words counted, and what people have judged."""

    index: Index
    frequencies: Frequencies
    known: Judged


def search_pairs(*, now_if_not_due: bool = False) -> PairSearch | None:
    """Search if it is time, or go on where a dead worker left off; None if neither.

    Twice makes nothing twice: a pair stands once, and what people have judged stays judged.
    """
    search = _claim(now_if_not_due=now_if_not_due)
    if search is None:
        return None
    # In a small register chance alone makes every word common; it is thought of as a usual one.
    index = Index.build(every_party(), size=max(Operator.objects.count(), USUAL_SIZE))
    register = _Register(index, Frequencies(index.size, index.frequencies()), judged())
    for chunk in chunks_after(search.through):
        _note(search, _doubles(chunk, register), len(chunk), through=chunk[-1].pk)
    for lines in _unknown_lines():
        _note(search, _listed(lines, register), len(lines), through=search.through)
    return _end(search)


@transaction.atomic
def _claim(*, now_if_not_due: bool) -> PairSearch | None:
    now = clock.now()
    running = PairSearch.objects.select_for_update(skip_locked=True).filter(ended_at=None)
    open_one: PairSearch | None = running.first()
    if open_one:
        if now - open_one.beat_at < SILENT:
            return None
        open_one.beat_at = now
        open_one.save(update_fields=["beat_at"])
        return open_one
    last = PairSearch.objects.exclude(ended_at=None).first()
    if last and now - last.begun_at < EVERY and not now_if_not_due:
        return None
    try:
        with transaction.atomic():
            begun: PairSearch = PairSearch.objects.create(begun_at=now, beat_at=now)
    except IntegrityError:  # another worker began in the same moment
        return None
    return begun


def _doubles(chunk: Sequence[Operator], register: _Register) -> Iterator[ProposedPair]:
    """Other operators that name and place say are the same; their numbers differ anyway."""
    asked = [party_of(operator, with_number=False) for operator in chunk]
    for party, other in zip(asked, _nearest_others(asked, register.index), strict=True):
        if other is None:
            continue
        one, two = (Operator.objects.get(pk=key) for key in (party.key, other))
        yield from _proposal(
            known_operator(one), known_operator(two), party,
            party_of(two, with_number=False), register,
        )  # fmt: skip


def _nearest_others(asked: Sequence[Party], index: Index) -> Iterator[str | None]:
    """For each party the best entry that is not itself, None if nothing comes near."""
    reader, rows = index.read(asked)
    found = index.search(reader)
    for party, own_rows in zip(asked, rows, strict=True):
        best, key = SHARED, None
        for row in own_rows:
            for entry, score in (
                (found.entry[row], found.score[row]),
                (found.second[row], found.next_score[row]),
            ):
                other = index.keys[index.owner[entry]] if entry >= 0 else party.key
                if other != party.key and score >= best:
                    best, key = float(score), other
        yield key


def _unknown_lines() -> Iterator[Sequence[ListedEntry]]:
    """Lines of the newest list of each kind whose number is none of the registry's."""
    newest = list(OfficialList.objects.order_by("kind", "-day").distinct("kind"))
    known = Operator.objects.filter(bin=OuterRef("operator_bin"))
    unknown = ListedEntry.objects.filter(~Exists(known), official_list__in=newest)
    lines = list(unknown.select_related("official_list").order_by("pk"))
    if lines:
        yield lines


def _listed(lines: Sequence[ListedEntry], register: _Register) -> Iterator[ProposedPair]:
    asked = [Party(str(line.pk), (line.operator_name,), line.operator_bin) for line in lines]
    for line, party, match in zip(lines, asked, register.index.best(asked), strict=True):
        if match.verdict != "none":
            operator = Operator.objects.get(pk=match.key)
            yield from _proposal(
                known_operator(operator), _known_line(line), party, party_of(operator), register
            )


def _known_line(line: ListedEntry) -> KnownParty:
    party, _made = KnownParty.objects.update_or_create(
        source=PartySource.OFFICIAL_LIST,
        key=outside_key(line.operator_name, line.operator_bin),
        defaults={
            "name": line.operator_name,
            "bin": line.operator_bin,
            "where_found": f"{line.official_list}, {line.number}"[:300],
        },
    )
    return party


def _proposal(
    one: KnownParty, other: KnownParty, asked: Party, against: Party, register: _Register
) -> Iterator[ProposedPair]:
    """The pair, unless people have decided it: what they called different never comes again."""
    first, second = sorted((one, other), key=lambda party: party.pk)
    if register.known.decided(first.pk, second.pk) is not None:
        return
    score = score_pair(asked, against, register.frequencies)
    if score.verdict != "none":
        yield ProposedPair(
            first=first,
            second=second,
            score=min(max(score.score, 0.0), 1.0),
            verdict=score.verdict,
            reasons=[asdict(reason) for reason in score.reasons],
            found_at=clock.now(),
        )


@transaction.atomic
def _note(search: PairSearch, pairs: Iterable[ProposedPair], asked: int, *, through: int) -> None:
    """Write what a chunk brought, and how far the search has come, together."""
    proposed = {(pair.first_id, pair.second_id): pair for pair in pairs}
    before = ProposedPair.objects.count()
    ProposedPair.objects.bulk_create(
        proposed.values(),
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "verdict", "reasons", "found_at"],
    )
    search.proposed += ProposedPair.objects.count() - before
    search.asked += asked
    search.through, search.beat_at = through, clock.now()
    search.save(update_fields=["proposed", "asked", "through", "beat_at"])


@transaction.atomic
def _end(search: PairSearch) -> PairSearch:
    search.ended_at = search.beat_at = clock.now()
    search.save(update_fields=["ended_at", "beat_at"])
    settle_pairs()
    facts: dict[str, Any] = {"asked": search.asked, "proposed": search.proposed}
    record("registry.pair.search", search, actor=None, facts=facts)
    return search
