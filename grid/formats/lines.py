"""Lines of meter, time and number, taken apart by machine code.

Arrow's reader takes twice as long: it hashes every cell, where here a cell is first compared with
the one that followed its forerunner last time, which in a list of readings it mostly is. Only what
is beyond doubt is read: plain digits, simple quotes, three cells in every line.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.compiled import Compiler

_loops = Compiler([Path(__file__)])
compiled, inlined = _loops.outer, _loops.inlined

SHORTEST_LINE = 18  # "1.1.2025 0:00", a character each for meter and number, and what parts them
MOST_BYTES = 1 << 28  # places are counted in 32 bits; only a line without end is so long
SLOTS = 1 << 18  # more than distinct texts in a stretch of lines
DIGITS = 15  # so many are exact in a float, and so is the power of ten that divides them
POWERS = 10.0 ** np.arange(DIGITS + 1)
LF, CR, QUOTE, DOT, ZERO, NINE = (ord(letter) for letter in '\n\r".09')
FNV_START, FNV_PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
CELLS = 3
KINDS = METER, TIME, NUMBER = 0, 1, 2
NOT_PLAIN = -1
LONG = -2.0  # in place of a number that Arrow is to read

Order = tuple[int, int, int]
Bytes = NDArray[np.uint8]
Codes = NDArray[np.int32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Meters and times as codes of their distinct texts, and numbers, one of each a line."""

    meters: pa.DictionaryArray
    times: pa.DictionaryArray
    numbers: Numbers


