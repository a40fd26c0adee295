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
FAR, NEAR = 0.45, 0.07  # degrees from the centre: a region's sites, a city's sites
TURKISTAN, SHYMKENT = "61", "79"


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees (WGS 84) with an invented address."""

    region: str
    address: str
    lat: float
    lon: float

    @property
    def kato(self) -> str:
        """The code of the whole region: a made-up place has none of its own."""
        return REGIONS[self.region].kato


def draw_place(region: str, dice: Random) -> Place:
    """A place of the region; the address names a quarter that no town has."""
    centre = REGIONS[region]
    spread = NEAR if region in CITIES else FAR
    return Place(
        region,
        f"{centre.name_ru}, промзона «{dice.choice(QUARTERS)}», участок {dice.randint(1, 99)}",
        round(centre.lat + dice.uniform(-spread, spread), 5),
        round(centre.lon + dice.uniform(-spread, spread), 5),
    )


def beside(place: Place, dice: Random, metres: float = 150) -> tuple[float, float]:
    """Degrees of a point within about so many metres of a place."""
    span = metres / 111_000
    return (
        round(place.lat + dice.uniform(-span, span), 5),
        round(place.lon + dice.uniform(-span, span), 5),
    )
