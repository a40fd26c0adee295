"""Reads that join several models, as plain rows."""

from cases.selectors.outcomes import (
    Funnel,
    LeadOutcome,
    RegionSuspected,
    funnel,
    lead_outcomes,
    suspected_by_region,
)
from cases.selectors.waiting import (
    SinceLastVisit,
    Waiting,
    since_last_visit,
    soonest,
    waiting_for,
)

__all__ = [
    "Funnel",
    "LeadOutcome",
    "RegionSuspected",
    "SinceLastVisit",
    "Waiting",
    "funnel",
    "lead_outcomes",
    "since_last_visit",
    "soonest",
    "suspected_by_region",
    "waiting_for",
]
