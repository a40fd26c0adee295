"""The words for verbs and announcements; each app brings its own when it is loaded."""

from collections.abc import Mapping

from django.utils.functional import Promise

Wording = str | Promise

_verbs: dict[str, Wording] = {}
_news: dict[str, Wording] = {}


def register(
    *, verbs: Mapping[str, Wording] | None = None, news: Mapping[str, Wording] | None = None
) -> None:
    """Adds the wording of verbs ("registry.import.apply") and of announcement kinds.

    The texts are lazy translations with %-placeholders for the event's facts.
    """
    _verbs.update(verbs or {})
    _news.update(news or {})


def verb_words(verb: str) -> str:
    """What happened, in the reader's language: "closed the case"; an unknown verb as it is."""
    return str(_verbs.get(verb, verb))


def known_verbs() -> dict[str, Wording]:
    """Every verb with its words, for filters and documentation."""
    return dict(_verbs)


def news_words(kind: str, params: Mapping[str, object]) -> str:
    """One announcement as a sentence in the reader's language."""
    return str(_news.get(kind, kind)) % _Kept(params)


class _Kept(dict[str, object]):
    """A placeholder that an old announcement has no value for stays visible instead of failing."""

    def __missing__(self, key: str) -> str:
        return "–"
