"""Which columns a reading file has: long (a row a reading) or wide (a column a meter)."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from grid.formats.problems import Problems
from grid.formats.sources import Source

NEEDED = ("meter", "start", "kwh")
ABOUT_THE_METER = (
    "customer_bin", "customer_name", "tariff_group", "contract_kw", "feeder", "kato", "lat", "lon",
)  # fmt: skip
KNOWN = NEEDED + ABOUT_THE_METER
ALIASES = {"meter_id": "meter", "ts": "start"}
Unit = Literal["kwh", "kw"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of the columns: known name to its name in the file; ``meters`` of a wide file."""

    columns: dict[str, str]
    meters: tuple[str, ...] = ()

    @property
    def wide(self) -> bool:
        return bool(self.meters)


def read_layout(
    source: Source, problems: Problems, *, unit: Unit | None, aliases: bool = False,
    loose: bool = False,
) -> Layout:  # fmt: skip
    """The layout of a file. Raises BadFile naming every missing, unknown or repeated column.

    ``unit`` is that of a wide file's values; ``aliases`` also takes ``meter_id`` and ``ts``;
    ``loose`` passes over unknown columns.
    """
    names = {name: _plain(name, aliases=aliases) for name in source.columns}
    _refuse_repeated(source, names, problems)
    here = {plain: name for name, plain in names.items()}
    if "start" in here and not {"meter", "kwh"} & here.keys() and len(here) > 1:
        return _wide(source, here["start"], problems, unit)
    missing = [name for name in NEEDED if name not in here]
    unknown = [name for name, plain in names.items() if plain not in KNOWN and not loose]
    if missing:
        problems.add(1, ", ".join(missing), ", ".join(source.columns), "missing_columns")
    for name in unknown:
        problems.add(1, name, name, "unknown_columns", known=", ".join(KNOWN))
    if missing or unknown:
        raise problems.failed()
    return Layout(here)


def _wide(source: Source, start: str, problems: Problems, unit: Unit | None) -> Layout:
    if unit is None:
        raise problems.stop("", ", ".join(source.columns[:5]), "unit_missing")
    return Layout({"start": start}, tuple(name for name in source.columns if name != start))


def _refuse_repeated(source: Source, names: dict[str, str], problems: Problems) -> None:
    twice = [name for name, count in Counter(source.columns).items() if count > 1]
    plain = Counter(names.values())
    twice += [name for name, p in names.items() if plain[p] > 1 and name not in twice]
    for name in twice:
        problems.add(1, name, name, "repeated_columns")
    if twice:
        raise problems.failed()


def _plain(name: str, *, aliases: bool) -> str:
    lower = name.strip().lower()
    return ALIASES.get(lower, lower) if aliases else (lower if lower in KNOWN else name)
