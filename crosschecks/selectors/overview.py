"""What the page of the checks shows of each check."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Value

from common import clock
from crosschecks.catalogue import CHECKS, Check
from crosschecks.models import CheckRun, CheckSetting, Finding
from crosschecks.querysets import RunQuerySet
from crosschecks.selectors.due import paused_checks
from crosschecks.selectors.precision import Precision, precision_by_check
from crosschecks.selectors.thresholds import InForce, thresholds_in_force
from crosschecks.wording import EVERY_WORDS


@dataclass(frozen=True)
class CheckCard:
    """One check today: set how, ran when, found what, and how often it was right."""

    check: Check
    every: str
    thresholds: list[InForce]
    pause: CheckSetting | None
    last_run: CheckRun | None
    live: int
    total: int
    precision: Precision


class Found(NamedTuple):
    """The findings of a check: live ones, all, and the keys of the leads that they became."""

    live: int
    total: int
    lead_keys: list[str]


NOTHING = Found(0, 0, [])


def check_cards(on: date | None = None) -> list[CheckCard]:
    """A card for every check in the catalogue; a handful of queries whatever their number."""
    thresholds = thresholds_in_force(CHECKS, on or clock.today())
    paused, counts = paused_checks(), _counts()
    precision = precision_by_check(
        {key: slug for slug, found in counts.items() for key in found.lead_keys}
    )
    last = {run.check_slug: run for run in latest_runs()}
    return [
        CheckCard(
            check=check,
            every=str(EVERY_WORDS[check.every]),
            thresholds=thresholds[check.slug],
            pause=paused.get(check.slug),
            last_run=last.get(check.slug),
            live=counts.get(check.slug, NOTHING).live,
            total=counts.get(check.slug, NOTHING).total,
            precision=precision.get(check.slug, Precision(0, 0, 0)),
        )
        for check in CHECKS
    ]


def latest_runs() -> RunQuerySet:
    """The newest run of each check."""
    runs: RunQuerySet = CheckRun.objects.select_related("asked_by")
    return runs.order_by("check_slug", "-pk").distinct("check_slug")


def _counts() -> dict[str, Found]:
    live = Count("pk", filter=Q(state__in=("open", "back")))
    keys = ArrayAgg("lead_key", filter=~Q(lead_key=""), default=Value([]))
    rows = Finding.objects.order_by().values_list("check_slug")
    return {
        slug: Found(*found)
        for slug, *found in rows.annotate(live=live, total=Count("pk"), keys=keys)
    }
