"""The .po files: read, brought up to date, written so that a diff shows only words."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.messages.sources import APPS, ROOT, Found, Key

LANGUAGES = ("kk", "ru", "en")
SOURCE_LANGUAGE = "en"
PLURALS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :"
        " n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}
FORMS = {"kk": 2, "ru": 3, "en": 2}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


@dataclass
class Words:
    """One catalogue: source → its translation by plural form; `stray` = obsolete entries."""

    entries: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    plurals: Found = field(default_factory=dict)
    fuzzy: set[Key] = field(default_factory=set)
    stray: int = 0


def place(app: str, language: str) -> Path:
    """Where the catalogue of an app lies."""
    return ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(app: str, language: str) -> Words:
    """The catalogue as it stands; empty when there is none."""
    words = Words()
    path = place(app, language)
    if not path.exists():
        return words
    catalogue = _parsed(path, language)
    for message in catalogue:
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        key = (message.context or "", message.id[0] if plural else str(message.id))
        told = message.string or ""
        words.entries[key] = (told,) if isinstance(told, str) else tuple(told)
        words.plurals[key] = message.id[1] if plural else ""
        if message.fuzzy:
            words.fuzzy.add(key)
    words.stray = len(catalogue.obsolete)
    return words


def _parsed(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update(app: str, language: str, found: Found, known: dict[Key, tuple[str, ...]]) -> int:
    """Bring a catalogue in line with the source; the number of entries still to be translated.

    `known` holds translations that other apps already have: the same words need no second look.
    """
    old = read(app, language)
    fresh: dict[Key, tuple[str, ...]] = {}
    for key, plural in found.items():
        forms = FORMS[language] if plural else 1
        fresh[key] = _best(key, plural, forms, old, known, language)
    _write(place(app, language), language, found, fresh)
    return sum(1 for forms in fresh.values() if not all(forms))


def _best(
    key: Key,
    plural: str,
    forms: int,
    old: Words,
    known: dict[Key, tuple[str, ...]],
    language: str,
) -> tuple[str, ...]:
    if language == SOURCE_LANGUAGE:
        return (key[1], plural) if plural else (key[1],)
    for had in (old.entries.get(key), known.get(key)):
        if had and len(had) == forms and all(had):
            return had
    return ("",) * forms


def _write(path: Path, language: str, found: Found, fresh: dict[Key, tuple[str, ...]]) -> None:
    if not found:
        return
    catalogue = Catalog(locale=language, charset="utf-8")
    for (context, singular), forms in fresh.items():
        plural = found[(context, singular)]
        identity = (singular, plural) if plural else singular
        catalogue.add(identity, forms if plural else forms[0], context=context or None)
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, no_location=True, sort_output=True, width=100)
    head = HEADER.format(language=language, plurals=PLURALS[language])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def known_words(language: str, besides: str) -> dict[Key, tuple[str, ...]]:
    """What the other apps have translated already."""
    known: dict[Key, tuple[str, ...]] = {}
    for app in APPS:
        if app != besides:
            known |= {
                key: forms for key, forms in read(app, language).entries.items() if all(forms)
            }
    return known


def compile_all() -> Iterator[Path]:
    """Write each .mo that is older than its .po; yields those written."""
    for app in APPS:
        for language in LANGUAGES:
            path = place(app, language)
            target = path.with_suffix(".mo")
            if not path.exists():
                continue
            if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
                continue
            catalogue = _parsed(path, language)
            with target.open("wb") as file:
                write_mo(file, catalogue)
            yield target
