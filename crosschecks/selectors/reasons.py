"""Why a finding was made, in sentences of the active language."""

from dataclasses import dataclass

from crosschecks.catalogue import Check
from crosschecks.models import Finding
from crosschecks.wording import SOURCES, sentence
from grid.selectors import describe_reasons


@dataclass(frozen=True)
class Reason:
    """One sentence with its figures; ``weight`` as the profile gave it, None for plain facts and
    for evidence without weight.

    ``origin`` is the code of the independent source: two reasons of one origin count once.
    """

    text: str
    weight: float | None
    source: str
    origin: str


def reasons_of(check: Check, finding: Finding) -> list[Reason]:
    """The check's own reason, its notes, then what the load profile says."""
    said = [_from_readings(sentence(check.reason, finding.facts), None, finding)]
    said += [
        Reason(sentence(check.notes[code], finding.facts), None, _source("registry"), "registry")
        for code in finding.notes
        if code in check.notes
    ]
    texts = describe_reasons(finding.indicators)
    said += [
        _from_readings(text, indicator.get("weight") or None, finding)
        for text, indicator in zip(texts, finding.indicators, strict=True)
    ]
    return said


def _from_readings(text: str, weight: float | None, finding: Finding) -> Reason:
    suppliers = ", ".join(finding.feeds)
    source = f"{_source('readings')}: {suppliers}" if suppliers else _source("readings")
    return Reason(text, weight, source, f"readings:{suppliers}")


def _source(code: str) -> str:
    return str(SOURCES[code])
