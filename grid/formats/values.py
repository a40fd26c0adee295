"""Turns a column of text into times, numbers and codes at once, and names what does not fit."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grid.formats.problems import Problems

UTC_MS = pa.timestamp("ms", tz="UTC")
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$"
NAMES_A_UNIT = re.compile(
    r"[\d.,\s]+\s*[kmgкмг]?\s*(?:w|вт)[·*\s\-]{0,2}(?P<hours>h|ч|час|сағ)?\.?\s*", re.IGNORECASE
)
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[T ]+(.+))?")
LAX_CLOCK = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})((?::\d{2}(?:\.\d{1,9})?)?)"
    r"((?:Z|[+-]\d{2}(?::?\d{2})?)?)"
)
MIDNIGHT_AFTER = 24
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


def texts(
    column: pa.ChunkedArray, rows: Rows, name: str, limit: int, problems: Problems
) -> tuple[pa.Array, Mask]:
    """Trimmed text and which rows hold a usable one: not empty, not too long, printable."""
    values = pc.fill_null(pc.utf8_trim_whitespace(as_text(column)), "")
    length = pc.utf8_length(values).to_numpy(zero_copy_only=False)
    odd = pc.match_substring_regex(values, CONTROL).to_numpy(zero_copy_only=False)
    report(problems, rows, name, values, length == 0, "empty")
    report(problems, rows, name, values, length > limit, "too_long", limit=limit)
    report(problems, rows, name, values, odd, "control_characters")
    return values, (length > 0) & (length <= limit) & ~odd


def as_text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Any column as one plain array of text; whole-number codes keep no decimal point."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_floating(array.type):
        whole = pc.cast(array, pa.int64(), safe=False)
        if pc.all(pc.equal(pc.cast(whole, array.type), array)).as_py():
            array = whole
    return array if pa.types.is_string(array.type) else pc.cast(array, pa.string())


def report(
    problems: Problems, rows: Rows, name: str, values: pa.Array, bad: Mask, code: str,
    **params: object,
) -> None:  # fmt: skip
    """Note each row where ``bad`` is set."""
    if bad.any():
        at = np.flatnonzero(bad)
        problems.add_many(rows[at], name, values.take(pa.array(at)).to_pylist(), code, **params)


def numbers(  # noqa: PLR0913 - one call a column; a record would be unpacked at once
    column: pa.ChunkedArray, rows: Rows, name: str, problems: Problems, *, unit: str,
    comma: bool = False, needed: bool = True,
) -> tuple[NDArray[np.float64], Mask]:  # fmt: skip
    """Values as floats and which rows hold one; ``comma``: a decimal comma is understood."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        found = pc.cast(array, pa.float64()).to_numpy(zero_copy_only=False)
        good = np.isfinite(found)
        report(problems, rows, name, array, ~good & needed, "empty")
        return np.where(good, found, np.nan), good
    values = pc.fill_null(pc.utf8_trim_whitespace(as_text(array)), "")
    plain = pc.replace_substring(values, ",", ".") if comma else values
    good = pc.match_substring_regex(plain, NUMBER).to_numpy(zero_copy_only=False)
    empty = pc.equal(values, "").to_numpy(zero_copy_only=False)
    if needed:
        report(problems, rows, name, values, empty, "empty")
    _report_words(problems, rows, name, values, ~good & ~empty, unit)
    filled = pc.if_else(pa.array(good), plain, "nan")
    return pc.cast(filled, pa.float64()).to_numpy(zero_copy_only=False), good


def _report_words(
    problems: Problems, rows: Rows, name: str, values: pa.Array, bad: Mask, unit: str
) -> None:
    for at in np.flatnonzero(bad):
        text = values[int(at)].as_py()
        problems.add(int(rows[at]), name, text, _wrong_number(text, unit), unit=unit)


def _wrong_number(text: str, unit: str) -> str:
    """Why a text is no number: a unit stands in it, perhaps one of another quantity."""
    named = NAMES_A_UNIT.fullmatch(text)
    if named is None:
        return "not_a_number"
    energy, wanted = bool(named.group("hours")), unit.endswith("h")
    if energy == wanted or not unit.lower().endswith(("w", "wh")):
        return "unit_in_value"
    return "energy_for_power" if energy else "power_for_energy"


@dataclass(slots=True)
class Times:
    """UTC moments (ms), which rows hold one, which stand in an hour that came twice, and which
    were given without an offset and read in the supplier's zone.
    """  # fmt: skip

    moments: NDArray[np.datetime64]
    known: Mask
    twice: Mask
    local: Mask


