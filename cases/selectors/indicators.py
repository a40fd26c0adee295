"""What speaks for a case: indicators, counted once for each independent source."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.choices import LeadSource, SourceKind
from cases.models import Case, Lead
from common.names import fold

# No entry in the registry is not yet an offence, and the weather comes with the readings.
NOT_INDICATORS = {"registry", "weather"}
ANONYMOUS_TIP = "tip:anonymous"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One independent source; ``words`` in the reader's language."""

    origin: str
    words: str

    @property
    def anonymous(self) -> bool:
        return self.origin == ANONYMOUS_TIP


def indicators_of(case: Case) -> list[Indicator]:
    """The independent sources of a case; two reasons from the same source count once."""
    found: dict[str, str] = {}
    for lead in case.leads.all():
        found |= {origin: _origin_words(origin) for origin in origins_of(lead)}
    for piece in case.evidence.all():
        if piece.indicator:
            found.setdefault(f"evidence:{fold(piece.source)}", piece.source)
    return [Indicator(origin, words) for origin, words in sorted(found.items())]


def origins_of(lead: Lead) -> set[str]:
    """Codes of the independent sources behind a lead."""
    if lead.source == LeadSource.TIP:
        return {ANONYMOUS_TIP if lead.from_anonymous_tip else "tip"}
    named = {str(reason["origin"]) for reason in lead.reasons if reason.get("origin")}
    return named - NOT_INDICATORS if named else {f"{lead.source}:{lead.number}"}


def only_anonymous(indicators: Iterable[Indicator]) -> bool:
    """An anonymous tip may raise a priority, never be the sole ground."""
    return all(indicator.anonymous for indicator in indicators)


def _origin_words(origin: str) -> str:
    kind, _colon, rest = origin.partition(":")
    if origin == ANONYMOUS_TIP:
        return _("anonymous tip")
    # A cross-check compares sources; it speaks for itself only where it names none.
    known = {**dict(SourceKind.choices), LeadSource.FINDING: LeadSource.FINDING.label}
    words = known.get(kind, kind)
    return f"{words} {rest}".strip()
