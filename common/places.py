"""Towns and regions under their several names: which spelling is which place, in which region.

The variants are those that official papers and maps of the last decades print: Kazakh and
Russian names, the Latin alphabets, former names. Regions are the first two KATO digits;
a place that changed its region, or shares its name with one elsewhere, has several.
"""

import csv
import re
from functools import cache
from pathlib import Path

from common.sounds import sounds
from common.toponyms import root

TABLE = Path(__file__).with_name("places.csv")
WORDS = re.compile(r"[^\W\d_]+")


def heard(name: str) -> str:
    """A place's name as it sounds, its words run together."""
    return "".join(sounds(word) for word in WORDS.findall(name))


def canonical(sound: str) -> str:
    """The one spelling, as it sounds, of a place that is known by several.

    A name that several places bore is the one listed first.
    """
    found = _table().get(sound)
    return found[0][0] if found else sound


def places_of(sound: str) -> tuple[str, ...]:
    """The known places, each by its one spelling, that bear or bore this name."""
    found = _table().get(sound)
    return found[0] if found else ()


def places_of_root(sound: str) -> tuple[str, ...]:
    """Known places with a name of this root: «Гавриловское» is meant where «Гавриловка» stands."""
    return _roots().get(root(sound), ())


def regions_of(sound: str) -> int:
    """Bits of the regions that a known place may lie in, one bit a region; 0: unknown place."""
    found = _table().get(sound)
    return found[1] if found else 0


@cache
def _table() -> dict[str, tuple[tuple[str, ...], int]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    prefixes = sorted({prefix for row in rows for prefix in row["regions"].split("|") if prefix})
    table: dict[str, tuple[tuple[str, ...], int]] = {}
    for row in rows:
        place = heard(row["canonical"])
        bits = sum(1 << prefixes.index(prefix) for prefix in row["regions"].split("|") if prefix)
        for name in {heard(name) for name in (row["canonical"], *row["variants"].split("|"))}:
            places, before = table.get(name, ((), 0))
            table[name] = (*places, place), before | bits
    return table


@cache
def _roots() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, (places, _bits) in _table().items():
        found[root(name)] = tuple(dict.fromkeys((*found.get(root(name), ()), *places)))
    return found
