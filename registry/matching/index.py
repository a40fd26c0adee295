"""A register made searchable, and the best entry of it for each of many parties."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from itertools import islice
from os import cpu_count
from typing import Any

import numpy as np

from common.places import regions_of
from registry.matching.features import (
    ALL_WORDS,
    COUNT,
    HOUSE_EQUAL,
    ID_EQUAL,
    ID_NEAR,
    ID_REPAIRED,
    NEAR_METRES,
    PLACE_EQUAL,
    STREET_EQUAL,
    STREET_NEAR,
)
from registry.matching.neighbours import Grams, Neighbours, grams_of, nearest
from registry.matching.parties import Match, Party, Reason, Verdict
from registry.matching.reasons import TWIN, explain, signatures, twin
from registry.matching.search import CANDIDATES, HOUSES, Found, Known, Model, Near, Sides, search
from registry.matching.shapes import GOOD, Array, Vocabulary
from registry.matching.store import Reader, vocabulary
from registry.matching.weights import MODEL, POSSIBLE, SAME
from registry.matching.words import Lexicon

BATCH = 2_000  # parties
# A small register says little about how common a word is: so many parties are thought beside it,
# in which no word of the register is met.
UNSEEN = 500
EXPLAINED = 50_000  # explanations kept
SLICES = 4  # per worker, so that a slow slice does not hold up the rest


def share(size: int, run: Callable[[int, int], object]) -> None:
    """Call ``run(lo, hi)`` over slices of a range, on all cores; it must release the GIL."""
    workers = min(cpu_count() or 1, 8)
    step = max(1, -(-size // (workers * SLICES)))
    slices = [(lo, min(size, lo + step)) for lo in range(0, size, step)]
    with ThreadPoolExecutor(workers) as pool:
        for _done in pool.map(lambda slice_: run(*slice_), slices):
            pass


class _Words:
    """One kind of word of the register, ready to be asked for neighbours."""

    def __init__(
        self, numbers: dict[str, int], known: Vocabulary, used: Array, size: int,
        often: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        self.numbers = numbers
        self.vocabulary = known
        self.grams: Grams = grams_of(known)
        self.often = np.bincount(used, minlength=known.at.size - 1)
        if often:
            self.often = np.array([often.get(word, 1) for word in numbers], np.int64)
        share_of = np.maximum(self.often, 1) / size
        self.weight = -np.log(np.minimum(share_of, 1.0)).astype(np.float32)

    def near(self, asked: Any) -> tuple[Vocabulary, Neighbours, Array]:
        """Neighbours of a batch's words; the weight of each if it meets nothing."""
        words = vocabulary(asked)
        exact = np.array([self.numbers.get(s, -1) for s in asked.spelled], np.int32)
        # A word that the register does not know, -1, weighs as much as its rarest.
        weight = np.append(self.weight, self.weight.max(initial=1.0))[exact]
        return words, nearest(words, self.vocabulary, self.grams, exact, share), weight


