"""Where the demo's sites and meters are: near real towns, at addresses that do not exist."""

from dataclasses import dataclass
from random import Random

from common.regions import REGIONS

# Sites by region: most where there is much power, at least three in each.
SITES = {
    "55": 18, "35": 18, "11": 10, "63": 10, "39": 9, "10": 9, "15": 8, "62": 7, "27": 7, "19": 7,
    "59": 6, "31": 6, "61": 6, "71": 5, "33": 5, "75": 4, "79": 4, "43": 4, "47": 4, "23": 3,
}  # fmt: skip
CITIES = ("71", "75", "79")
QUARTERS = ("Демо-Восток", "Демо-Запад", "Демо-Өндіріс", "Демо-Тас", "Демо-Речная", "Демо-Жаңа")
FAR, NEAR = 0.6, 0.07  # degrees from the middle: a region's sites, a city's sites
# Degrees north and east from the centre to the middle, away from the sea and the border.
INWARDS = {
    "15": (-0.5, 0.0), "19": (0.3, 0.0), "23": (0.5, 0.3), "27": (-0.6, 0.2), "31": (0.8, 0.2),
    "47": (0.3, 0.9), "59": (-0.6, 0.0), "61": (0.3, 0.0), "10": (-0.2, 0.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees (WGS 84) with an invented address."""

    region: str
    quarter: str
    plot: int
    lat: float
    lon: float

    @property
    def address(self) -> str:
        """As official lists write it."""
        return f"{REGIONS[self.region].name_ru}, промзона «{self.quarter}», участок {self.plot}"

    def told(self, language: str) -> str:
        """As people of a language write it."""
        if language != "kk":
            return self.address
        name = REGIONS[self.region].name_kk
        return f"{name}, «{self.quarter}» өнеркәсіп аймағы, {self.plot}-учаске"

    @property
    def kato(self) -> str:
        """The code of the whole region: a made-up place has none of its own."""
        return REGIONS[self.region].kato


def draw_place(region: str, dice: Random) -> Place:
    """A place of the region; the address names a quarter that no town has."""
    centre = REGIONS[region]
    spread = NEAR if region in CITIES else FAR
    north, east = INWARDS.get(region, (0.0, 0.0))
    return Place(
        region,
        dice.choice(QUARTERS),
        dice.randint(1, 99),
        round(centre.lat + north + dice.uniform(-spread, spread), 5),
        round(centre.lon + east + dice.uniform(-spread, spread), 5),
    )


def beside(place: Place, dice: Random, metres: float = 150) -> tuple[float, float]:
    """Degrees of a point within about so many metres of a place."""
    span = metres / 111_000
    return (
        round(place.lat + dice.uniform(-span, span), 5),
        round(place.lon + dice.uniform(-span, span), 5),
    )
