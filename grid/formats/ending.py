"""Whether a text file was cut inside its last line: a number that lost digits is still a number."""

import re
from collections.abc import Sequence

LOOKED_AT = 10_000  # lines before the last
ENOUGH_FOR_LENGTH, ENOUGH_FOR_DECIMALS = 20, 3  # fewer lines prove nothing
NUMBER = re.compile(rb"[+-]?\d+(?:[.,](\d*))?")


def is_cut(lines: Sequence[bytes], delimiter: str) -> bool:
    """Whether the last line, which has no end, looks shorter than it was.

    It does when its last value has fewer decimals than the others of its column have, or fewer
    characters than each of them. A file that merely lacks its last line end does not.
    """
    last = _ending(lines[-1], delimiter)
    others = [_ending(line, delimiter) for line in lines[-LOOKED_AT:-1] if line.strip()]
    if len(others) >= ENOUGH_FOR_LENGTH and len(last) < min(map(len, others)):
        return True
    decimals = [d for d in map(_decimals, others) if d is not None]
    own = _decimals(last)
    return own is not None and len(decimals) >= ENOUGH_FOR_DECIMALS and own < min(decimals)


def _ending(line: bytes, delimiter: str) -> bytes:
    return line.rstrip(b"\r\n").rsplit(delimiter.encode(), 1)[-1].strip(b' "')


def _decimals(value: bytes) -> int | None:
    """How many decimals a number is written with; None of what is no number."""
    found = NUMBER.fullmatch(value)
    return None if found is None else len(found.group(1) or b"")
