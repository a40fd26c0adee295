"""Figures and places as lists and heads tell them."""

from __future__ import annotations

from django.utils.translation import gettext

from common.regions import REGIONS
from pages.wording import language, megawatts, number


def region_choices() -> list[tuple[str, str]]:
    """The regions by name, for a filter."""
    return sorted(
        ((code, region.name(language())) for code, region in REGIONS.items()), key=lambda r: r[1]
    )


def mw_words(low: float | None, high: float | None) -> str:
    """A range in MW without the unit: "2,8", "5–20", "> 20", "–"."""
    if low is None and high is None:
        return "–"
    if high is None:
        return f"> {_short(low)}"
    if low is None or low == high or _short(low) == _short(high):
        return _short(high)
    return f"{_short(low)}–{_short(high)}"


def with_mw(low: float | None, high: float | None) -> str:
    """The same with the unit; a dash stays alone."""
    told = mw_words(low, high)
    return told if told == "–" else f"{told}\N{NO-BREAK SPACE}{gettext('MW')}"


def mark_words(*, protected: bool) -> str:
    """The mark as a file tells it; a dash where nobody carries it."""
    return gettext("no restriction applies") if protected else "–"


def _short(kw: float | None) -> str:
    told = megawatts(kw)
    whole = told is not None and told == told.to_integral_value()
    return number(told, 0 if whole else 1)
