"""How alike two names are when nothing but the names is known: no register, no frequencies.

For pairs from lists of persons and companies of any country and script. Words are paired off by
how they sound; what decides is the word that fits worst, because namesakes share most words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from common.places import heard, places_of, places_of_root
from common.sounds import romanised, sounds
from common.toponyms import SHORTEST_ROOT, parted, root
from registry.matching.addresses import PLACE_MARKERS
from registry.matching.letters import apart
from registry.matching.shapes import LONGEST, Array
from registry.matching.words import ALL_FORMS, HUMPS

PERSON = "Person"
WORDS = re.compile(r"[^\W_]+")
INSIDE = re.compile(r"(?<=\w)['’‘ʼʻ′`´ʹ.](?=\w)|['’‘ʼʻ′`´ʹ]")
DIGITS_FOR_LETTERS = str.maketrans("01359", "oiesg")
# Legal forms of other countries and general words of companies, as one writes them without dots.
FORMS = frozenset((
    *(word for form in ALL_FORMS for word in form.split()), *PLACE_MARKERS,
    "sovkhoz", "kolkhoz", "imeni", "razezd", "stanciia", "stanica", "qzaqstan",
    "inc", "incorporated", "corp", "corporation", "company", "co", "limited", "plc", "gmbh", "ag",
    "se", "sa", "sarl", "srl", "sas", "spa", "bv", "nv", "bvba", "ab", "as", "oy", "kg", "lp",
    "pte", "pty", "sp", "zoo", "o", "z", "ojsc", "oao", "cjsc", "pjsc", "joint", "stock",
    "the", "of", "and", "for", "und", "et", "aktiengesellschaft", "gesellschaft", "mit",
    "beschrankter", "haftung", "societatea", "cu", "raspundere", "limitata", "na", "liability",
))  # fmt: skip
TITLES = frozenset(("dr", "mr", "mrs", "ms", "prof", "monsieur", "madame", "sir", "sheikh", "mv"))
PARTICLES = frozenset((
    "al", "el", "bin", "ben", "ibn", "abu", "de", "von", "van", "der", "da", "di", "la", "le", "na",
    "ul", "ud", "ur", "abd",
))  # fmt: skip
PARTICLE_WEIGHT = 0.25
INITIAL_FITS = 0.86
LEFT_OVER, LEFT_OVER_COMPANY, ORDER = 0.05, 0.13, 0.05
WORST, MEAN = 0.6, 0.4
SPELLING = 0.04  # share of the spelling beside the sound, which parts names that sound alike
SURE, OF_ROOT = 1.0, 0.95  # names of one place that is known, exactly or but for an ending
KNOWN_APART = 0.4  # two towns that are known to be two
JOINED_FITS = 0.9
SHORTEST = 3.0
PLACE_WORDS, ROOT_FITS = 2, 0.92  # names of places are short
OFTEN_TURNED = 2  # words of a name of which the surname may stand first or last


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: how it sounds, how it is spelled in Latin letters, how much it counts."""

    sound: str
    spelled: str
    weight: float = 1.0


def names_alike(a: str, b: str, schema: str = "") -> float:
    """Likeness of two names, 0 to 1; ``schema`` is ``Person`` or another kind of body."""
    is_person = schema == PERSON
    known = None if is_person else _as_places(a, b)
    if known:
        return known
    ours, theirs = _words(a, is_person=is_person), _words(b, is_person=is_person)
    if not ours or not theirs:
        return 0.0
    score = _paired(ours, theirs, is_person=is_person)
    if len(ours) != len(theirs):
        score = max(score, _as_one(ours, theirs))
    if not is_person and len(ours) <= PLACE_WORDS and len(theirs) <= PLACE_WORDS:
        score = max(score, _of_one_root(ours, theirs))
    return float(min(score, KNOWN_APART * score) if known == 0.0 else score)


def _as_places(a: str, b: str) -> float | None:
    """1 if both may be names of one known place, 0 of two, None if not both are known."""
    one, other = heard(a), heard(b)
    known, also = places_of(one), places_of(other)
    if set(known or places_of_root(one)) & set(also or places_of_root(other)):
        return SURE if known and also else OF_ROOT
    return 0.0 if known and also else None


