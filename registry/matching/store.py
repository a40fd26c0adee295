"""Parties as compact arrays: what the compiled loops read."""

from array import array

import numpy as np

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
from registry.matching.shapes import BAD, GOOD, SHORT, Array, Columns, Vocabulary
from registry.matching.words import FORMS, PERSON_FORMS, Lexicon

NO_NUMBER = -1
FORM_CODES = {form: code for code, form in enumerate(FORMS)}
PERSON_CODES = frozenset(FORM_CODES[form] for form in PERSON_FORMS)


PER_ROW = 6
NOWHERE: tuple[tuple[str, ...], tuple[str, ...], int] = ((), (), 0)
NOT_KNOWN = float("nan")


class Reader:
    """Turns parties into columns, with the lexicons that their words, places and streets get."""

    def __init__(self, known: "Reader | None" = None) -> None:
        self.words: Lexicon = Lexicon(known.words if known else None)
        self.places = Lexicon()
        self.streets = Lexicon()
        self._words = array("i")
        self._checks = array("i")
        self._seconds = array("i")
        self._places = array("i")
        self._streets = array("i")
        # A row's ends in words, seconds, places and streets, its house, and its form's code.
        self._at = array("i", [0] * PER_ROW)
        self._number = array("q")
        self._short = array("b")
        self._place = array("f")

    def __len__(self) -> int:
        return len(self._number)

    def add(self, party: Party) -> int:
        """A row for each of a party's names that is not as good as another; how many rows."""
        names = party.names or ("",)
        if len(names) == 1:
            self._row(party, *self.words.read(names[0]))
            return 1
        read = [self.words.read(name) for name in names]
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
        self._words.extend(numbers)
        self._checks.extend(checks)
        self._seconds.extend(second)
        places, streets, house = read_address(party.address) if party.address else NOWHERE
        self._places.extend([self.places.number(heard) for heard in places])
        self._streets.extend([self.streets.number(heard) for heard in streets])
        self._at.extend((
            len(self._words), len(self._seconds), len(self._places), len(self._streets), house,
            FORM_CODES[form],
        ))  # fmt: skip
        number, short = digits(party.bin) if party.bin else (NO_NUMBER, False)
        self._number.append(number)
        self._short.append(short)
        self._place.extend((
            NOT_KNOWN if party.lat is None else party.lat,
            NOT_KNOWN if party.lon is None else party.lon,
        ))  # fmt: skip

    def columns(self) -> Columns:
        """What was read so far, as arrays."""
        number = np.array(self._number, np.int64)
        sound = judge_numbers(number)
        sound[np.array(self._short, bool) & (sound == GOOD)] = SHORT
        rows = np.array(self._at, np.int32).reshape(-1, PER_ROW)
        word_at, second_at, place_at, street_at, house, form = rows.T.copy()
        form = form[1:].astype(np.int8)
        place = np.array(self._place, np.float32).reshape(-1, 2)
        return Columns(
            word_at, _whole(self._words), _whole(self._checks), second_at, _whole(self._seconds),
            place_at, _whole(self._places), street_at, _whole(self._streets), house[1:].copy(),
            number, sound, form, persons(number, sound, form), place[:, 0].copy(),
            place[:, 1].copy(),
        )  # fmt: skip


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
