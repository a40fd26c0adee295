"""Finds the entries that may be meant, weighs them, and keeps the best two of each tip."""

from typing import NamedTuple

import numpy as np

from registry.matching.compiled import compiled, inner
from registry.matching.features import (
    COUNT,
    ID_CLASH,
    alike_of,
    compare_facts,
    compare_names,
    compare_places,
    compare_streets,
)
from registry.matching.letters import first_at
from registry.matching.shapes import GOOD, MOST_WORDS, Array, Columns

CANDIDATES = 20  # entries weighed in full for a tip
BEHIND = 9.0  # points behind the first with which an entry is not weighed
PLACE_POINTS = 3.0
BINS_A_POINT = 4
BAND = 160  # entries
POSTINGS = 120_000  # entries looked at for a tip before common words are left to the weighing
NEIGHBOURS_USED = 5
NEIGHBOURS_OF_KNOWN = 3
ALIKE_TO_KNOWN = 0.86
ALIKE_STREETS = 0.78
STREETS_USED = 3
HOUSES = 1 << 22
FATAL = -60.0  # log-odds when two good identifiers differ
NUMBER_POINTS, CORNER_SHARE = 60.0, 0.6
DIGITS = 12


class Known(NamedTuple):
    """The register's words with their weights, and lists of entries by word and by place."""

    kinds: Array
    first: Array
    weight: Array
    log_size: float
    posting_at: Array
    postings: Array
    numbers: Array  # sorted identifiers
    number_entries: Array
    corners: Array  # sorted street × house keys
    corner_entries: Array
    owner: Array  # the party of an entry: a party with several names has an entry for each
    several: bool


class Near(NamedTuple):
    """The words of a batch of tips with their neighbours among the register's."""

    words: Array
    alike: Array
    kinds: Array
    first: Array
    weight: Array
    place_words: Array
    place_alike: Array
    place_weight: Array
    place_group: Array
    known_group: Array
    street_words: Array
    street_alike: Array
    street_weight: Array


class Sides(NamedTuple):
    """What is compared with what."""

    tips: Columns
    entries: Columns
    near: Near
    known: Known


class Model(NamedTuple):
    """Log-odds of the features, and of "no entry is meant"."""

    weights: Array
    nobody: Array


class Found(NamedTuple):
    """Per tip: best entry (-1 none), its probability, the second's, and the best's features.

    ``all_features`` and ``all_entries`` take every candidate, if they have rows.
    """

    entry: Array
    score: Array
    second: Array
    next_score: Array
    features: Array
    all_features: Array
    all_entries: Array


class Room(NamedTuple):
    """What one worker writes in."""

    total: Array
    touched: Array
    chosen: Array
    points: Array
    features: Array
    others: Array
    value: Array
    other_value: Array
    table: Array
    partner: Array
    taken: Array
    asked: Array
    bins: Array


@inner
def _spread(
    postings: Array, begin: int, end: int, points: float, total: Array, touched: Array, used: int
) -> int:  # fmt: skip
    """Give points to entries; those that get their first are noted. How many are noted."""
    for p in range(begin, end):
        entry = postings[p]
        if total[entry] == 0.0:
            touched[used] = entry
            used += 1
        total[entry] += points
    return used


@inner
def _by_number(
    number: int, numbers: Array, entries: Array, total: Array, touched: Array, used: int
) -> int:  # fmt: skip
    begin = first_at(numbers, number)
    end = begin
    while end < numbers.size and numbers[end] == number:
        end += 1
    return _spread(entries, begin, end, NUMBER_POINTS, total, touched, used)


@inner
def _by_slips(
    number: int, numbers: Array, entries: Array, total: Array, touched: Array, used: int
) -> int:  # fmt: skip
    """Entries whose number differs in one digit or in two neighbours swapped."""
    power = 1
    for place in range(DIGITS):
        digit = number // power % 10
        for other in range(10):
            if other != digit:
                meant = number + (other - digit) * power
                used = _by_number(meant, numbers, entries, total, touched, used)
        upper = number // (power * 10) % 10
        if place < DIGITS - 1 and upper != digit:
            meant = number + (upper - digit) * power + (digit - upper) * power * 10
            used = _by_number(meant, numbers, entries, total, touched, used)
        power *= 10
    return used


@inner
def _gather(words: Array, begin: int, end: int, near_words: Array, asked: Array, count: int) -> int:
    """Note the words of a reading that have neighbours, each once."""
    for i in range(begin, min(end, begin + MOST_WORDS)):
        new = near_words[words[i], 0] >= 0
        for k in range(count):
            new = new and asked[k] != words[i]
        if new:
            asked[count] = words[i]
            count += 1
    return count


@inner
def _rarest(asked: Array, count: int, near_words: Array, posting_at: Array) -> int:
    """The place of the word whose list of entries is shortest; -1 marks those that are done."""
    fewest, chosen = np.inf, -1
    for i in range(count):
        if asked[i] >= 0:
            word = near_words[asked[i], 0]
            size = float(posting_at[word + 1] - posting_at[word])
            if size < fewest:
                fewest, chosen = size, i
    return chosen