class Index:
    """The entries of a register by identifier, word, street corner and cell."""

    def __init__(
        self, reader: Reader, keys: Sequence[str], owner: Array, size: int,
        often: Mapping[str, int],
    ) -> None:  # fmt: skip
        size = (size or len(keys)) + UNSEEN
        self.keys = keys
        self.owner = owner
        self.reader = reader
        self.entries = reader.columns()
        self.size = size - UNSEEN
        self.words = _Words(
            reader.words.numbers, vocabulary(reader.words), self.entries.words, size, often
        )
        self.places = _Words(
            reader.places.numbers, vocabulary(reader.places), self.entries.places, size
        )
        self.streets = _Words(
            reader.streets.numbers, vocabulary(reader.streets), self.entries.streets, size
        )
        self.groups = _groups(reader.places)
        self.known = self._known(owner.size, size)

    @classmethod
    def build(
        cls, parties: Iterable[Party], size: int = 0, often: Mapping[str, int] | None = None
    ) -> "Index":
        """Index parties; they are read once and not kept.

        ``size`` and ``often`` (entries that hold a word) are those of a larger register that
        the parties are taken from, else they are counted.
        """
        reader, keys, owner = Reader(), [], array("i")
        for at, party in enumerate(parties):
            owner.extend((at,) * reader.add(party))
            keys.append(party.key)
        reader.words.forget_spellings()
        return cls(reader, keys, np.array(owner, np.int32), size, often or {})

    def fingerprint(self) -> str:
        """A checksum of all entries and their order."""
        checksum = sha256("\n".join(self.keys).encode())
        for column in self.entries:
            checksum.update(np.ascontiguousarray(column).tobytes())
        checksum.update("\n".join(self.reader.words.spelled).encode())
        return checksum.hexdigest()

    def frequencies(self) -> dict[str, int]:
        """How many entries hold each word, by its sound."""
        return dict(zip(self.reader.words.spelled, self.words.often.tolist(), strict=True))

    def _known(self, rows: int, size: int) -> Known:
        entries, words = self.entries, self.words.vocabulary
        holder = np.repeat(np.arange(rows, dtype=np.int32), np.diff(entries.word_at))
        order = np.argsort(entries.words, kind="stable")
        at = np.zeros(words.at.size, np.int32)
        np.cumsum(np.bincount(entries.words, minlength=words.at.size - 1), out=at[1:])
        having = np.flatnonzero(entries.number >= 0).astype(np.int32)
        by_number = having[np.argsort(entries.number[having], kind="stable")]
        corners, corner_entries = self._corners(rows)
        return Known(
            words.kinds, _first(words), self.words.weight, float(np.log(size)), at,
            holder[order], entries.number[by_number], by_number, corners, corner_entries,
            *self._owners(),
        )  # fmt: skip

    def _owners(self) -> tuple[Array, bool]:
        """A number for the party of each entry: one for all that share an identifier."""
        number, sound = self.entries.number, self.entries.sound
        whose = np.where(sound == GOOD, number, -1 - self.owner.astype(np.int64))
        _first_rows, party = np.unique(whose, return_inverse=True)
        several = len(_first_rows) < whose.size
        return party.astype(np.int32), several

    def _corners(self, rows: int) -> tuple[Array, Array]:
        entries = self.entries
        owner = np.repeat(np.arange(rows, dtype=np.int32), np.diff(entries.street_at))
        keys = entries.streets.astype(np.int64) * HOUSES + entries.house[owner]
        with_house = entries.house[owner] > 0
        keys, owner = keys[with_house], owner[with_house]
        order = np.argsort(keys, kind="stable")
        return keys[order], owner[order]

    def best(self, parties: Iterable[Party]) -> list[Match]:
        """The best entry of each party, in their order, with the reasons."""
        return list(self.best_each(parties))

    def best_each(self, parties: Iterable[Party], batch: int = BATCH) -> Iterator[Match]:
        """The same one after another, a batch at a time: while one is searched, the next is read.

        A party's match does not depend on what else is in its batch.
        """
        rest, waiting = iter(parties), None
        told: dict[bytes, list[Reason]] = {}
        with ThreadPoolExecutor(1) as ahead:
            while group := list(islice(rest, batch)):
                reader, rows = self.read(group)
                job = ahead.submit(self.search, reader)
                if waiting:
                    yield from self._matches(*waiting, told)
                waiting = job, rows
            if waiting:
                yield from self._matches(*waiting, told)

    def read(self, parties: Iterable[Party]) -> tuple[Reader, list[range]]:
        """Parties as columns, and the rows of each: one for each of its names."""
        reader = Reader(self.reader)
        rows = []
        for party in parties:
            begin = len(reader)
            rows.append(range(begin, begin + reader.add(party)))
        return reader, rows

    def _matches(
        self, job: "Future[Found]", rows: list[range], told: dict[bytes, list[Reason]]
    ) -> Iterator[Match]:
        """``told`` keeps the reasons of what was explained before, batch after batch."""
        found = job.result()
        if len(told) > EXPLAINED:
            told.clear()
        entry, score, features = found.entry.tolist(), found.score.tolist(), found.features.tolist()
        second, next_score = found.second.tolist(), found.next_score.tolist()
        marks = signatures(found.features)
        for span in rows:
            t = span[0] if len(span) == 1 else max(span, key=score.__getitem__)
            if entry[t] < 0:
                yield Match("", 0.0, "none")
                continue
            row = features[t]
            reasons = told.get(marks[t])
            if reasons is None:
                reasons = explain(row, int(self.entries.number[entry[t]]))
                if not row[ID_NEAR] and not row[ID_REPAIRED]:  # else they show the number
                    told[marks[t]] = reasons
            if next_score[t] >= TWIN * score[t]:
                reasons = [*reasons, twin(self.keys[self.owner[second[t]]], next_score[t])]
            key = self.keys[self.owner[entry[t]]]
            yield Match(key, score[t], verdict(score[t], row), reasons, next_score[t])

    def search(self, reader: Reader, model: Model = MODEL, keep: int = 0) -> Found:
        """The best two entries of each row; with ``keep``, every candidate's features too."""
        words, near, weight = self.words.near(reader.words)
        _places, near_places, _weight = self.places.near(reader.places)
        _streets, near_streets, _weight = self.streets.near(reader.streets)
        asked = Near(
            *near, words.kinds, _first(words), weight, *near_places, self.places.weight,
            _groups(reader.places), self.groups, *near_streets, self.streets.weight,
        )  # fmt: skip
        sides = Sides(reader.columns(), self.entries, asked, self.known)
        size, rows = len(reader), len(reader) if keep else 0
        found = Found(
            np.full(size, -1, np.int32), np.zeros(size), np.full(size, -1, np.int32),
            np.zeros(size), np.zeros((size, COUNT), np.float32),
            np.zeros((rows, CANDIDATES, COUNT), np.float32),
            np.full((rows, CANDIDATES), -1, np.int32),
        )  # fmt: skip
        share(size, lambda lo, hi: search(lo, hi, sides, model, found))
        return found


def verdict(score: float, row: Sequence[float]) -> Verdict:
    """What a score means. Names alone only suggest, however alike they are."""
    if score < POSSIBLE:
        return "none"
    address = row[HOUSE_EQUAL] and (row[STREET_EQUAL] or row[STREET_NEAR]) and row[PLACE_EQUAL]
    strong = row[ID_EQUAL] or (row[ALL_WORDS] and (address or row[NEAR_METRES]))
    return "same" if strong and score >= SAME else "possible"


def _groups(places: Lexicon) -> Array:
    return np.array([regions_of(spelling) for spelling in places.spelled], np.int64)


def _first(words: Vocabulary) -> Array:
    starts = words.at[:-1]
    return words.letters[np.minimum(starts, max(words.letters.size - 1, 0))].astype(np.int32)
