"""Which columns a reading file has: a row a reading, a column a meter, or a row a meter's day."""

import re
from collections import Counter
from dataclasses import dataclass

from grid.formats.blocks import Source
from grid.formats.interval import lacks_hours
from grid.formats.meaning import LABELS, POWER, SKIPPED, Reading, Unit, unit_named
from grid.formats.problems import Problems

ABOUT_THE_METER = (
    "customer_bin", "customer_name", "tariff_group", "activity_code", "contract_kw", "feeder",
    "kato", "lat", "lon",
)  # fmt: skip
TIMES = ("start", "end", "date", "time")
PASSED = "passed over"
ROLES = ("meter", *TIMES, "value", "ratio", "serial", *ABOUT_THE_METER)
KNOWN = ("meter", *TIMES, *LABELS, "ratio", *ABOUT_THE_METER)
ALIASES = {"meter_id": "meter", "ts": "start"}
CLOCK = re.compile(r"^(\d{1,2}:\d{2})(?::00)?(\s*[-–—]\s*\d{1,2}:\d{2}(?::00)?)?$")
NUMBERED = re.compile(r"^(?:h|hour|ч|час|сағат)?\.?\s?(\d{1,3})$", re.IGNORECASE)
MOST_OF_STEP = {60: 25, 30: 50, 15: 100}  # intervals of the longest day


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of a day's row: the time it names, or its number from the day's beginning on.

    ``begins`` where a span ("00:00-01:00") leaves no doubt about the beginning.
    """

    heading: str
    clock: str = ""
    number: int = 0
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of the columns: role to heading; ``meters`` of a wide file, ``slots`` of day rows."""

    columns: dict[str, str]
    unit: Unit
    meters: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()

    @property
    def wide(self) -> bool:
        return bool(self.meters)

    @property
    def slot_minutes(self) -> int:
        """The interval of day rows, by how many columns a day has."""
        most = max((slot.number for slot in self.slots), default=0) or len(self.slots)
        return next((step for step, limit in MOST_OF_STEP.items() if most <= limit), 15)


def read_layout(source: Source, problems: Problems, how: Reading) -> Layout:
    """The layout of a file.

    Raises BadFile naming every missing, unknown or repeated column, the unit when neither the
    file nor the supplier's profile says it, or that the file holds totals of days or months.
    """
    roles = {name: role_of(name, how) for name in source.columns}
    _refuse_repeated(source, roles, problems)
    here = {role: name for name, role in roles.items() if role}
    rest = [name for name, role in roles.items() if role is None]
    timed = bool({"start", "end"} & here.keys()) or {"date", "time"} <= here.keys()
    if timed and not {"meter", "value"} & here.keys():
        times = {role: name for role, name in here.items() if role in TIMES}
        meters = [n for n, role in roles.items() if role not in {*TIMES, PASSED}]
        if meters:
            return Layout(times, _unit(here, problems, how, source), meters=tuple(meters))
    slots = [slot for name in rest if (slot := _slot(name))]
    if "meter" in here and "date" in here and not timed and len(slots) > 1:
        _refuse_unknown([n for n in rest if not _slot(n)], problems, how)
        if how.register:
            _refuse_intervals(slots, problems)
        return Layout(here, _unit(here, problems, how, source), slots=tuple(slots))
    if not timed and lacks_hours(here, rest):
        raise problems.stop("", ", ".join(source.columns), "totals")
    _refuse_incomplete(source, here, timed=timed, problems=problems)
    _refuse_unknown(rest, problems, how)
    return Layout(here, _unit(here, problems, how, source))


def role_of(name: str, how: Reading) -> str | None:
    """What a heading stands for: by the supplier's mapping, or by its standard name."""
    plain = _plain(name)
    for role, heading in how.mapping.items():
        headings = heading if isinstance(heading, list) else [heading]
        if plain in map(_plain, headings):
            return PASSED if role == SKIPPED else role
    if how.aliases:
        plain = ALIASES.get(plain, plain)
    if plain in LABELS:
        return "value"
    if plain == "serial" and how.register:
        return plain
    return plain if plain in KNOWN else None


def is_interval(name: str) -> bool:
    """Whether a heading of a day's row names an interval: 00:00, 00:00-01:00, H1, 24."""
    return _slot(name) is not None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _slot(name: str) -> Slot | None:
    if found := CLOCK.match(name.strip()):
        return Slot(name, clock=found.group(1), begins=bool(found.group(2)))
    if (found := NUMBERED.match(name.strip())) and int(found.group(1)) > 0:
        return Slot(name, number=int(found.group(1)))
    return None


def _unit(here: dict[str, str], problems: Problems, how: Reading, source: Source) -> Unit:
    """The unit that the value's heading names, or else that of the profile."""
    heading = here.get("value", "")
    by_name = _plain(heading) in LABELS
    named = unit_named(heading) if heading else None
    if named and how.unit and named != how.unit and not by_name:
        raise problems.stop(heading, heading, "unit_of_column", unit=LABELS[how.unit])
    unit = named or how.unit
    if unit is None:
        raise problems.stop(heading, ", ".join(source.columns[:5]), "unit_missing")
    if how.register and unit in POWER:
        raise problems.stop(heading, LABELS[unit], "register_unit")
    return unit


def _refuse_intervals(slots: list[Slot], problems: Problems) -> None:
    """A register is read at a moment: a number or a span of time does not say at which."""
    for slot in slots:
        if slot.number or slot.begins:
            raise problems.stop(slot.heading, slot.heading, "register_moment")


def _refuse_incomplete(
    source: Source, here: dict[str, str], *, timed: bool, problems: Problems
) -> None:
    present = {"meter": "meter" in here, "start": timed, "kwh": "value" in here}
    missing = [name for name, is_there in present.items() if not is_there]
    if missing:
        problems.add(1, ", ".join(missing), ", ".join(source.columns), "missing_columns")


def _refuse_unknown(names: list[str], problems: Problems, how: Reading) -> None:
    for name in () if how.loose else names:
        problems.add(1, name, name, "unknown_columns", known=", ".join(KNOWN))
    if problems.count:
        raise problems.failed()


def _refuse_repeated(source: Source, roles: dict[str, str | None], problems: Problems) -> None:
    twice = [name for name, count in Counter(source.columns).items() if count > 1]
    taken = Counter(role for role in roles.values() if role not in {None, PASSED})
    twice += [n for n, role in roles.items() if taken[role or ""] > 1 and n not in twice]
    for name in twice:
        problems.add(1, name, name, "repeated_columns")
    if twice:
        raise problems.failed()
