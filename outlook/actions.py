"""Taking the picture of the day; writing a figure that two persons agreed on."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from cases.selectors import Funnel, funnel, suspected_by_region
from changes.guarded import Values, save_row
from common import clock
from common.regions import REGIONS
from journal.actions import record
from outlook.models import Picture
from registry.selectors import registered_by_region, registered_operators

A_YEAR = timedelta(days=365)


@transaction.atomic
def take_picture(now: datetime | None = None) -> Picture:
    """Reckons the day's picture from leads, cases and the registry, over the one before.

    Power in MW; suspected power as a range from the estimates of undecided leads and of
    cases under way. The journal keeps nothing of it: it can be reckoned again at any time.
    """
    now = now or clock.now()
    picture, _made = Picture.objects.update_or_create(
        day=clock.day_of(now),
        defaults={
            "taken_at": now,
            "regions": _regions(),
            "operators": registered_operators(),
            "path": _path(funnel(now - A_YEAR)),
        },
    )
    return picture


def _regions() -> dict[str, dict[str, Any]]:
    suspected, registered = suspected_by_region(), registered_by_region()
    rows: dict[str, dict[str, Any]] = {}
    for code in REGIONS:
        grey, white = suspected.get(code), registered.get(code)
        rows[code] = {
            "suspected_low": grey.kw_low / 1000 if grey else 0.0,
            "suspected_high": grey.kw_high / 1000 if grey else 0.0,
            "leads": grey.leads if grey else 0,
            "cases": grey.cases if grey else 0,
            "registered": white.mw if white else 0.0,
            "operators": white.operators if white else 0,
            "sites": white.sites if white else 0,
        }
    return rows


def _path(made: Funnel) -> dict[str, Any]:
    return {
        "since": made.since.isoformat(),
        "leads": made.leads,
        "by_source": made.by_source,
        "triaged": made.triaged,
        "cases": made.cases,
        "outcomes": made.outcomes,
    }


@transaction.atomic
def write_row(row: models.Model, values: Values, actor: Any) -> models.Model:
    """Writes approved values; a verified row whose content changes waits to be vouched for."""
    settled = {"verified": False, **values}
    written = save_row(row, settled, actor)
    facts = {name: str(value) for name, value in settled.items()}
    record("outlook.row.write", written, actor=actor, facts=facts)
    return written
