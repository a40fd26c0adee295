"""For each word of some tips, the words of the register that it may be a spelling of."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from registry.matching.compiled import compiled, inner
from registry.matching.letters import apart, first_at
from registry.matching.shapes import LONGEST, WORD, Array, Vocabulary

Share = Callable[[int, Callable[[int, int], object]], None]
MOST = 8  # neighbours of a word
LOOKED_AT = 24  # words compared sound by sound: those that share most triples
GOOD_ENOUGH = 0.8  # a neighbour so near makes looking further away needless
BUCKET = 80  # words of one outline that are compared
ALIKE_ENOUGH = 0.6
SHORTEST = 3.0  # a word counts as at least so long, else one slip would make it a stranger
SPAN = 4  # sounds by which lengths may differ
# Sounds that transliterations confuse fall into one class, so that triples survive them.
CLASSES = np.zeros(128, np.int32)
for _code, _letters in enumerate(("aeiou", "ghkq", "csxzj", "bp", "dt", "fv", "l", "m", "n", "r")):
    for _letter in _letters:
        CLASSES[ord(_letter)] = _code + 1
VOWEL, KINDS = 1, 12
MULTIPLIER = np.int64(1_000_003)
GRAMS = KINDS**3


class Grams(NamedTuple):
    """The register's words by triples of sound classes, and by outline.

    A word's outlines are its sound classes, neighbouring vowels as one, whole and with any one
    left out: two words a slip apart share an outline.
    """

    at: Array
    words: Array
    outlines: Array  # sorted
    outline_words: Array


class Neighbours(NamedTuple):
    """Per asked word up to MOST numbers of known words, best first, with likeness; -1 ends."""

    words: Array
    alike: Array


class Scratch(NamedTuple):
    """What one worker writes in while it goes through words."""

    shared: Array
    touched: Array
    found: Array
    tally: Array
    rows: Array
    folded: Array
    outlines: Array
    words: Array  # the neighbours of the word at hand
    alike: Array


@inner
def _triples(letters: Array, out: Array) -> int:
    n = min(letters.size, LONGEST)
    first, second, count = 0, 0, 0
    for i in range(n + 1):
        third = CLASSES[letters[i]] if i < n else 0
        if i:
            gram = (first * KINDS + second) * KINDS + third
            new = True
            for k in range(count):
                if out[k] == gram:
                    new = False
            if new:
                out[count] = gram
                count += 1
        first, second = second, third
    return count


@compiled
def _count_triples(known: Vocabulary) -> Array:
    found = np.empty(LONGEST + 2, np.int32)
    per_gram = np.zeros(GRAMS + 1, np.int32)
    for word in range(known.at.size - 1):
        if known.kinds[word] == WORD:
            for k in range(_triples(known.letters[known.at[word] : known.at[word + 1]], found)):
                per_gram[found[k] + 1] += 1
    return per_gram


@compiled
def _place_triples(known: Vocabulary, gram_at: Array, words: Array) -> None:
    found = np.empty(LONGEST + 2, np.int32)
    free = gram_at[:-1].copy()
    for word in range(known.at.size - 1):
        if known.kinds[word] == WORD:
            for k in range(_triples(known.letters[known.at[word] : known.at[word + 1]], found)):
                words[free[found[k]]] = word
                free[found[k]] += 1


@inner
def _outlines(letters: Array, folded: Array, out: Array) -> int:
    """Checksums of the outlines of a word."""
    size = 0
    for i in range(min(letters.size, LONGEST)):
        sound = CLASSES[letters[i]]
        if sound != VOWEL or size == 0 or folded[size - 1] != VOWEL:
            folded[size] = sound
            size += 1
    for left_out in range(-1, size):
        check = np.int64(1)
        for i in range(size):
            if i != left_out:
                check = check * MULTIPLIER + folded[i]
        out[left_out + 1] = check
    return size + 1


@compiled
def _all_outlines(known: Vocabulary, keys: Array, words: Array) -> int:
    folded, found = np.empty(LONGEST, np.int32), np.empty(LONGEST + 1, np.int64)
    count = 0
    for word in range(known.at.size - 1):
        if known.kinds[word] == WORD:
            letters = known.letters[known.at[word] : known.at[word + 1]]
            for k in range(_outlines(letters, folded, found)):
                keys[count] = found[k]
                words[count] = word
                count += 1
    return count


def grams_of(known: Vocabulary) -> Grams:
    """The index of a register's words."""
    room = known.letters.size + known.at.size
    keys, owners = np.empty(room, np.int64), np.empty(room, np.int32)
    count = _all_outlines(known, keys, owners)
    order = np.argsort(keys[:count], kind="stable")
    gram_at = np.cumsum(_count_triples(known)).astype(np.int32)
    words = np.empty(gram_at[-1], np.int32)
    _place_triples(known, gram_at, words)
    return Grams(gram_at, words, keys[order], owners[order])


