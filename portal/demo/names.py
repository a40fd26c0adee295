"""Names and numbers that nobody bears: invented words, months that no calendar has."""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from common.identifiers import check_digit

SEED = 20211102
TEXTS = Path(__file__).with_name("texts")
NO_MONTH = 13  # a number of this month passes the check digit and cannot have been issued
MARK = "Демо"


@cache
def texts(name: str) -> dict[str, Any]:
    """A file of the demo's words, kk and ru as people write them."""
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def draw(part: str) -> Random:
    """The dice of one part, so that a change in one part leaves the others as they were."""
    return Random(f"{SEED}:{part}")  # noqa: S311 - invented data, not a secret


def company_numbers() -> Iterator[str]:
    """BINs of companies registered in a thirteenth month."""
    for serial in count(1):
        first = f"{20 + serial % 6:02d}{NO_MONTH}40{serial:05d}"
        if (last := check_digit(first)) is not None:
            yield f"{first}{last}"


def person_numbers() -> Iterator[str]:
    """IINs of sole entrepreneurs born in a thirteenth month."""
    for serial in count(1):
        first = f"{70 + serial % 25:02d}{NO_MONTH}{1 + serial % 28:02d}3{serial:04d}"
        if (last := check_digit(first)) is not None:
            yield f"{first}{last}"


def company_names(part: str) -> Iterator[str]:
    """Names of two invented words and the mark, each once."""
    words = texts("words")
    pairs = [(a, b) for a in words["first"] for b in words[part]]
    draw(f"names:{part}").shuffle(pairs)
    return (f"{a} {b} {MARK}" for a, b in pairs)