@inner
def _by_words(t: int, sides: Sides, room: Room, used: int) -> int:
    tips, known, near, asked = sides.tips, sides.known, sides.near, room.asked
    total, touched = room.total, room.touched
    words, likeness, at = near.words, near.alike, known.posting_at
    postings, weight = known.postings, known.weight
    count = _gather(tips.words, tips.word_at[t], tips.word_at[t + 1], words, asked, 0)
    count = _gather(tips.seconds, tips.second_at[t], tips.second_at[t + 1], words, asked, count)
    spent = 0
    for _turn in range(count):
        chosen = _rarest(asked, count, words, at)
        q = asked[chosen]
        asked[chosen] = -1
        is_known = likeness[q, 0] >= 1.0
        for k in range(NEIGHBOURS_OF_KNOWN if is_known else NEIGHBOURS_USED):
            word, alike = words[q, k], likeness[q, k]
            if word < 0 or (is_known and alike < ALIKE_TO_KNOWN):
                break
            size = at[word + 1] - at[word]
            if spent and spent + size > POSTINGS:
                continue
            spent += size
            points = weight[word] * alike * alike * alike + 1e-6
            used = _spread(postings, at[word], at[word + 1], points, total, touched, used)
    return used


@inner
def _by_corner(t: int, sides: Sides, room: Room, used: int) -> int:
    """Entries at the same house of a like-sounding street, in whatever town."""
    tips, near, known = sides.tips, sides.near, sides.known
    total, touched, corners = room.total, room.touched, known.corners
    if tips.house[t] == 0:
        return used
    for s in range(tips.street_at[t], tips.street_at[t + 1]):
        q = tips.streets[s]
        for k in range(STREETS_USED):
            street = near.street_words[q, k]
            if street < 0 or near.street_alike[q, k] < ALIKE_STREETS:
                break
            key = street * HOUSES + tips.house[t]
            begin, end = first_at(corners, key), first_at(corners, key + 1)
            if end - begin <= POSTINGS:
                points = CORNER_SHARE * (known.log_size - np.log(max(end - begin, 1))) + 1e-6
                used = _spread(known.corner_entries, begin, end, points, total, touched, used)
    return used


@inner
def _insert(
    entry: int, value: float, count: int, entries: Array, points: Array
) -> int:  # fmt: skip
    """Keep an entry among the best; how many there are now."""
    limit = entries.size
    if count == limit and value <= points[limit - 1]:
        return count
    at = min(count, limit - 1)
    while at > 0 and points[at - 1] < value:
        points[at] = points[at - 1]
        entries[at] = entries[at - 1]
        at -= 1
    points[at] = value
    entries[at] = entry
    return min(count + 1, limit)


@inner
def _likeliest(
    asked: Array, a0: int, a1: int, there: Array, e0: int, e1: int, words: Array, alike: Array
) -> float:
    best = 0.0
    for a in range(a0, a1):
        for e in range(e0, e1):
            best = max(best, alike_of(words, alike, asked[a], there[e]))
    return best


@inner
def _band(highest: float, total: Array, touched: Array, used: int, bins: Array) -> float:
    """The points from which on entries are compared by place: a band of a few hundred."""
    bins[:] = 0
    for u in range(used):
        behind = highest - total[touched[u]]
        if behind < BEHIND:
            bins[int(behind * BINS_A_POINT)] += 1
    kept, last = bins[0], 0
    while last + 1 < bins.size and kept + bins[last + 1] <= BAND:
        last += 1
        kept += bins[last]
    return highest - (last + 1) / BINS_A_POINT


@inner
def _select(t: int, sides: Sides, room: Room, used: int) -> int:
    """The entries with most points, best first; clears the points behind it.

    Among entries of one name the tip's own place and street give points.
    """
    total, touched, chosen, scores = room.total, room.touched, room.chosen, room.points
    tips, entries, near = sides.tips, sides.entries, sides.near
    p0, p1 = tips.place_at[t], tips.place_at[t + 1]
    s0, s1 = tips.street_at[t], tips.street_at[t + 1]
    places, place_at, street_at = entries.places, entries.place_at, entries.street_at
    streets, asked_places, asked_streets = entries.streets, tips.places, tips.streets
    place_words, place_alike = near.place_words, near.place_alike
    street_words, street_alike = near.street_words, near.street_alike
    highest = 0.0
    for u in range(used):
        highest = max(highest, total[touched[u]])
    least = _band(highest, total, touched, used, room.bins)
    count = 0
    for u in range(used):
        e = touched[u]
        points = total[e]
        total[e] = 0.0
        if points < least:
            continue
        points += PLACE_POINTS * _likeliest(
            asked_places, p0, p1, places, place_at[e], place_at[e + 1], place_words, place_alike
        )
        points += PLACE_POINTS * _likeliest(
            asked_streets, s0, s1, streets, street_at[e], street_at[e + 1], street_words,
            street_alike,
        )  # fmt: skip
        count = _insert(e, points, count, chosen, scores)
    return count


