"""BIN and IIN: the twelve-digit numbers of companies and persons, with their check digit.

Structure and check digit follow government decree 2003 No. 565 as described by the state
revenue committee. The month inside the number is not judged: the check digit is what the
issuing register guarantees, and invented numbers for examples use a month that cannot exist.
"""

import re
from dataclasses import dataclass
from typing import Literal

LENGTH = 12
FIRST_PASS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_PASS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
MODULUS = 11
NO_DIGIT = 10
FIRST_BIN_TYPE = 4  # the fifth digit of an IIN is the tens of a day of month, so 3 at most
# A spreadsheet drops the zeros of years 2000 to 2009 and, for 2000, of the month too.
SHORTEST_WITHOUT_ZEROS = 9
ANY_NUMBER = re.compile(r"(?<!\d)\d(?:[\s\u00ad\u2010-\u2015\u2212\ufeff-]*\d){11}(?!\d)", re.ASCII)
SEPARATORS = re.compile(r"[\s\u00ad\u2010-\u2015\u2212\ufeff-]+")

Kind = Literal["bin", "iin"]


@dataclass(frozen=True)
class Identifier:
    """A valid number: twelve digits, and whether it names a company or a person."""

    value: str
    kind: Kind

    @property
    def is_personal(self) -> bool:
        """An IIN names a person, so it is personal data wherever it is shown."""
        return self.kind == "iin"


class BadIdentifier(ValueError):
    """The text is not a valid BIN or IIN.

    ``code`` is ``empty``, ``not_digits``, ``length``, ``check_digit`` or ``never_issued``.
    ``repair`` is a number that the writer may have meant, to be confirmed by a person.
    """

    def __init__(self, code: str, repair: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.repair = repair


def check_bin(text: str) -> Identifier:
    """Return the BIN or IIN in ``text``; spaces and dashes are ignored, nothing else is.

    Raises ``BadIdentifier``; a number that lost its leading zeros carries the repaired
    number in ``repair`` and stays refused until a person accepts it.
    """
    digits = SEPARATORS.sub("", text)
    if not digits:
        raise BadIdentifier("empty")
    if not (digits.isascii() and digits.isdigit()):
        raise BadIdentifier("not_digits")
    if len(digits) != LENGTH:
        raise BadIdentifier("length", repair=_with_leading_zeros(digits))
    expected = check_digit(digits[:-1])
    if expected is None:
        raise BadIdentifier("never_issued")
    if expected != int(digits[-1]):
        raise BadIdentifier("check_digit")
    return Identifier(digits, kind_of(digits))


def is_valid_bin(text: str) -> bool:
    """Say whether ``text`` is a valid BIN or IIN as it stands."""
    try:
        check_bin(text)
    except BadIdentifier:
        return False
    return True


def number_in(text: str) -> str:
    """The valid BIN or IIN that ``text`` is, "" if it is none: for searches, never for entries."""
    try:
        return check_bin(text).value
    except BadIdentifier:
        return ""


def masked(text: str) -> str:
    """``text`` with every valid IIN in it cut down to its last four digits."""
    return ANY_NUMBER.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    number = number_in(found[0])
    return number_for_all(number) if number and kind_of(number) == "iin" else found[0]


def number_for_all(number: str) -> str:
    """Twelve digits as everybody may see them: a person's are cut down to the last four."""
    return f"{'•' * 8}{number[-4:]}" if number and kind_of(number) == "iin" else number


def check_digit(first_eleven: str) -> int | None:
    """Return the twelfth digit, or None for a number that the register never issues."""
    for weights in (FIRST_PASS, SECOND_PASS):
        rest = sum(int(d) * w for d, w in zip(first_eleven, weights, strict=True)) % MODULUS
        if rest != NO_DIGIT:
            return rest
    return None


def kind_of(digits: str) -> Kind:
    """Tell a company's number from a person's by its fifth digit."""
    return "bin" if int(digits[4]) >= FIRST_BIN_TYPE else "iin"


def _with_leading_zeros(digits: str) -> str | None:
    if not SHORTEST_WITHOUT_ZEROS <= len(digits) < LENGTH:
        return None
    candidate = digits.zfill(LENGTH)
    return candidate if is_valid_bin(candidate) else None
