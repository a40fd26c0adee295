"""One cell as a value: what is accepted, and the code of what is not."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from common.identifiers import BadIdentifier, check_bin
from common.regions import KATO, region_of
from intake.formats.columns import BadValue

SPACES = re.compile(r"[\s\u00a0\u202f]+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
UNIT = re.compile(r"[A-Za-zА-Яа-яӘІҢҒҮҰҚӨҺәіңғүұқөһ%₸$]")
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")


def read_bin(text: str) -> str:
    """A BIN or IIN; a number that lost its zeros is refused with the repair."""
    try:
        return check_bin(text).value
    except BadIdentifier as bad:
        raise BadValue(f"bin_{bad.code}", **({"repair": bad.repair} if bad.repair else {})) from bad


def read_choice(text: str, accepted: dict[str, str]) -> str:
    """One of the accepted words (or a spelling of it), whatever its case."""
    value = accepted.get(" ".join(text.casefold().split()))
    if value is None:
        raise BadValue("not_accepted", accepted=", ".join(dict.fromkeys(accepted.values())))
    return value


def read_kato(text: str) -> str:
    """A place's nine digits."""
    if not KATO.fullmatch(text):
        raise BadValue("kato_length")
    if region_of(text) is None:
        raise BadValue("kato_unknown", prefix=text[:2])
    return text


def read_number(text: str, unit: str) -> Decimal:
    """A number with a point or a comma; a unit in the cell is refused, not converted."""
    bare = SPACES.sub("", text).replace(",", ".").replace("−", "-")
    if not NUMBER.fullmatch(bare):
        raise BadValue("has_unit" if UNIT.search(bare) else "not_a_number", unit=unit)
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise BadValue("not_a_number", unit=unit) from error


def read_day(text: str) -> date:
    """2025-03-15 or 15.03.2025."""
    bare = MIDNIGHT.sub("", text)
    written = DAY_FIRST.fullmatch(bare)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        if len(bare) == len("2025-03-15"):
            return date.fromisoformat(bare)
    except ValueError as error:
        raise BadValue("no_such_day") from error
    raise BadValue("not_a_day")
