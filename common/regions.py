"""The twenty regions and cities of republican rank: codes, names, energy zone, centre.

KATO and ISO codes, names: the ISO 3166-2 list (new codes equal the first two KATO digits).
The energy zone of the western three is published; that of the others is not verified,
and ``zone_verified`` says so. Names in force since 17 September 2022.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("regions.csv")
KATO = re.compile(r"[0-9]{9}")

# Without the word for region; the long ones in the letters that newspapers use. The region of
# Almaty keeps its word where it would be taken for the city.
SHORT: dict[str, dict[str, str]] = {
    "63": {"ru": "ВКО", "kk": "ШҚО"}, "59": {"ru": "СКО", "kk": "СҚО"},
    "27": {"ru": "ЗКО", "kk": "БҚО"}, "19": {"kk": "Алматы обл.", "en": "Almaty Region"},
}  # fmt: skip
REGION_WORDS = re.compile(r"( область| облысы| қаласы| Region| region| city|^город |^г\. )")


@dataclass(frozen=True)
class Region:
    """One region; ``kato`` is its nine-digit code, lat and lon those of its centre (WGS 84)."""

    kato: str
    iso_old: str
    name_kk: str
    name_ru: str
    name_en: str
    centre: str
    zone: str  # north, south or west
    lat: float
    lon: float

    @property
    def prefix(self) -> str:
        """The two KATO digits that every place in the region begins with."""
        return self.kato[:2]

    @property
    def iso(self) -> str:
        """The ISO 3166-2 code in use since 2022."""
        return f"KZ-{self.prefix}"

    @property
    def zone_verified(self) -> bool:
        """Whether a publication names the zone; otherwise it is an assumption."""
        return self.zone == "west"

    def name(self, language: str) -> str:
        """The name in ``kk``, ``ru`` or ``en``; English for any other language."""
        names = {"kk": self.name_kk, "ru": self.name_ru}
        return names.get(language[:2], self.name_en)

    def short_name(self, language: str) -> str:
        """The name as a list or a map has room for it."""
        letters = SHORT.get(self.prefix, {}).get(language[:2])
        return letters or REGION_WORDS.sub("", self.name(language))


def _load() -> dict[str, Region]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {row["prefix"]: _region(row) for row in csv.DictReader(table)}


def _region(row: dict[str, str]) -> Region:
    return Region(
        kato=f"{row['prefix']}0000000",
        iso_old=row["iso_old"],
        name_kk=row["name_kk"],
        name_ru=row["name_ru"],
        name_en=row["name_en"],
        centre=row["centre"],
        zone=row["zone"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )


REGIONS: dict[str, Region] = _load()


def region_of(kato: str) -> Region | None:
    """Return the region that a KATO code (nine digits or the first two) lies in."""
    return REGIONS.get(kato[:2])


def is_valid_kato(text: str) -> bool:
    """Say whether ``text`` has nine digits and begins with a known region."""
    return KATO.fullmatch(text) is not None and text[:2] in REGIONS
