"""The readers that kinds of files share; most cells are read as whole columns, the rest singly."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from common.identifiers import FIRST_PASS, LENGTH, MODULUS, NO_DIGIT, SECOND_PASS
from intake.formats.columns import BadValue, Reader
from intake.formats.values import read_bin, read_choice, read_day, read_kato, read_number

PLAIN_NUMBER = r"^\d{1,9}(\.\d{1,%d})?$"
PLAIN_DEGREES = r"^\d{1,3}(\.\d{1,15})?$"
ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
ZERO = ord("0")


def _bins(texts: pa.Array) -> pa.Array:
    """Numbers of twelve digits whose check digit is right; null for whatever else."""
    plain = pc.match_substring_regex(texts, r"^\d{12}$").to_numpy(zero_copy_only=False)
    if not plain.any():
        return pa.nulls(len(texts), pa.string())
    raw = "".join(texts.filter(pa.array(plain)).to_pylist()).encode()
    digits = (np.frombuffer(raw, np.uint8) - ZERO).reshape(-1, LENGTH).astype(np.int32)
    first = digits[:, :-1] @ np.array(FIRST_PASS) % MODULUS
    second = digits[:, :-1] @ np.array(SECOND_PASS) % MODULUS
    expected = np.where(first == NO_DIGIT, second, first)
    right = np.zeros(len(texts), dtype=bool)
    right[plain] = expected == digits[:, -1]
    return pc.if_else(pa.array(right), texts, pa.scalar(None, pa.string()))


def _days(texts: pa.Array) -> pa.Array:
    plain = pc.match_substring_regex(texts, ISO_DAY)
    safe = pc.if_else(plain, texts, pa.scalar(None, pa.string()))
    try:
        return pc.cast(safe, pa.date32())
    except pa.ArrowInvalid:  # a day that is none: each is looked at singly
        return pa.nulls(len(texts), pa.date32())


BIN = Reader(pa.string(), read_bin, _bins, takes="bin")
"""A BIN or IIN with a right check digit."""

DAY = Reader(pa.date32(), lru_cache(maxsize=4096)(read_day), _days, takes="day")
"""A day, as 2025-03-15 or 15.03.2025."""

KATO_CODE = Reader(pa.string(), read_kato, takes="kato")
"""A place's KATO code."""


def choice(accepted: Iterable[str] | Mapping[str, str]) -> Reader:
    """One of some words; a mapping gives further spellings and the word that each means."""
    words = dict(accepted) if isinstance(accepted, Mapping) else {one: one for one in accepted}
    spelled = {" ".join(text.casefold().split()): word for text, word in words.items()}
    told = {"words": ", ".join(dict.fromkeys(words.values()))}
    return Reader(pa.string(), lambda text: read_choice(text, spelled), takes="choice", bounds=told)


YES = {"yes": True, "да": True, "иә": True, "no": False, "нет": False, "жоқ": False}


def _yes_or_no(text: str) -> bool:
    if (said := YES.get(text.casefold())) is None:
        raise BadValue("not_accepted", accepted="yes, no")
    return said


YES_NO = Reader(pa.bool_(), _yes_or_no, takes="choice", bounds={"words": "yes, no"})


def decimal(
    unit: str, *, digits: int = 12, places: int = 3, most: int | None = None,
    zero: bool = False, negative: bool = False,
) -> Reader:  # fmt: skip
    """A number in ``unit`` with so many places; more than 0 unless ``zero`` or ``negative``."""
    type_ = pa.decimal128(digits, places)
    step = Decimal(1).scaleb(-places)
    limit = Decimal(most) if most is not None else Decimal(10) ** (digits - places) - step

    def one(text: str) -> Decimal:
        value = read_number(text, unit)
        if value < 0 and not negative:
            raise BadValue("negative" if zero else "not_positive", unit=unit)
        if value == 0 and not (zero or negative):
            raise BadValue("not_positive", unit=unit)
        if abs(value) > limit:
            raise BadValue("too_much", most=int(limit), unit=unit)
        return value.quantize(step)

    def many(texts: pa.Array) -> pa.Array:
        plain = pc.match_substring_regex(texts, PLAIN_NUMBER % max(places, 1))
        safe = pc.if_else(plain, texts, pa.scalar(None, pa.string()))
        wide = pc.cast(safe, pa.decimal128(24, max(places, 1)))
        fits = pc.and_(
            pc.less_equal(wide, pa.scalar(limit, wide.type)),
            pc.greater_equal(wide, pa.scalar(Decimal(0), wide.type))
            if zero
            else pc.greater(wide, pa.scalar(Decimal(0), wide.type)),
        )
        return pc.cast(pc.if_else(fits, wide, pa.scalar(None, wide.type)), type_)

    least = "" if negative else "0" if zero else str(step)
    told = {"unit": unit, "places": places, "lowest": least, "highest": str(limit)}
    return Reader(
        type_, one, many if places else None,
        takes="any_number" if negative else "number", bounds=told,
    )  # fmt: skip


def whole(unit: str, *, least: int = 0, most: int = 2**31 - 1) -> Reader:
    """A whole number in ``unit`` within bounds."""

    def one(text: str) -> int:
        value = read_number(text, unit)
        if value != value.to_integral_value():
            raise BadValue("not_whole", unit=unit)
        if not least <= value <= most:
            raise BadValue("not_within", lowest=least, highest=most, unit=unit)
        return int(value)

    told = {"unit": unit, "lowest": least, "highest": most}
    return Reader(pa.int64(), one, takes="whole", bounds=told)


def degrees(lowest: float, highest: float) -> Reader:
    """Degrees (WGS 84) within bounds."""

    def one(text: str) -> float:
        value = float(read_number(text, "°"))
        if not lowest <= value <= highest:
            raise BadValue("outside", lowest=lowest, highest=highest)
        return value

    def many(texts: pa.Array) -> pa.Array:
        plain = pc.match_substring_regex(texts, PLAIN_DEGREES)
        values = pc.cast(pc.if_else(plain, texts, pa.scalar(None, pa.string())), pa.float64())
        within = pc.and_(pc.greater_equal(values, lowest), pc.less_equal(values, highest))
        return pc.if_else(within, values, pa.scalar(None, pa.float64()))

    told = {"lowest": lowest, "highest": highest}
    return Reader(pa.float64(), one, many, takes="degrees", bounds=told)


def quarter() -> Reader:
    """A quarter of a year as 2026-Q2, 2026Q2 or 2 кв. 2026: the day on which it begins."""
    return Reader(pa.date32(), _quarter, takes="quarter")


@lru_cache(maxsize=256)
def _quarter(text: str) -> date:
    numbers = "".join(letter if letter.isdigit() else " " for letter in text).split()
    year = next((int(n) for n in numbers if len(n) == len("2026")), None)
    place = next((int(n) for n in numbers if len(n) == 1), None)
    if year is None or place not in (1, 2, 3, 4) or len(numbers) != len(("2026", "2")):
        raise BadValue("not_a_quarter")
    return date(year, 3 * place - 2, 1)
