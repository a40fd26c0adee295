"""The side menu and the top bar, for every page."""

from typing import Any

from django.http import HttpRequest


def shell(_request: HttpRequest) -> dict[str, Any]:
    """Context of the page frame."""
    return {"nav": [], "unread": 0, "tile_url": ""}
