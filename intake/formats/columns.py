"""Columns of a kind of file: their names in three languages and how their cells are read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from common.rows import LONGEST, same_header


class BadValue(ValueError):
    """A cell that is not accepted; ``code`` and ``params`` are worded for people elsewhere."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Reader:
    """How the texts of a column become values of one type.

    ``one`` reads a single text that is not empty and raises ``BadValue``; it is asked once for
    each distinct text. ``many``, if given, reads a whole array at once and leaves null whatever
    only ``one`` can judge. An empty cell becomes ``empty``. ``takes`` and ``bounds`` say what is
    accepted, as a code of ``wording.ACCEPTED`` with what fills its sentence.
    """

    type: pa.DataType
    one: Callable[[str], Any]
    many: Callable[[pa.Array], pa.Array] | None = None
    empty: Any = None
    takes: str = "text"
    bounds: Mapping[str, object] = field(default_factory=dict)


TEXT = Reader(pa.string(), str, lambda texts: texts, empty="")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may have; ``headers`` are its names in other languages.

    ``passed_over`` columns may stand in a file and are not read.
    """

    name: str
    headers: tuple[str, ...] = ()
    read: Reader = TEXT
    required: bool = False
    longest: int = LONGEST
    passed_over: bool = False

    def spellings(self) -> Iterator[str]:
        """Every spelling of the header, comparable by ``same_header``."""
        yield from (same_header(header) for header in (self.name, *self.headers))


ERROR_COLUMN = Column(
    # Written by the portal into an error file; passed over when the file comes back mended.
    "problem",
    ("проблема", "что исправить", "мәселе", "не түзету керек"),
    longest=10_000,
    passed_over=True,
)
