"""Mining devices (SHA-256) and their rated power, looked up by whatever an invoice calls them.

The table ``asic.csv`` names its sources by letter (A: F2Pool list, B: asics-tools, C: bit-cube,
D: power database, E: S21 test, F: Hashrate Index copy, G and H: sellers, I: TheMinerMag,
J: Zeus). ``certainty`` says how many of them agree. Rated wall power is good to about 5 %, and
firmware moves it by up to -40/+20 %.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("asic.csv")

# Fans, power supplies' losses in the wiring and cooling come on top of the devices.
OVERHEAD_LOW, OVERHEAD_HIGH = 1.05, 1.15

_MAKERS = re.compile(
    r"BITMAIN|ANTMINER|MICROBT|WHATSMINER|CANAAN|AVALON(?:MINER)?|INNOSILICON|EBANG|EBIT"
    r"|STRONGU|BITFURY|蚂蚁矿机"
)
_HASH_RATE = re.compile(r"[\s(_-]*\d+(?:[.,]\d+)?\s*TH?(?:/?S)?[\s)]*$")


@dataclass(frozen=True, slots=True)
class Asic:
    """One model: ``power_w`` in watts at the wall, ``hashrate`` in TH/s, ``efficiency`` in J/TH."""

    manufacturer: str
    model: str
    year: int
    hashrate: float
    power_w: int
    efficiency: float
    cooling: str
    sources: tuple[str, ...]
    certainty: str
    note: str

    @property
    def power_kw(self) -> float:
        return self.power_w / 1000


@cache
def models() -> tuple[Asic, ...]:
    """Every model of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_asic(row) for row in csv.DictReader(file))


def find(text: str) -> Asic | None:
    """The model that a free description means (``S19JPRO-104T``), or None.

    Letters and digits decide; maker, blanks, dashes and a trailing hash rate do not.
    """
    keys = _keys()
    upper = unicodedata.normalize("NFKC", text).upper()
    for form in (upper, _HASH_RATE.sub("", upper)):
        if found := keys.get(key(form)):
            return found
    return None


def expected_kw(counts: Mapping[str, int]) -> tuple[float, float]:
    """Power in kW (low, high overhead) of so many devices of each model.

    Raises KeyError naming a description that is no known model.
    """
    rated = 0.0
    for text, count in counts.items():
        asic = find(text)
        if asic is None:
            raise KeyError(text)
        rated += asic.power_kw * count
    return rated * OVERHEAD_LOW, rated * OVERHEAD_HIGH


def smallest_kw() -> float:
    """Rated power of the smallest device in kW: less than this is no farm."""
    return min(asic.power_kw for asic in models())


@cache
def _keys() -> dict[str, Asic]:
    found: dict[str, Asic] = {}
    for asic in models():
        found.setdefault(key(asic.model), asic)
        found.setdefault(key(_HASH_RATE.sub("", asic.model.upper())), asic)
    return found


def key(text: str) -> str:
    """A description without its maker: letters and digits only.

    ``+`` counts as a letter, since S19j Pro+ is another machine.
    """
    bare = _MAKERS.sub("", text.upper())
    return "".join(c for c in bare.replace("+", "PLUS") if c.isalnum())


def _asic(row: dict[str, str]) -> Asic:
    return Asic(
        manufacturer=row["manufacturer"],
        model=row["model"],
        year=int(row["year"]),
        hashrate=float(row["hashrate_th_s"]),
        power_w=int(row["power_w"]),
        efficiency=float(row["j_per_th"]),
        cooling=row["cooling"],
        sources=tuple(row["sources"].split()),
        certainty=row["certainty"],
        note=row["note"],
    )
