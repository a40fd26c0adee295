"""The country's outline as one SVG path, from the installed Natural Earth package."""

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

SOURCE = "vendor/world-atlas/countries-50m.json"
KAZAKHSTAN = "398"
WIDTH, HEIGHT, MARGIN = 560.0, 300.0, 12.0
PARALLELS = (43.0, 53.0)  # Albers: areas stay true between the south and the north of the country
CENTRE = (48.0, 67.5)
# The country's outermost places, west, east, north and south: (latitude, longitude).
EXTREMES = ((48.4, 46.5), (49.1, 87.3), (55.4, 69.2), (40.6, 68.6), (45.5, 47.5), (41.8, 52.5))
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """The path of the land in a box of `width` × `height`; empty while not installed."""

    path: str
    width: float = WIDTH
    height: float = HEIGHT


def _albers(lat: float, lon: float) -> Point:
    """Albers' equal-area conic projection (Snyder 1987, eq. 14-1 to 14-6), unit sphere."""
    first, second = (radians(one) for one in PARALLELS)
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)
    theta = n * radians(lon - CENTRE[1])
    rho, rho0 = (sqrt(c - 2 * n * sin(radians(one))) / n for one in (lat, CENTRE[0]))
    return rho * sin(theta), rho0 - rho * cos(theta)


@cache
def _frame() -> tuple[float, float, float]:
    corners = [_albers(lat, lon) for lat, lon in EXTREMES]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    scale = min(
        (WIDTH - 2 * MARGIN) / (max(xs) - min(xs)), (HEIGHT - 2 * MARGIN) / (max(ys) - min(ys))
    )
    return scale, (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2


def place(lat: float, lon: float) -> Point:
    """Where a place (degrees) stands in the box, rounded to a tenth."""
    scale, middle_x, middle_y = _frame()
    x, y = _albers(lat, lon)
    return (
        round(WIDTH / 2 + (x - middle_x) * scale, 1),
        round(HEIGHT / 2 - (y - middle_y) * scale, 1),
    )


@cache
def outline(country: str = KAZAKHSTAN) -> Outline:
    """The outline of a country by its ISO 3166 number."""
    found = finders.find(SOURCE)
    if not found:
        return Outline("")
    atlas = json.loads(Path(found).read_text(encoding="utf-8"))
    arcs = _arcs(atlas)
    shape = next(
        one for one in atlas["objects"]["countries"]["geometries"] if one.get("id") == country
    )
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = [_ring(arcs, ring) for polygon in polygons for ring in polygon]
    return Outline("".join(_path(ring) for ring in rings))


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """TopoJSON arcs: delta-encoded integers, scaled and shifted to degrees (lon, lat)."""
    transform = atlas["transform"]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    decoded = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        decoded.append(points)
    return decoded


def _ring(arcs: list[list[Point]], ring: list[int]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _path(ring: list[Point]) -> str:
    placed = [place(lat, lon) for lon, lat in ring]
    kept = placed[:1] + [after for before, after in pairwise(placed) if after != before]
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"
