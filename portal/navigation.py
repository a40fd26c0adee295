"""The side menu and the top bar, for every page."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the page frame."""
    return {}