@inner
def _candidates(t: int, sides: Sides, room: Room) -> int:
    used = 0
    number = sides.tips.number[t]
    if number >= 0:
        numbers, entries = sides.known.numbers, sides.known.number_entries
        used = _by_number(number, numbers, entries, room.total, room.touched, used)
        if used == 0 and sides.tips.sound[t] != GOOD:
            used = _by_slips(number, numbers, entries, room.total, room.touched, used)
    used = _by_words(t, sides, room, used)
    used = _by_corner(t, sides, room, used)
    return _select(t, sides, room, used)


@inner
def _copy(there: Array, at: int, here: Array, to: int) -> None:
    """One row of features into another; numpy's own assignment takes seconds to compile."""
    for k in range(COUNT):
        here[to, k] = there[at, k]


@inner
def _sum(f: Array, weights: Array, count: int, value: Array) -> None:
    for c in range(count):
        total = 0.0
        for k in range(COUNT):
            total += f[c, k] * weights[k]
        value[c] = FATAL if f[c, ID_CLASH] else total


@inner
def _weigh(t: int, count: int, sides: Sides, model: Model, room: Room) -> None:
    """Features and log-odds of the candidates, under the reading of the name that fits better."""
    tips, chosen, f, other = sides.tips, room.chosen, room.features, room.others
    f[:count] = 0.0
    compare_facts(t, sides, chosen, count, f)
    compare_places(t, sides, chosen, count, f)
    compare_streets(t, sides, chosen, count, f)
    begin, end = tips.second_at[t], tips.second_at[t + 1]
    for c in range(count):
        _copy(f, c, other, c)
    t0 = tips.word_at[t]
    words = min(tips.word_at[t + 1] - t0, MOST_WORDS)
    compare_names(tips.words, t0, words, tips.checks, sides, chosen, count, room, f)
    _sum(f, model.weights, count, room.value)
    if begin < end:
        words = min(end - begin, MOST_WORDS)
        compare_names(
            tips.seconds, begin, words, tips.checks[:0], sides, chosen, count, room, other
        )
        _sum(other, model.weights, count, room.other_value)
        for c in range(count):
            if room.other_value[c] > room.value[c]:
                room.value[c] = room.other_value[c]
                _copy(other, c, f, c)


@inner
def _one_each(count: int, owner: Array, chosen: Array, value: Array) -> None:
    """Of entries of one party only the best counts."""
    for c in range(count):
        for d in range(c):
            if owner[chosen[c]] == owner[chosen[d]]:
                value[c if value[c] <= value[d] else d] = FATAL


@inner
def _conclude(t: int, count: int, out: float, room: Room, found: Found) -> None:
    """The best two, with their share among all candidates and "no entry is meant"."""
    value, best, second = room.value, 0, -1
    for c in range(1, count):
        if value[c] > value[best]:
            best, second = c, best
        elif second < 0 or value[c] > value[second]:
            second = c
    top = max(value[best], out)
    whole = np.exp(out - top)
    for c in range(count):
        whole += np.exp(value[c] - top)
    found.entry[t] = room.chosen[best]
    found.score[t] = np.exp(value[best] - top) / whole
    _copy(room.features, best, found.features, t)
    if second >= 0:
        found.second[t] = room.chosen[second]
        found.next_score[t] = np.exp(value[second] - top) / whole


@compiled
def search(lo: int, hi: int, sides: Sides, model: Model, found: Found) -> None:
    """Fill ``found`` for the tips from ``lo`` to ``hi``."""
    size = sides.entries.house.size
    room = Room(
        np.zeros(size, np.float32), np.empty(size, np.int32), np.empty(CANDIDATES, np.int32),
        np.empty(CANDIDATES, np.float32), np.empty((CANDIDATES, COUNT), np.float32),
        np.empty((CANDIDATES, COUNT), np.float32), np.empty(CANDIDATES, np.float64),
        np.empty(CANDIDATES, np.float64), np.empty((MOST_WORDS, MOST_WORDS), np.float32),
        np.empty(MOST_WORDS, np.int8), np.empty(MOST_WORDS, np.int8),
        np.empty(2 * MOST_WORDS, np.int32), np.empty(int(BEHIND * BINS_A_POINT) + 1, np.int32),
    )  # fmt: skip
    for t in range(lo, hi):
        count = _candidates(t, sides, room)
        if count == 0:
            continue
        _weigh(t, count, sides, model, room)
        if sides.known.several:
            _one_each(count, sides.known.owner, room.chosen, room.value)
        if found.all_entries.shape[0]:
            for c in range(count):
                _copy(room.features, c, found.all_features[t], c)
                found.all_entries[t, c] = room.chosen[c]
        out = model.nobody[0] + model.nobody[1] * sides.known.log_size
        if sides.tips.number[t] >= 0 and sides.tips.sound[t] == GOOD:
            out += model.nobody[2]
        _conclude(t, count, out, room, found)
