"""What the page of the checks shows of each check."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

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


def check_cards(on: date | None = None) -> list[CheckCard]:
    """A card for every check in the catalogue; a handful of queries whatever their number."""
    thresholds = thresholds_in_force(CHECKS, on or clock.today())
    paused, precision = paused_checks(), precision_by_check()
    last = {run.check_slug: run for run in latest_runs()}
    counts = _counts()
    return [
        CheckCard(
            check=check,
            every=str(EVERY_WORDS[check.every]),
            thresholds=thresholds[check.slug],
            pause=paused.get(check.slug),
            last_run=last.get(check.slug),
            live=counts.get(check.slug, (0, 0))[0],
            total=counts.get(check.slug, (0, 0))[1],
            precision=precision.get(check.slug, Precision(0, 0, 0)),
        )
        for check in CHECKS
    ]


def latest_runs() -> RunQuerySet:
    """The newest run of each check."""
    runs: RunQuerySet = CheckRun.objects.select_related("asked_by")
    return runs.order_by("check_slug", "-pk").distinct("check_slug")


def _counts() -> dict[str, tuple[int, int]]:
    live = Count("pk", filter=Q(state__in=("open", "back")))
    rows = (
        Finding.objects.order_by().values_list("check_slug").annotate(live=live, total=Count("pk"))
    )
    return {slug: (live, total) for slug, live, total in rows}
