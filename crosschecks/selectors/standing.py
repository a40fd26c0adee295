"""Which readings open leads and cases stand on."""

from datetime import date, timedelta

from django.db.models import Q

from cases.choices import UNDECIDED, UNDER_WAY
from cases.models import Lead
from crosschecks.models import Finding
from grid.selectors import ALL_MONTHS

LOOKED_BACK = timedelta(days=112)  # a profile's window and the history before it


def months_needed() -> dict[str, str]:
    """By meter, the first month ("2023-04") that an undecided lead or a case under way needs.

    A finding needs what its first profile looked at; of a tip or a referral nobody knows which
    months it speaks of, so all are needed.
    """
    leads = Lead.objects.filter(Q(state__in=UNDECIDED) | Q(case__state__in=UNDER_WAY))
    rows = list(leads.values_list("key", "meter"))
    findings = {
        key: (meters, first)
        for key, meters, first in Finding.objects.filter(
            lead_key__in=[key for key, _meter in rows if key]
        ).values_list("lead_key", "meters", "first_seen")
    }
    needed: dict[str, str] = {}
    for key, meter in rows:
        meters, first = findings.get(key, ([], None))
        for code in {meter, *meters} - {""}:
            since = _month(first)
            needed[code] = min(needed.get(code, since), since)
    return needed


def _month(first_seen: date | None) -> str:
    return f"{first_seen - LOOKED_BACK:%Y-%m}" if first_seen else ALL_MONTHS