@inner
def _tally(size: int, grams: Grams, s: Scratch) -> int:
    """Count for each known word how many triples it shares; how many words share any."""
    used = 0
    for k in range(size):
        for p in range(grams.at[s.found[k]], grams.at[s.found[k] + 1]):
            word = grams.words[p]
            if s.shared[word] == 0:
                s.touched[used] = word
                used += 1
            s.shared[word] += 1
    return used


@inner
def _least(size: int, used: int, s: Scratch) -> int:
    """How many triples a word must share, for few words to be looked at."""
    s.tally[:] = 0
    for u in range(used):
        s.tally[s.shared[s.touched[u]]] += 1
    least, above = size, 0
    while least > 1 and above + s.tally[least] <= LOOKED_AT:
        above += s.tally[least]
        least -= 1
    return max(least, 1 + size // 4)


@inner
def _keep(words: Array, alike: Array, count: int, word: int, value: float) -> int:
    if count == MOST and value <= alike[MOST - 1]:
        return count
    at = min(count, MOST - 1)
    while at > 0 and alike[at - 1] < value:
        words[at] = words[at - 1]
        alike[at] = alike[at - 1]
        at -= 1
    words[at] = word
    alike[at] = value
    return min(count + 1, MOST)


@inner
def _try(letters: Array, word: int, count: int, known: Vocabulary, s: Scratch) -> int:
    """Keep a word among the neighbours if it is near enough."""
    span = known.at[word + 1] - known.at[word]
    if abs(span - letters.size) > SPAN:
        return count
    length = max(SHORTEST, (span + letters.size) / 2.0)
    enough = s.alike[MOST - 1] if count == MOST else ALIKE_ENOUGH
    limit = (1.0 - enough) * length
    cost = apart(letters, known.letters[known.at[word] : known.at[word + 1]], s.rows, limit)
    return _keep(s.words, s.alike, count, word, 1.0 - cost / length) if cost <= limit else count


@inner
def _by_outline(
    letters: Array, count: int, known: Vocabulary, grams: Grams, s: Scratch
) -> int:  # fmt: skip
    used = 0
    for k in range(_outlines(letters, s.folded, s.outlines)):
        at = first_at(grams.outlines, s.outlines[k])
        end = min(at + BUCKET, grams.outlines.size)
        while at < end and grams.outlines[at] == s.outlines[k]:
            word = grams.outline_words[at]
            at += 1
            if s.shared[word] == 0:
                s.shared[word] = 1
                s.touched[used] = word
                used += 1
                if count == 0 or word != s.words[0]:
                    count = _try(letters, word, count, known, s)
    for u in range(used):
        s.shared[s.touched[u]] = 0
    return count


@inner
def _by_triples(
    letters: Array, count: int, known: Vocabulary, grams: Grams, s: Scratch
) -> int:  # fmt: skip
    size = _triples(letters, s.found)
    used = _tally(size, grams, s)
    least = _least(size, used, s)
    for u in range(used):
        word = s.touched[u]
        worth = s.shared[word] >= least
        s.shared[word] = 0
        for k in range(count):
            worth = worth and s.words[k] != word
        if worth:
            count = _try(letters, word, count, known, s)
    return count


@compiled
def _nearest(
    lo: int, hi: int, asked: Vocabulary, known: Vocabulary, grams: Grams, exact: Array, out: Any
) -> None:  # fmt: skip
    size = known.at.size - 1
    s = Scratch(
        np.zeros(size, np.int16), np.empty(size, np.int32), np.empty(LONGEST + 2, np.int32),
        np.empty(LONGEST + 3, np.int32), np.empty((3, LONGEST + 1), np.float32),
        np.empty(LONGEST, np.int32), np.empty(LONGEST + 1, np.int64),
        np.empty(MOST, np.int32), np.empty(MOST, np.float32),
    )  # fmt: skip
    for q in range(lo, hi):
        count = 0
        if exact[q] >= 0:
            count = _keep(s.words, s.alike, 0, exact[q], 1.0)
        if asked.kinds[q] == WORD:
            letters = asked.letters[asked.at[q] : asked.at[q + 1]]
            count = _by_outline(letters, count, known, grams, s)
            if count == 0 or s.alike[0] < GOOD_ENOUGH:
                count = _by_triples(letters, count, known, grams, s)
        for k in range(count):
            out.words[q, k] = s.words[k]
            out.alike[q, k] = s.alike[k]


def nearest(
    asked: Vocabulary, known: Vocabulary, grams: Grams, exact: Array, share: Share
) -> Neighbours:
    """Neighbours of every asked word; ``share`` runs a function over slices of a range.

    ``exact`` is the known word that is the asked one, -1 if none is.
    """
    size = asked.at.size - 1
    out = Neighbours(np.full((size, MOST), -1, np.int32), np.zeros((size, MOST), np.float32))
    share(size, lambda lo, hi: _nearest(lo, hi, asked, known, grams, exact, out))
    return out