def _as_one(ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> float:
    """Likeness of the names as if each were written in one word, 0 if that is not their case."""
    one, other = _joined(ours), _joined(theirs)
    fits = _alike(one, other) if max(len(one.sound), len(other.sound)) <= LONGEST else 0.0
    return fits if fits > JOINED_FITS else 0.0


def _of_one_root(ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> float:
    """Likeness of two names of places without their endings, in whatever tongue they begin."""
    (meanings, one), (others, other) = _bare(ours), _bare(theirs)
    if meanings != others or min(len(one), len(other)) < SHORTEST_ROOT:
        return 0.0
    fit = _alike(Word(one, one), Word(other, other)) if max(len(one), len(other)) <= LONGEST else 0
    return ROOT_FITS * fit


def _bare(words: tuple[Word, ...]) -> tuple[tuple[str, ...], str]:
    parts = [parted(word.sound) for word in words]
    meanings = tuple(meaning for meaning, _rest in parts if meaning)
    return meanings, root("".join(rest for _meaning, rest in parts))


def _joined(words: tuple[Word, ...]) -> Word:
    return Word("".join(w.sound for w in words), "".join(w.spelled for w in words))


def _paired(ours: tuple[Word, ...], theirs: tuple[Word, ...], *, is_person: bool) -> float:
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    both = [(i, x, j, y) for i, x in enumerate(ours) for j, y in enumerate(theirs)]
    pairs = sorted(((_alike(x, y), -abs(i - j), i, j) for i, x, j, y in both), reverse=True)
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for alike, _near, i, j in pairs:
        if i not in partner and j not in taken:
            partner[i] = (j, alike)
            taken.add(j)
    weights = [min(x.weight, theirs[partner[i][0]].weight) for i, x in enumerate(ours)]
    fits = [partner[i][1] for i in range(len(ours))]
    mean = sum(w * fit for w, fit in zip(weights, fits, strict=True)) / sum(weights)
    worst = min(1 - (1 - fit) * w for w, fit in zip(weights, fits, strict=True))
    left = sum(y.weight for j, y in enumerate(theirs) if j not in taken)
    order = [partner[i][0] for i in range(len(ours))]
    turned = order != sorted(order) and len(ours) > OFTEN_TURNED
    penalty = (LEFT_OVER if is_person else LEFT_OVER_COMPANY) * left + ORDER * turned
    return WORST * worst + MEAN * mean - penalty


@lru_cache(maxsize=65536)
def _alike(x: Word, y: Word) -> float:
    if x.sound == y.sound and x.spelled == y.spelled:
        return 1.0
    if min(len(x.spelled), len(y.spelled)) == 1 and x.spelled[:1] == y.spelled[:1]:
        return INITIAL_FITS
    if x.sound.isdigit() or y.sound.isdigit():
        return float(x.sound == y.sound)
    length = max(SHORTEST, (len(x.sound) + len(y.sound)) / 2)
    sound = 1 - apart(_bytes(x.sound), _bytes(y.sound), ROWS, 99.0) / length
    return (1 - SPELLING) * sound + SPELLING * fuzz.ratio(x.spelled, y.spelled) / 100


ROWS = np.empty((3, LONGEST + 1), np.float32)


def _bytes(text: str) -> Array:
    return np.frombuffer(text[:LONGEST].encode() or b"-", np.uint8)


@lru_cache(maxsize=65536)
def _words(name: str, *, is_person: bool) -> tuple[Word, ...]:
    text = INSIDE.sub("", unicodedata.normalize("NFKC", name).replace("&", " and "))
    words = []
    for written in WORDS.findall(text):
        words += [_word(part, is_person=is_person) for part in _parts(written)]
    silent = TITLES if is_person else FORMS
    kept = tuple(word for word in words if word.spelled not in silent)
    return kept or tuple(words)


def _parts(written: str) -> list[str]:
    humps = HUMPS.findall(written) if written.isalpha() and not written.isupper() else []
    return humps if len(humps) > 1 else [written]


def _word(written: str, *, is_person: bool) -> Word:
    if any(c.isdigit() for c in written) and any(c.isalpha() for c in written):
        written = written.translate(DIGITS_FOR_LETTERS)
    spelled = romanised(written)
    weight = PARTICLE_WEIGHT if is_person and spelled in PARTICLES else 1.0
    return Word(sounds(written) or spelled, spelled, weight)
