"""How a file is meant: what the supplier's profile says where the file itself does not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["kwh", "kw", "mwh", "mw"]
LABELS: dict[str, str] = {"kwh": "kWh", "kw": "kW", "mwh": "MWh", "mw": "MW"}
THOUSANDS = {"kwh": 1.0, "kw": 1.0, "mwh": 1000.0, "mw": 1000.0}
POWER = frozenset({"kw", "mw"})
# A unit at the end of a heading: "Consumption, kWh", "Активная энергия (кВт·ч)", "МВт".
NAMED = re.compile(
    r"(?:^|[\s,;(\[_/])([kmкм])\s?(?:w|вт)[\s·*.\-]{0,2}(h|ч|час|сағ)?[\s)\].]*$", re.IGNORECASE
)
MEGA = frozenset("mм")
SKIPPED = "skip"


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file: whose clock, which unit, which step in minutes, which columns.

    What is said here counts where the file is silent: ``zone`` and ``ends`` (the time names the
    end of its interval) for times without an offset, ``ratio`` (of the transformers; what the
    meter shows is multiplied by it) for readings at such times and for registers, ``unit`` where
    no column names one. ``mapping`` is role to heading, with the headings to pass over under
    ``skip``.
    ``register``: the values are what the meters' registers show at the times, not what went
    through in intervals; ``digits`` before the point is how many a register has, where known.
    ``foreign`` tells which of some meters are another supplier's. ``loose`` passes over columns
    that are not known, for files that were made for other ends.
    """

    zone: ZoneInfo | None = None
    unit: Unit | None = None
    step_minutes: int | None = None
    ends: bool = False
    day_first: bool = False
    ratio: float | None = None
    register: bool = False
    digits: int | None = None
    header_row: int = 1
    mapping: Mapping[str, str | list[str]] = field(default_factory=dict)
    aliases: bool = False
    now: datetime | None = None
    meter_facts: bool = True
    foreign: Callable[[list[str]], set[str]] | None = None
    loose: bool = False


def to_kwh(unit: str, minutes: int) -> float:
    """By what a value of the unit is multiplied to give kWh of an interval of so many minutes."""
    return THOUSANDS[unit] * (minutes / 60 if unit in POWER else 1.0)


def unit_named(heading: str) -> Unit | None:
    """The unit that a heading ends in, if it does."""
    found = NAMED.search(heading.strip())
    if found is None:
        return None
    if found.group(1).lower() in MEGA:
        return "mwh" if found.group(2) else "mw"
    return "kwh" if found.group(2) else "kw"
