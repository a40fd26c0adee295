"""Places as hexagonal cells and metres."""

from math import asin, cos, radians, sin, sqrt

import h3

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
NEIGHBOURHOOD = 7  # H3 resolution: cells of about 5 km², a settlement's quarter


def cell(lat: float, lon: float, resolution: int = NEIGHBOURHOOD) -> str:
    """The H3 cell (index as text) that holds a point given in degrees."""
    return str(h3.latlng_to_cell(lat, lon, resolution))


def outline(index: str) -> list[tuple[float, float]]:
    """The corners of a cell as (lat, lon) pairs in degrees."""
    return [(lat, lon) for lat, lon in h3.cell_to_boundary(index)]


def neighbours(index: str, rings: int = 1) -> set[str]:
    """The cell itself and all within ``rings`` steps of it."""
    return set(h3.grid_disk(index, rings))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres between two (lat, lon) points in degrees (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))
