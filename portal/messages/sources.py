"""Finds every translatable string of an app: its Python files and its own templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = (
    *("common", "journal", "pages", "accounts", "intake", "changes", "law", "grid", "registry"),
    *("cases", "crosschecks", "council", "outlook", "portal"),
)
# Folders and files under templates/ that are not named after their app.
OWN_TEMPLATES = {
    "accounts": ("accounts", "admin/accounts"),
    "cases": ("cases", "leads", "tips"),
    "pages": (
        *("components", "account", "allauth", "mfa", "socialaccount", "usersessions", "errors"),
        *("base.html", "base_public.html", "refused.html"),
        *("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"),
    ),
    "registry": ("registry", "register"),
}
TEXT_SUFFIXES = {".html", ".txt"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
Key = tuple[str, str]
"""Context (empty without one) and the source text in the singular."""
Found = dict[Key, str]
"""Key → the source text in the plural, empty without one."""


def strings_of(app: str) -> Found:
    """Every string of the app, by context and singular."""
    found: Found = {}
    for source in _python_files(app):
        _collect(found, source.read_text(encoding="utf-8"))
    for template in template_files(app):
        _collect(found, _as_python(template))
    return found


def _python_files(app: str) -> Iterator[Path]:
    for path in sorted((ROOT / app).rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "tests" not in parts and "migrations" not in parts:
            yield path


def template_files(app: str) -> Iterator[Path]:
    """The templates whose words belong to the app."""
    for name in OWN_TEMPLATES.get(app, (app,)):
        place = ROOT / "templates" / name
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in inside if path.is_file() and path.suffix in TEXT_SUFFIXES)


def _as_python(template: Path) -> str:
    """The template as Python calls of gettext; indentation goes, as it means nothing there."""
    text = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.strip() for line in text.splitlines())


def _collect(found: Found, text: str) -> None:
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, KEYWORDS):
        singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        if not singular:
            continue
        key = (context or "", singular)
        found[key] = found.get(key) or plural