def times(
    column: pa.ChunkedArray | pa.Array, rows: Rows, name: str, problems: Problems,
    zone: ZoneInfo | None, *, day_first: bool = False,
) -> Times:  # fmt: skip
    """The moments that a column of times names.

    Text needs an offset unless ``zone`` says whose clock it was; of an hour that came twice the
    first is taken here and the caller tells the second by its order. 24:00 is the next midnight;
    ``day_first`` also takes 31.01.2024 13:00. Few distinct times stand in many rows, so each is
    read once.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_timestamp(array.type):
        if array.null_count == 0 and (array.type.tz or (zone and zone.key == "UTC")):
            return _typed_times(array)
        array = _timestamp_texts(array)
    keys = pc.dictionary_encode(pc.fill_null(as_text(array), ""))
    codes = keys.indices.to_numpy(zero_copy_only=False)
    found = [_one_time(text.strip(), zone, day_first) for text in keys.dictionary.to_pylist()]
    moments = np.array([f.moment for f in found], dtype="datetime64[ms]")
    wrong = np.array([f.wrong for f in found], dtype="U16")
    spread = wrong[codes]
    for code in sorted({w for w in wrong.tolist() if w}):
        zone_name = zone.key if zone else ""
        report(problems, rows, name, as_text(array), spread == code, code, zone=zone_name)
    twice, local = (
        np.array([getattr(f, mark) for f in found], dtype=bool)[codes]
        for mark in ("twice", "local")
    )
    return Times(moments[codes], spread == "", twice, local)


def plain_times(
    texts: pa.Array, zone: ZoneInfo | None, *, day_first: bool = False
) -> NDArray[np.int64]:
    """Times as milliseconds since 1970; the lowest number where one is not read beyond doubt."""
    rows = np.zeros(len(texts), dtype=np.int64)
    read = times(texts, rows, "", Problems(), zone, day_first=day_first)
    plain: NDArray[np.int64] = np.where(
        read.known & ~read.twice, read.moments.astype(np.int64), np.iinfo(np.int64).min
    )
    return plain


def _typed_times(array: pa.Array) -> Times:
    plain = pc.cast(pc.cast(array, pa.timestamp("ms", tz=array.type.tz), safe=False), pa.int64())
    moments = plain.to_numpy(zero_copy_only=False).view("datetime64[ms]").copy()
    size = len(array)
    local = np.full(size, not array.type.tz)
    return Times(moments, np.ones(size, dtype=bool), np.zeros(size, dtype=bool), local)


def _timestamp_texts(array: pa.Array) -> pa.Array:
    """Typed times as text: with a zone in UTC, without one as the clock showed."""
    if array.type.tz:
        return pc.strftime(pc.cast(array, UTC_MS), "%Y-%m-%dT%H:%M:%SZ")
    return pc.strftime(pc.cast(array, pa.timestamp("s"), safe=False), "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class _Moment:
    """One time as read: ``wrong`` is the problem's code, empty when it is right."""

    moment: np.datetime64
    wrong: str = ""
    twice: bool = False
    local: bool = False


def _bad(code: str) -> _Moment:
    return _Moment(np.datetime64("NaT", "ms"), code)


def _one_time(text: str, zone: ZoneInfo | None, day_first: bool) -> _Moment:  # noqa: FBT001 - one private caller
    if text == "":
        return _bad("empty")
    unread = "not_day_first" if day_first else "not_a_time"
    try:
        told = _told(text, day_first)
        if told is None:
            return _bad(unread)
        if told.tzinfo is not None:
            return _Moment(_utc(told))
        return _bad("no_offset") if zone is None else _in_zone(told, zone)
    except (ValueError, OverflowError):
        return _bad(unread)


def _told(text: str, day_first: bool) -> datetime | None:  # noqa: FBT001 - one private caller
    """The time that a text says, aware if it says its offset. Raises ValueError for no date."""
    if day_first and (found := DAY_FIRST.fullmatch(text)):
        day, month, year, clock = found.groups()
        text = f"{year}-{month}-{day} {clock or ''}"
    found = LAX_CLOCK.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, seconds, offset = found.groups()
    after = int(hour) == MIDNIGHT_AFTER and int(minute) == 0 and not seconds.strip(":0.")
    clock = f"{0 if after else int(hour):02d}:{minute}{seconds}{offset}"
    told = datetime.fromisoformat(f"{year}-{int(month):02d}-{int(day):02d}T{clock}")
    return told + timedelta(days=1) if after else told


def _utc(moment: datetime) -> np.datetime64:
    return np.datetime64(round(moment.timestamp() * 1000), "ms")


def _in_zone(told: datetime, zone: ZoneInfo) -> _Moment:
    local = told.replace(tzinfo=zone)
    first, second = local.replace(fold=0).timestamp(), local.replace(fold=1).timestamp()
    if second > first:
        return _Moment(_utc(local), twice=True, local=True)
    if datetime.fromtimestamp(first, zone).replace(tzinfo=None) != told:
        return _bad("no_such_time")
    return _Moment(_utc(local), local=True)


def joined(day: pa.Array, clock: pa.Array | str) -> pa.Array:
    """A day and a time of day as one text; a bare hour ("7") is a full one ("7:00")."""
    plain = pc.replace_substring_regex(day, r"[T ]+0?0:00(:00(\.0+)?)?$", "")
    if isinstance(clock, str):
        return pc.binary_join_element_wise(plain, clock, " ")
    hours = pc.replace_substring_regex(clock, r"^(\d{1,2})$", r"\1:00")
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(plain, hours, " "))


def trimmed(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Any column as trimmed text, empty where there is nothing."""
    return pc.fill_null(pc.utf8_trim_whitespace(as_text(column)), "")
