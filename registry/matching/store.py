"""Parties as compact arrays: what the compiled loops read."""

from array import array
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from common.identifiers import (
    FIRST_BIN_TYPE,
    FIRST_PASS,
    LENGTH,
    MODULUS,
    NO_DIGIT,
    SECOND_PASS,
    SEPARATORS,
    SHORTEST_WITHOUT_ZEROS,
)
from registry.matching.addresses import read_address
from registry.matching.parties import Party
from registry.matching.words import FORMS, LONGEST, PERSON_FORMS, Lexicon

Array = NDArray[Any]
NO_NUMBER = -1
GOOD, BAD, SHORT = 1, 2, 3  # check digits
FORM_CODES = {form: code for code, form in enumerate(FORMS)}
PERSON_CODES = frozenset(FORM_CODES[form] for form in PERSON_FORMS)


class Columns(NamedTuple):
    """One row a party; ``…_at`` are offsets into the flat arrays beside them."""

    word_at: Array
    words: Array
    checks: Array
    second_at: Array
    seconds: Array
    place_at: Array
    places: Array
    street_at: Array
    streets: Array
    house: Array
    number: Array  # the twelve digits, -1 if none
    sound: Array  # 1: a good check digit, 2: a bad one, 3: good if zeros are put in front, 0: none
    form: Array
    person: Array  # 1 person, 0 company, -1 unknown
    lat: Array
    lon: Array


class Vocabulary(NamedTuple):
    """Words as bytes for the compiled loops."""

    at: Array
    letters: Array
    kinds: Array


FLAT = ("words", "checks", "seconds", "places", "streets")


class Reader:
    """Turns parties into columns, with the lexicons that their words, places and streets get."""

    def __init__(self, known: "Reader | None" = None) -> None:
        self.words: Lexicon = Lexicon(known.words if known else None)
        self.places = Lexicon()
        self.streets = Lexicon()
        self._flat = {name: array("i") for name in FLAT}
        self._at = {name: array("i", [0]) for name in FLAT}
        self._house = array("i")
        self._number = array("q")
        self._short = array("b")
        self._form = array("b")
        self._lat = array("f")
        self._lon = array("f")

    def __len__(self) -> int:
        return len(self._house)

    def add(self, party: Party) -> int:
        """A row for each of a party's names that is not as good as another; how many rows."""
        read = [self.words.read(name) for name in party.names or ("",)]
        heard = [tuple(sorted(words[0])) for words in read]
        rows = 0
        for at, words in enumerate(read):
            if heard[at] not in heard[:at]:
                self._row(party, *words)
                rows += 1
        return rows

    def _row(
        self, party: Party, numbers: list[int], checks: list[int], second: list[int], form: str
    ) -> None:  # fmt: skip
        self._flat["words"].extend(numbers)
        self._flat["checks"].extend(checks)
        self._flat["seconds"].extend(second)
        self._at["words"].append(len(self._flat["words"]))
        self._at["seconds"].append(len(self._flat["seconds"]))
        places, streets, house = read_address(party.address) if party.address else ((), (), 0)
        self._heard("places", self.places, places)
        self._heard("streets", self.streets, streets)
        self._house.append(house)
        number, short = digits(party.bin)
        self._number.append(number)
        self._short.append(short)
        self._form.append(FORM_CODES[form])
        self._lat.append(float("nan") if party.lat is None else party.lat)
        self._lon.append(float("nan") if party.lon is None else party.lon)

    def columns(self) -> Columns:
        """What was read so far, as arrays."""
        number = np.array(self._number, np.int64)
        sound = judge_numbers(number)
        sound[np.array(self._short, bool) & (sound == GOOD)] = SHORT
        form = np.array(self._form, np.int8)
        at, flat = self._at, self._flat
        return Columns(
            _whole(at["words"]), _whole(flat["words"]), _whole(flat["checks"]),
            _whole(at["seconds"]), _whole(flat["seconds"]), _whole(at["places"]),
            _whole(flat["places"]), _whole(at["streets"]), _whole(flat["streets"]),
            _whole(self._house), number, sound, form, persons(number, sound, form),
            np.array(self._lat, np.float32), np.array(self._lon, np.float32),
        )  # fmt: skip

    def _heard(self, name: str, lexicon: Lexicon, heard: tuple[str, ...]) -> None:
        self._flat[name].extend([lexicon.number(spelling[:LONGEST]) for spelling in heard])
        self._at[name].append(len(self._flat[name]))


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The words of a lexicon as arrays."""
    spellings = [s.encode() for s in lexicon.spelled]
    at = np.zeros(len(spellings) + 1, np.int32)
    np.cumsum([len(s) for s in spellings], out=at[1:])
    letters = np.frombuffer(b"".join(spellings) or b"\0", np.uint8)
    return Vocabulary(at, letters, np.array(lexicon.kinds, np.int8))


def _whole(numbers: "array[int]") -> Array:
    return np.array(numbers, np.int32)


def digits(text: str) -> tuple[int, bool]:
    """The digits of a number as written (-1: nothing like one), and whether zeros are missing."""
    if not text:
        return NO_NUMBER, False
    if not text.isdigit():
        text = SEPARATORS.sub("", text)
    if not (text.isascii() and text.isdigit() and SHORTEST_WITHOUT_ZEROS <= len(text) <= LENGTH):
        return NO_NUMBER, False
    return int(text), len(text) < LENGTH


def judge_numbers(number: Array) -> Array:
    """For each number: 1 a good check digit, 2 a bad one, 0 no number.

    The rule is that of ``common.identifiers``, over whole columns at once.
    """
    rest = number.copy()
    places = np.empty((12, number.size), np.int64)
    for place in range(11, -1, -1):
        places[place] = rest % 10
        rest //= 10
    first = (places[:11] * np.array(FIRST_PASS)[:, None]).sum(0) % MODULUS
    again = np.array(SECOND_PASS)[:, None]
    second = (places[:11] * again).sum(0) % MODULUS
    expected = np.where(first == NO_DIGIT, second, first)
    good = (expected == places[11]) & (expected != NO_DIGIT)
    return np.where(number < 0, 0, np.where(good, GOOD, BAD)).astype(np.int8)


def persons(number: Array, sound: Array, form: Array) -> Array:
    """1 where the form or the number is a person's, 0 a company's, -1 where neither says."""
    by_number = np.where(number // 10_000_000 % 10 >= FIRST_BIN_TYPE, 0, 1)
    of_person = np.isin(form, list(PERSON_CODES))
    by_form = np.where(of_person, 1, np.where(form > 0, 0, -1))
    return np.where(by_form >= 0, by_form, np.where(sound == GOOD, by_number, -1)).astype(np.int8)
