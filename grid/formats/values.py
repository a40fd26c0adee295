"""Turns a column of text into times, numbers and codes at once, and names what does not fit."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grid.formats.problems import Problems

UTC_MS = pa.timestamp("ms", tz="UTC")
CLOCK = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
WITH_OFFSET = CLOCK + r"(Z|[+-]\d{2}(:?\d{2})?)$"
WITHOUT_OFFSET = CLOCK + "$"
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$"
NAMES_A_UNIT = re.compile(r"[\d.,\s]+\s*(k|m|g|к|м|г)?\s*(wh?|втч?|вт[·*]?ч)\s*$", re.IGNORECASE)
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
        code = "unit_in_value" if NAMES_A_UNIT.fullmatch(text) else "not_a_number"
        problems.add(int(rows[at]), name, text, code, unit=unit)


def times(
    column: pa.ChunkedArray, rows: Rows, name: str, problems: Problems, zone: ZoneInfo | None
) -> tuple[NDArray[np.datetime64], Mask, Mask]:
    """UTC starts (ms), which rows hold one, and which stand in an hour that came twice.

    Text needs an offset unless ``zone`` says whose clock it was; of an hour that came twice the
    first is taken here and the caller tells the second by its order. Few distinct times stand
    in many rows, so each is read once.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_timestamp(array.type):
        if array.null_count == 0 and (array.type.tz or (zone and zone.key == "UTC")):
            return _typed_times(array)
        array = _timestamp_texts(array)
    keys = pc.dictionary_encode(pc.fill_null(as_text(array), ""))
    codes = keys.indices.to_numpy(zero_copy_only=False)
    distinct = pc.utf8_trim_whitespace(keys.dictionary)
    moments, wrong, twice = _distinct_times(distinct, zone)
    spread = wrong[codes]
    for code in sorted({w for w in wrong if w}):
        params = {"zone": zone.key if zone else ""}
        report(problems, rows, name, as_text(array), spread == code, code, **params)
    return moments[codes], spread == "", twice[codes]


def plain_times(texts: pa.Array, zone: ZoneInfo | None) -> NDArray[np.int64]:
    """Times as milliseconds since 1970; the lowest number where one is not read beyond doubt."""
    rows = np.zeros(len(texts), dtype=np.int64)
    moments, known, twice = times(texts, rows, "", Problems(), zone)
    plain: NDArray[np.int64] = np.where(
        known & ~twice, moments.astype(np.int64), np.iinfo(np.int64).min
    )
    return plain


def _typed_times(array: pa.Array) -> tuple[NDArray[np.datetime64], Mask, Mask]:
    plain = pc.cast(pc.cast(array, pa.timestamp("ms", tz=array.type.tz), safe=False), pa.int64())
    moments = plain.to_numpy(zero_copy_only=False).view("datetime64[ms]").copy()
    return moments, np.ones(len(array), dtype=bool), np.zeros(len(array), dtype=bool)


def _timestamp_texts(array: pa.Array) -> pa.Array:
    """Typed times as text: with a zone in UTC, without one as the clock showed."""
    if array.type.tz:
        return pc.strftime(pc.cast(array, UTC_MS), "%Y-%m-%dT%H:%M:%SZ")
    return pc.strftime(pc.cast(array, pa.timestamp("s"), safe=False), "%Y-%m-%dT%H:%M:%S")


def _distinct_times(
    distinct: pa.Array, zone: ZoneInfo | None
) -> tuple[NDArray[np.datetime64], NDArray[np.str_], Mask]:
    offset = pc.match_substring_regex(distinct, WITH_OFFSET).to_numpy(zero_copy_only=False)
    naive = pc.match_substring_regex(distinct, WITHOUT_OFFSET).to_numpy(zero_copy_only=False)
    moments = np.full(len(distinct), np.datetime64("NaT", "ms"))
    wrong = np.full(len(distinct), "", dtype="U16")
    twice = np.zeros(len(distinct), dtype=bool)
    for at, text in enumerate(distinct.to_pylist()):
        if offset[at]:
            moments[at], wrong[at] = _with_offset(text)
        elif naive[at] and zone is not None:
            moments[at], wrong[at], twice[at] = _in_zone(text, zone)
        else:
            wrong[at] = "no_offset" if naive[at] else ("empty" if text == "" else "not_a_time")
    return moments, wrong, twice


def _with_offset(text: str) -> tuple[np.datetime64, str]:
    try:
        moment = datetime.fromisoformat(text)
        return np.datetime64(round(moment.timestamp() * 1000), "ms"), ""
    except (ValueError, OverflowError):
        return np.datetime64("NaT", "ms"), "not_a_time"


def _in_zone(text: str, zone: ZoneInfo) -> tuple[np.datetime64, str, bool]:
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        return np.datetime64("NaT", "ms"), "not_a_time", False
    first, second = local.replace(fold=0).timestamp(), local.replace(fold=1).timestamp()
    moment = np.datetime64(round(first * 1000), "ms")
    if second > first:
        return moment, "", True
    skipped = datetime.fromtimestamp(first, zone).replace(tzinfo=None) != local.replace(tzinfo=None)
    return moment, "no_such_time" if skipped else "", False
