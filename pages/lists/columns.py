"""A column of a list: where its value comes from and how a cell shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from pages import wording
from pages.templatetags.pages import badge_tag, days

Phone = Literal["", "lead", "main", "end"]
NUMERIC = {"number", "kw", "mw", "kwh", "percent", "days"}
TOLD: dict[str, Callable[[Any], str]] = {
    "kw": wording.number,
    "kwh": wording.number,
    "mw": lambda value: wording.number(wording.megawatts(value), 1),
    "percent": wording.percent,
    "date": wording.short_date,
    "moment": wording.moment,
    "weekdate": wording.week_date,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `kind` is text, link, number[:digits], kw, mw (from kW), kwh, percent, date, moment, weekdate,
    days (working days left) or badge. `value` is an attribute path, the key when empty; `second`
    a second line under it; `unit` follows the value on the phone, where no head tells it.
    `shown` False: only for who chooses the column. `was` are keys it had before: what people kept
    under them still shows it.
    `sort` holds `order_by` names, comma-separated; empty = not sortable.
    """

    key: str
    label: str | Promise
    kind: str = "text"
    value: str = ""
    second: str = ""
    sort: str = ""
    template: str = ""
    phone: Phone = ""
    foot: bool = False
    fill: bool = False
    css: str = ""
    title: str | Promise = ""
    unit: str | Promise = ""
    shown: bool = True
    was: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Right-aligned."""
        return self.kind.partition(":")[0] in NUMERIC

    @property
    def cell_css(self) -> str:
        """Classes of the column's cells."""
        named = {
            "num": self.numeric,
            "fill": self.fill,
            f"c-{self.phone}": bool(self.phone),
            "pe-3": self.numeric and self.phone == "end",
            "text-nowrap": not (
                self.fill
                or self.numeric
                or self.second
                or self.kind == "link"
                or "text-wrap" in self.css
            ),
            self.css: bool(self.css),
        }
        return " ".join(name for name, on in named.items() if on)

    def raw(self, row: Any) -> Any:
        """The value behind the cell."""
        return follow(row, self.value or self.key)

    def told(self, row: Any) -> SafeString:
        """The value in the reader's words, as one line."""
        value = self.raw(row)
        kind, _, digits = self.kind.partition(":")
        if kind == "badge":
            return badge_tag(value)
        if kind == "days":
            return days(value)
        if kind == "number":
            return SafeString(wording.number(value, int(digits or 0)))
        if kind in TOLD:
            words = TOLD[kind]
            return conditional_escape(words(value))
        return conditional_escape(wording.MISSING if value in (None, "") else value)

    def told_alone(self, row: Any) -> SafeString:
        """The value away from its column's head, so with its unit: the phone's footer line."""
        units: dict[str, Callable[[Any], str]] = {
            "kw": wording.kw,
            "mw": wording.mw,
            "kwh": wording.kwh,
        }
        if self.unit and self.raw(row) not in (None, ""):
            return format_html(
                '<b class="strong">{}{}{}</b>', self.told(row), wording.NBSP, self.unit
            )
        if self.kind not in units:
            return self.told(row)
        return format_html('<b class="strong">{}</b>', units[self.kind](self.raw(row)))

    def cell(self, row: Any, request: HttpRequest) -> SafeString:
        """The inside of the table cell."""
        if self.template:
            context = {"row": row, "column": self}
            return SafeString(render_to_string(self.template, context, request=request))
        first = self.told(row)
        if self.kind == "link":
            first = format_html(
                '<a class="strong plain text-reset" href="{}">{}</a>', row.get_absolute_url(), first
            )
        if not self.second:
            return first
        under = follow(row, self.second)
        if "id" in self.css.split():
            first = format_html('<span class="id">{}</span>', first)
        return format_html(
            '<span class="two">{}<small>{}</small></span>', first, "" if under is None else under
        )


def follow(row: Any, path: str) -> Any:
    """The attribute at a dotted path; callables are called, a gap on the way gives None."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if callable(row):
            row = row()
        if row is None:
            return None
    return row