def cells_of(content: bytes, delimiter: str, order: Order) -> Cells | None:
    """The cells of whole lines; None where one is not plain.

    ``order``: what the three cells of a line are, of ``KINDS``.
    """
    if len(content) > MOST_BYTES:
        return None
    text = np.frombuffer(content, np.uint8)
    most = min(text.size // SHORTEST_LINE + 1, SLOTS - 1)
    codes, numbers = np.empty((2, most), np.int32), np.empty(most)
    offsets, letters = np.empty((3, most + 1), np.int32), np.empty((3, text.size), np.uint8)
    rows, *counts = _taken_apart(text, ord(delimiter), order, codes, numbers, offsets, letters)
    if rows == NOT_PLAIN:
        return None
    meters, times, long = (
        _texts(offsets[kind, : count + 1], letters[kind]) for kind, count in enumerate(counts)
    )
    try:
        meters.validate(full=True)
        times.validate(full=True)
    except pa.ArrowInvalid:  # not UTF-8
        return None
    found = numbers[:rows]
    if len(long):
        found[found == LONG] = pc.cast(long, pa.float64()).to_numpy()
    return Cells(
        pa.DictionaryArray.from_arrays(codes[METER, :rows], meters),
        pa.DictionaryArray.from_arrays(codes[TIME, :rows], times),
        found,
    )


def _texts(offsets: Codes, letters: Bytes) -> pa.StringArray:
    """Texts that stand end to end, copied: what was laid out for them is many times as large."""
    used = letters[: offsets[-1]].copy()
    return pa.StringArray.from_buffers(
        len(offsets) - 1, pa.py_buffer(offsets.copy()), pa.py_buffer(used)
    )


@compiled
def _taken_apart(
    text: Bytes, delimiter: int, order: Order, codes: Codes, numbers: Numbers, offsets: Codes,
    letters: Bytes,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Fill the arrays; returns lines, distinct meters, distinct times and long numbers.

    Lines are ``NOT_PLAIN`` where a cell is not plain. ``letters`` and ``offsets`` are the distinct
    texts, and of numbers the long ones.
    """
    slots = np.full((2, SLOTS), -1, np.int32)
    begins, sizes = np.empty(codes.shape, np.int32), np.empty(codes.shape, np.int32)
    follows, last = np.zeros(codes.shape, np.int32), np.zeros(2, np.int32)
    counts, filled = np.zeros(3, np.int64), np.zeros(3, np.int64)
    offsets[:, 0] = 0
    failed = (NOT_PLAIN, 0, 0, 0)
    at, row = 0, 0
    while at < text.size:
        if row == numbers.size:
            return failed
        for cell in range(CELLS):
            kind, last_cell = order[cell], cell + 1 == CELLS
            stop = LF if last_cell else delimiter
            quoted = at < text.size and text[at] == QUOTE
            at += quoted
            begin = at
            if kind == NUMBER:
                at, number = _number(text, at)
                if number == NOT_PLAIN:
                    return failed
                numbers[row] = number
                fresh = number == LONG
            else:
                code = follows[kind, last[kind]]
                size = sizes[kind, code]
                at = begin + size
                if (
                    code >= counts[kind]
                    or at >= text.size
                    or not _ends(text[at], stop)
                    or not _same(text, begin, begins[kind, code], size)
                ):
                    at = _end(text, begin, stop)
                    size = at - begin
                    code = _code(text, begin, size, slots, begins, sizes, kind, counts[kind])
                    follows[kind, last[kind]] = code
                codes[kind, row] = last[kind] = code
                fresh = code == counts[kind]
            if fresh:
                for i in range(begin, at):
                    letters[kind, filled[kind] + i - begin] = text[i]
                filled[kind] += at - begin
                counts[kind] += 1
                offsets[kind, counts[kind]] = filled[kind]
            if quoted:
                if at >= text.size or text[at] != QUOTE:
                    return failed
                at += 1
            if last_cell and at + 1 < text.size and text[at] == CR:
                at += 1
            if at < text.size and text[at] == stop:
                at += 1
            elif at < text.size or not last_cell:
                return failed
        row += 1
    return row, counts[0], counts[1], counts[2]


@inlined
def _ends(letter: int, stop: int) -> bool:
    """Whether a cell may end before this letter."""
    return letter in (stop, QUOTE, CR, LF)


@inlined
def _end(text: Bytes, at: int, stop: int) -> int:
    """Where the cell that begins here ends."""
    while at < text.size and not _ends(text[at], stop):
        at += 1
    return at


@inlined
def _same(text: Bytes, begin: int, other: int, size: int) -> bool:
    """Whether two stretches are alike; all of it is compared, which takes few instructions."""
    differs = np.uint8(0)
    for i in range(size):
        differs |= text[begin + i] ^ text[other + i]
    return bool(differs == 0)


@inlined
def _code(
    text: Bytes, begin: int, size: int, slots: Codes, begins: Codes, sizes: Codes, kind: int,
    count: int,
) -> int:  # fmt: skip
    """The code of a text: the one it has, or ``count``, which is the next."""
    key = FNV_START
    for i in range(begin, begin + size):
        key = (key ^ np.uint64(text[i])) * FNV_PRIME
    slot = np.int64((key ^ (key >> np.uint64(32))) & np.uint64(SLOTS - 1))
    code = slots[kind, slot]
    while code >= 0 and not (
        sizes[kind, code] == size and _same(text, begin, begins[kind, code], size)
    ):
        slot = (slot + 1) & (SLOTS - 1)
        code = slots[kind, slot]
    if code < 0:
        slots[kind, slot] = code = np.int32(count)
        begins[kind, code], sizes[kind, code] = begin, size
    return int(code)


@inlined
def _number(text: Bytes, at: int) -> tuple[int, float]:
    """Where plain digits with or without decimals end, and what they are: ``LONG`` for many."""
    whole, digits, decimals, dots = 0, 0, 0, 0
    while at < text.size:
        letter = text[at]
        if ZERO <= letter <= NINE:
            whole = whole * 10 + (letter - ZERO)
            digits += 1
            decimals += dots
        elif letter == DOT and dots == 0 and digits:
            dots = 1
        else:
            break
        at += 1
    if digits == 0 or (dots and decimals == 0):
        return at, -1.0
    if digits > DIGITS:
        return at, LONG
    return at, whole / POWERS[decimals]
