"""The head of a file: its headings, what each is taken for, and its first values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from common.errors import BadFile
from grid.formats.blocks import Source
from grid.formats.layout import PASSED, Layout, is_interval, read_layout, role_of
from grid.formats.meaning import SKIPPED, Reading
from grid.formats.problems import Problems
from grid.formats.sources import blocks, open_source

SHOWN = 24  # headings; a file with a column a meter has thousands
ROWS = 3
LONGEST = 40
Shape = Literal["long", "wide", "days", ""]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: ``role`` is a role of the layout, "interval", "meter column", "skip" or ""."""

    name: str
    role: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the first rows show; ``shape`` is "" where the headings do not say which it is."""

    kind: str
    shape: Shape
    unit: str
    headings: tuple[Heading, ...]
    more: int

    @property
    def unknown(self) -> list[str]:
        """Headings that stand for nothing known."""
        return [one.name for one in self.headings if not one.role]


def head_of(path: Path, how: Reading) -> Head | None:
    """The head of a reading file; None of a file that is no table at all."""
    try:
        source = open_source(path, Problems(), how.header_row)
        rows = _first_rows(source)
    except BadFile:
        return None
    layout = _layout(source, how)
    named = source.columns[:SHOWN]
    return Head(
        source.kind, _shape(layout), layout.unit if layout else "",
        tuple(Heading(n, _role(n, how, layout), rows.get(n, ())) for n in named),
        len(source.columns) - len(named),
    )  # fmt: skip


def _layout(source: Source, how: Reading) -> Layout | None:
    try:
        return read_layout(source, Problems(), how)
    except BadFile:
        return None


def _shape(layout: Layout | None) -> Shape:
    if layout is None:
        return ""
    return "wide" if layout.wide else "days" if layout.slots else "long"


def _role(name: str, how: Reading, layout: Layout | None) -> str:
    role = role_of(name, how)
    if role == PASSED:
        return SKIPPED
    if layout is not None and layout.wide and role not in layout.columns:
        return "meter column"
    return role or ("interval" if is_interval(name) else "")


def _first_rows(source: Source) -> dict[str, tuple[str, ...]]:
    block = next(blocks(source, Problems()), None)
    if block is None:
        return {}
    few = block.table.slice(0, ROWS)
    return {
        name: tuple("" if v is None else str(v)[:LONGEST] for v in column.to_pylist())
        for name, column in zip(source.columns, few.columns, strict=False)
    }
