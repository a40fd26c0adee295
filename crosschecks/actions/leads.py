"""A finding becomes a lead that stands alone: texts in three languages, frozen load curve."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from cases.actions import raise_lead
from crosschecks.catalogue import Check
from crosschecks.models import CheckRun, Finding
from crosschecks.selectors.reasons import Reason, reasons_of
from grid.selectors import load_curve
from pages.wording import in_all_languages

CURVE_DAYS = 7


def lead_key(finding: Finding) -> str:
    """The same finding in the same episode always asks for the same lead."""
    return f"{finding.check_slug}:{finding.fingerprint}:{finding.episode}"


def raise_lead_for(finding: Finding, check: Check, run: CheckRun) -> None:
    """Raise the lead of a finding and note its key; raising it again changes nothing."""
    key = lead_key(finding)
    raise_lead(
        source="finding",
        key=key,
        title=in_all_languages(lambda: _title(finding, check)),
        reasons=_reasons(lambda: reasons_of(check, finding)),
        kato=finding.kato,
        meter=finding.meters[0] if finding.meters else "",
        party_name=finding.party_name,
        party_bin=finding.party_bin,
        place=finding.place,
        lat=finding.lat,
        lon=finding.lon,
        est_kw_low=finding.est_kw_low,
        est_kw_high=finding.est_kw_high,
        confidence=finding.confidence,
        facts=_facts(finding, run),
        actor=None,
    )
    finding.lead_key = key


def _title(finding: Finding, check: Check) -> str:
    """What it is about first: a queue shows the beginning, and the check's words repeat."""
    words = str(check.title)
    return f"{finding.label or finding.subject}: {words[:1].lower()}{words[1:]}"


def _reasons(read: Callable[[], Sequence[Reason]]) -> list[dict[str, Any]]:
    """The reasons read once a language, then laid side by side."""
    spoken = in_all_languages(read)
    return [
        {
            "text": {code: reasons[i].text for code, reasons in spoken.items()},
            "weight": reason.weight,
            "origin": reason.origin,
            "source": {code: reasons[i].source for code, reasons in spoken.items()},
        }
        for i, reason in enumerate(next(iter(spoken.values())))
    ]


def _facts(finding: Finding, run: CheckRun) -> dict[str, Any]:
    return {
        **finding.facts,
        "check": finding.check_slug,
        "fingerprint": finding.fingerprint,
        "day": run.day.isoformat(),
        "meters": finding.meters,
        "registration": finding.registration,
        "declared_kw": finding.declared_kw,
        **_curve(finding, run),
    }


def _curve(finding: Finding, run: CheckRun) -> dict[str, Any]:
    if not finding.meters:
        return {}
    curve = load_curve(finding.meters[0], run.day - timedelta(days=CURVE_DAYS - 1), run.day)
    if curve is None:
        return {}
    return {
        "curve": {
            "start": curve.start.isoformat(),
            "step_minutes": curve.step_minutes,
            "kw": list(curve.kw),
            "declared_kw": finding.declared_kw,
        }
    }
