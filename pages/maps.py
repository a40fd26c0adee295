"""GeoJSON for the map: points and H3 cells with a word, a tone and an address each."""

from collections.abc import Iterable
from typing import Any

from common import geo
from pages.badges import Tone

Feature = dict[str, Any]


def point(
    lat: float,
    lon: float,
    label: str,
    *,
    url: str = "",
    tone: Tone = "act",
    kw: float | None = None,
) -> Feature:
    """A marker at a place in degrees (WGS 84); its area follows `kw` when given."""
    properties = {"label": label, "url": url, "tone": tone, "kw": kw}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }


def area(cell: str, label: str, *, url: str = "", tone: Tone = "sus") -> Feature:
    """An H3 cell, told as a polygon so that the browser needs no H3."""
    ring = [[lon, lat] for lat, lon in geo.outline(cell)]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {"label": label, "url": url, "tone": tone},
    }


def collection(features: Iterable[Feature]) -> dict[str, Any]:
    """The features as one GeoJSON object."""
    return {"type": "FeatureCollection", "features": list(features)}
