"""What is wrong with the catalogues, one sentence a problem."""

import re
from collections import defaultdict
from collections.abc import Iterator

from portal.messages.catalogues import FORMS, LANGUAGES, Words, read
from portal.messages.sources import APPS, Found, Key, strings_of

SHOWN = 80
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf.\d]*[sdf]|(?<!%)%[sd]|\{(\w*)\}")


def problems(apps: tuple[str, ...] = APPS) -> list[str]:
    """Missing, fuzzy, obsolete or unextracted entries; placeholders; contradicting translations."""
    found = [problem for app in apps for problem in _of_app(app)]
    return found + [problem for language in LANGUAGES for problem in _contradictions(language)]


def _of_app(app: str) -> Iterator[str]:
    source = strings_of(app)
    for language in LANGUAGES:
        words = read(app, language)
        where = f"{app}/{language}"
        yield from (
            f"{where}: not extracted: {_short(key)}" for key in source.keys() - words.entries
        )
        yield from (f"{where}: obsolete: {_short(key)}" for key in words.entries.keys() - source)
        yield from (f"{where}: fuzzy: {_short(key)}" for key in words.fuzzy)
        if words.stray:
            yield f"{where}: {words.stray} commented-out entries"
        yield from (f"{where}: {one}" for one in _of_entries(words, source, FORMS[language]))


def _of_entries(words: Words, source: Found, forms: int) -> Iterator[str]:
    for key, told in words.entries.items():
        plural = source.get(key, words.plurals.get(key, ""))
        if not all(told):
            yield f"not translated: {_short(key)}"
        elif len(told) != (forms if plural else 1):
            yield f"wrong number of plural forms: {_short(key)}"
        elif not _placeholders_fit(key[1], plural, told):
            yield f"placeholders differ: {_short(key)}"


def _placeholders_fit(singular: str, plural: str, told: tuple[str, ...]) -> bool:
    """Every form holds what both source forms hold and nothing that neither holds."""
    sources = [_placeholders(text) for text in (singular, plural) if text]
    needed, allowed = set.intersection(*sources), set.union(*sources)
    return all(needed <= _placeholders(text) <= allowed for text in told)


def _placeholders(text: str) -> set[str]:
    return {
        match.group(1) or match.group(2) or match.group(0) for match in PLACEHOLDER.finditer(text)
    }


def _contradictions(language: str) -> Iterator[str]:
    """Django merges all catalogues: of two different translations of one text only one is shown."""
    told: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for app in APPS:
        for key, forms in read(app, language).entries.items():
            if all(forms):
                told[key][forms].append(app)
    for key, versions in told.items():
        if len(versions) > 1:
            places = " and ".join(apps[0] for apps in versions.values())
            yield f"{language}: translated differently in {places}: {_short(key)}"


def _short(key: Key) -> str:
    text = key[1].replace("\n", " ")
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"
