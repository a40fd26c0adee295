"""Outline icons of the installed Tabler set, drawn into the page so that they take its colour."""

import json
import logging
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

logger = logging.getLogger(__name__)
SOURCE = "vendor/@tabler/icons/tabler-nodes-outline.json"
ATTRIBUTES = {"d", "cx", "cy", "r", "x", "y", "width", "height", "rx", "ry", "points"}


class UnknownIcon(LookupError):
    """No icon of this name in the installed set."""


@cache
def _nodes() -> dict[str, list[tuple[str, dict[str, str]]]]:
    found = finders.find(SOURCE)
    if not found:
        logger.warning("Icons are not installed (%s); run `make setup`.", SOURCE)
        return {}
    nodes: dict[str, list[tuple[str, dict[str, str]]]] = json.loads(
        Path(found).read_text(encoding="utf-8")
    )
    return nodes


@cache
def shapes(name: str) -> SafeString:
    """The inside of the icon's svg; empty while the icon package is not installed."""
    nodes = _nodes()
    if not nodes:
        return SafeString("")
    if name not in nodes:
        raise UnknownIcon(name)
    return format_html_join("", "<{}{}/>", ((tag, _attributes(kept)) for tag, kept in nodes[name]))


def _attributes(given: dict[str, str]) -> SafeString:
    kept = ((key, value) for key, value in given.items() if key in ATTRIBUTES)
    return format_html_join("", ' {}="{}"', kept)


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon: decoration without `label`, an image of that name with it."""
    hidden = SafeString('aria-hidden="true"')
    meaning = format_html('role="img" aria-label="{}"', label) if label else hidden
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>',
        f" {css}" if css else "",
        meaning,
        shapes(name),
    )
