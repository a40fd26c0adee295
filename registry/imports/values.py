"""One cell as a value: what is accepted, and the code of what is not."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from common.identifiers import BadIdentifier, Identifier, check_bin
from common.regions import KATO, region_of

LONGEST_METER = 64
MOST_KW = Decimal(1_000_000)  # a thousand megawatts in one place is a slip of the unit
SPACES = re.compile(r"[\s\u00a0\u202f]+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
UNIT = re.compile(r"[A-Za-zА-Яа-яӘІҢҒҮҰҚӨҺәіңғүұқөһ]")
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")


class BadValue(ValueError):
    """A cell that is not accepted; ``code`` and ``params`` are worded for people elsewhere."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_bin(text: str) -> Identifier:
    """A BIN or IIN; a number that lost its zeros is refused with the repair."""
    try:
        return check_bin(text)
    except BadIdentifier as bad:
        raise BadValue(f"bin_{bad.code}", **({"repair": bad.repair} if bad.repair else {})) from bad


def read_choice(text: str, accepted: list[str]) -> str:
    value = text.strip().lower()
    if value not in accepted:
        raise BadValue("not_accepted", accepted=", ".join(accepted))
    return value


def read_kato(text: str) -> str:
    if not KATO.fullmatch(text):
        raise BadValue("kato_length")
    if region_of(text) is None:
        raise BadValue("kato_unknown", prefix=text[:2])
    return text


def read_kw(text: str) -> Decimal:
    """Power in kW, more than 0; a unit in the cell is refused, not converted."""
    value = _number(text, unit="kW")
    if value <= 0:
        raise BadValue("not_positive")
    if value > MOST_KW:
        raise BadValue("too_much", most=int(MOST_KW))
    return value.quantize(Decimal("0.001"))


def read_degrees(text: str, lowest: float, highest: float) -> float | None:
    """Degrees (WGS 84) within bounds; None for an empty cell."""
    if not text:
        return None
    value = float(_number(text, unit="°"))
    if not lowest <= value <= highest:
        raise BadValue("outside", lowest=lowest, highest=highest)
    return value


def read_day(text: str) -> date | None:
    """2025-03-15 or 15.03.2025; None for an empty cell."""
    if not text:
        return None
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


def read_meters(text: str) -> tuple[str, ...]:
    """Meter codes between ``|``, each once, in their order."""
    codes = tuple(dict.fromkeys(code.strip() for code in text.split("|") if code.strip()))
    for code in codes:
        if len(code) > LONGEST_METER:
            raise BadValue("meter_too_long", meter=f"{code[:20]}…", longest=LONGEST_METER)
        if "," in code or ";" in code:
            raise BadValue("meter_separator", meter=code[:LONGEST_METER])
    return codes


def _number(text: str, unit: str) -> Decimal:
    bare = SPACES.sub("", text).replace(",", ".").replace("−", "-")
    if not NUMBER.fullmatch(bare):
        raise BadValue("has_unit" if UNIT.search(bare) else "not_a_number", unit=unit)
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise BadValue("not_a_number", unit=unit) from error
