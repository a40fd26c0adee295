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

TABLE = Path(__file__).with_name("places.csv")
WORDS = re.compile(r"[^\W\d_]+")


def heard(name: str) -> str:
    """A place's name as it sounds, its words run together."""
    return "".join(sounds(word) for word in WORDS.findall(name))


def canonical(sound: str) -> str:
    """The one spelling, as it sounds, of a place that is known by several."""
    found = _table().get(sound)
    return found[0] if found else sound


def is_known(sound: str) -> bool:
    """Whether a place is among those listed here."""
    return sound in _table()


def regions_of(sound: str) -> int:
    """Bits of the regions that a known place may lie in, one bit a region; 0: unknown place."""
    found = _table().get(sound)
    return found[1] if found else 0


@cache
def _table() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    prefixes = sorted({prefix for row in rows for prefix in row["regions"].split("|")})
    for row in rows:
        bits = sum(1 << prefixes.index(prefix) for prefix in row["regions"].split("|"))
        for name in (row["canonical"], *row["variants"].split("|")):
            table.setdefault(heard(name), (heard(row["canonical"]), bits))
    return table
