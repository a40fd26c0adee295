"""What the compiled loops and those who call them agree on: columns, and a few numbers."""

from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]
WORD, NUMBER, INITIAL = 0, 1, 2  # kinds of words
LONGEST = 24  # letters of a word that are compared
MOST_WORDS = 12  # words of a name that are compared
GOOD, BAD, SHORT = 1, 2, 3  # check digits


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
