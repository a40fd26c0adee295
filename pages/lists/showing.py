"""The parts of a list page that need only the address and the rows: heads, lines, paging."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from pages.lists.columns import Column
from pages.lists.filters import address
from pages.lists.paging import Page
from pages.wording import number


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: sortable ones lead to the list in that order."""

    column: Column
    url: str
    aria: str
    icon: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, told."""

    pk: str
    name: str
    cells: list[tuple[Column, SafeString]]
    foot: list[SafeString]
    preview: str
    kw: str


def head_of(column: Column, query: QueryDict, default: str) -> Head:
    """A column's head; a second click turns the order, figures begin with the largest."""
    if not column.sort:
        return Head(column, "", "", "")
    asked = query.get("sort", "") or default
    current = asked.lstrip("-") == column.key
    down = current and asked.startswith("-")
    turned = column.key if down or (not current and not column.numeric) else f"-{column.key}"
    aria = ("descending" if down else "ascending") if current else "none"
    icon = ("arrow-down" if down else "arrow-up") if current else ""
    return Head(column, address(query, sort=turned), aria, icon)


def order_of(columns: Any, asked: str, default: Any) -> list[str]:
    """`order_by` names of the asked column, else of the default; the key makes pages exact."""
    named = next((one for one in columns if one.sort and one.key == asked.lstrip("-")), None)
    if named is not None:
        names = [_turned(name, backwards=asked.startswith("-")) for name in named.sort.split(",")]
    else:
        names = [default] if isinstance(default, str) else list(default)
    return [*names, "-pk"]


def _turned(name: str, *, backwards: bool) -> str:
    plain = name.removeprefix("-")
    return plain if name.startswith("-") == backwards else f"-{plain}"


def pager_of(query: QueryDict, page: Page, size: int) -> dict[str, str]:
    """Where this page stands and the addresses around it."""
    first, shown = (page.number - 1) * size + 1, len(page.rows)
    return {
        "first": number(first if shown else 0),
        "last": number(first + shown - 1 if shown else 0),
        "before": address(query, (), **page.before) if page.before else "",
        "after": address(query, (), **page.after) if page.after else "",
    }
