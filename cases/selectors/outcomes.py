"""What became of leads: for the checks that raised them, the dashboard and the outlook."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.choices import UNDECIDED
from cases.models import Case, Lead
from common import clock


@dataclass(frozen=True, slots=True)
class LeadOutcome:
    """The state of one lead; ``case_outcome`` is "" until its case is closed."""

    lead_number: str
    url: str
    state: str
    decided_by_person: bool
    reason: str
    case_outcome: str


@dataclass(frozen=True, slots=True)
class RegionSuspected:
    """Suspected power of one region in kW, from undecided leads and cases under way."""

    kw_low: float
    kw_high: float
    leads: int
    cases: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts since a moment: leads in, triaged by a person, cases opened, how they ended."""

    since: datetime
    computed_at: datetime
    leads: int
    by_source: dict[str, int]
    triaged: int
    cases: int
    outcomes: dict[str, int]


def lead_outcomes(keys: Iterable[str]) -> dict[str, LeadOutcome]:
    """The outcome of each known key, in one query; unknown keys are left out."""
    leads = Lead.objects.filter(key__in=list(keys)).select_related("case")
    return {lead.key: _outcome(lead) for lead in leads}


def _outcome(lead: Lead) -> LeadOutcome:
    return LeadOutcome(
        lead_number=lead.number,
        url=lead.get_absolute_url(),
        state=lead.state,
        decided_by_person=lead.decided_by_id is not None,
        reason=lead.reason,
        case_outcome=lead.case.outcome if lead.case else "",
    )


def suspected_by_region() -> dict[str, RegionSuspected]:
    """By the two KATO digits. A meter counts once, however many leads name it."""
    fields = ("region", "meter", "number", "est_kw_low", "est_kw_high")
    leads = Lead.objects.filter(state__in=UNDECIDED).exclude(region="").values_list(*fields)
    cases = Case.objects.under_way().exclude(region="").values_list(*fields)
    power: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for region, meter, number, low, high in [*leads, *cases]:
        bounds = (low or 0.0, high if high is not None else low or 0.0)
        key = meter or number
        power[region][key] = max(power[region].get(key, bounds), bounds)
    in_leads, in_cases = (Counter(row[0] for row in rows) for rows in (leads, cases))
    return {
        region: RegionSuspected(
            kw_low=sum(low for low, _high in found.values()),
            kw_high=sum(high for _low, high in found.values()),
            leads=in_leads[region],
            cases=in_cases[region],
        )
        for region, found in sorted(power.items())
    }


def funnel(since: datetime) -> Funnel:
    """The road of what came in since a moment: lead, triage, case, outcome."""
    leads = Lead.objects.filter(raised_at__gte=since)
    cases = Case.objects.filter(opened_at__gte=since)
    sources = Counter(leads.order_by().values_list("source", flat=True))
    ended = cases.exclude(outcome="").order_by().values_list("outcome", flat=True)
    return Funnel(
        since=since,
        computed_at=clock.now(),
        leads=sum(sources.values()),
        by_source=dict(sources),
        triaged=leads.filter(decided_by__isnull=False).count(),
        cases=cases.count(),
        outcomes=dict(Counter(ended)),
    )
