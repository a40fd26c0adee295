"""The shapes that components take: plain records which any app can fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise

from pages.badges import Badge, Tone
from pages.wording import language

Text = str | Promise
Told = Mapping[str, Text] | Text
"""A sentence, or one frozen in several languages: {"kk": …, "ru": …, "en": …}."""


def told(text: Told | None) -> Text:
    """The sentence in the reader's language; Russian, then anything, when it has none."""
    if not isinstance(text, Mapping):
        return "" if text is None else text
    return text.get(language()) or text.get("ru") or next(iter(text.values()), "")


@dataclass(frozen=True, slots=True)
class Span:
    """A time that a chart shades, and what was then."""

    begin: datetime
    end: datetime
    word: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: `fact` (immutable), `said` (a note), `outside` (an event elsewhere).

    `at` is when it was written down; `happened`, of an outside event, when it happened.
    """

    kind: Literal["fact", "said", "outside"]
    at: datetime
    text: Text
    who: Text = ""
    lead: Text = ""
    audience: Badge | None = None
    edited_at: datetime | None = None
    happened: date | datetime | None = None
    url: str = ""

    @property
    def dated(self) -> date | datetime:
        """What orders it in the stream."""
        return self.happened or self.at


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is: the sentence with its figures, weight (0 to 1), source."""

    text: Told
    weight: float | None = None
    source: Told = ""
    icon: str = "point"


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three clocks of a case. `total` days and `gone` draw the bar of a legal term."""

    kind: Literal["owe", "wait", "term"]
    days: int | None
    text: Text
    url: str = ""
    act: Text = ""
    total: int | None = None
    gone: int | None = None
    paused: Text = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure about the whole: number, unit, its range or n; `stale` when a feed is late."""

    label: Text
    figure: Text
    unit: Text = ""
    detail: Text = ""
    stale: date | datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One source against the meters. Figures are told already, with a dash for missing."""

    source: Text
    detail: Text = ""
    value: Text = ""
    verdict: Literal["base", "agrees", "differs", "unknown"] = "unknown"
    kwh: Text = "–"
    percent: Text = "–"
    kzt: Text = "–"
    reliability: Badge | None = None
    as_of: date | None = None
    sealed: bool = False
    ask_url: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button; `refusals` keep it visible, disabled, with the reasons under it."""

    label: Text
    url: str = ""
    icon: str = ""
    primary: bool = False
    danger: bool = False
    key: str = ""
    refusals: Sequence[Text] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """One row of bars: filled in `tone`, or hollow (declared)."""

    name: Text
    values: Sequence[float | None]
    tone: Tone = "act"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path above a detail page's head."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value, in a facts line or a facts list."""

    label: Text
    value: Any
    strong: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a text, and whether a search asked for them."""

    text: str
    matched: bool
