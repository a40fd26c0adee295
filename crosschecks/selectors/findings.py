"""A finding with its reasons in words, its history and its load curve."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.selectors import LeadOutcome, lead_outcomes
from common import clock
from crosschecks.catalogue import CHECKS, Check
from crosschecks.models import Finding, Sighting, Suppression
from crosschecks.selectors.reasons import Reason, reasons_of
from grid.profiles.profile import WINDOW_DAYS
from grid.selectors import Curve, came_anew, load_curve

SIGHTINGS = 60
CURVE_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class FindingView:
    """All that the page of one finding says; ``curve`` covers the last 7 days that it was seen."""

    finding: Finding
    check: Check | None
    reasons: list[Reason]
    curve: Curve | None
    lead: LeadOutcome | None
    suppression: Suppression | None
    sightings: list[Sighting]
    renewed_at: datetime | None


def finding_view(finding: Finding) -> FindingView:
    check = CHECKS.get(finding.check_slug) if finding.check_slug in CHECKS else None
    aside = finding.suppressions.in_force(clock.today()).select_related("by").first()
    return FindingView(
        finding=finding,
        check=check,
        reasons=reasons_of(check, finding) if check else [],
        curve=curve_of(finding),
        lead=lead_outcomes([finding.lead_key]).get(finding.lead_key),
        suppression=aside,
        sightings=list(finding.sightings.select_related("run")[:SIGHTINGS]),
        renewed_at=renewed_at(finding),
    )


def renewed_at(finding: Finding) -> datetime | None:
    """When readings that the finding rests on were delivered anew since its last run, if ever."""
    looked_at = finding.last_run.finished_at
    if looked_at is None or not finding.feeds:
        return None
    first = finding.last_seen - timedelta(days=WINDOW_DAYS - 1)
    return came_anew(finding.feeds, first, finding.last_seen, looked_at)


def curve_of(finding: Finding) -> Curve | None:
    """The load of the finding's first meter; a site's further meters have pages of their own."""
    if not finding.meters:
        return None
    return load_curve(finding.meters[0], finding.last_seen - CURVE_DAYS, finding.last_seen)
