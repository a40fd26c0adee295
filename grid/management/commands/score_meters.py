"""The load-profile score of every meter: `score_meters OUT.csv [--from DATE] [--to DATE]`."""

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Max, Min

from grid.formats.scores import write_scores
from grid.management.reporting import answer, bar, stop
from grid.models import FeedDay
from grid.profiles.profile import Profile
from grid.selectors.scores import scores_between
from grid.wording import describe_reason


class Command(BaseCommand):
    """Exit status: 0 done, 2 could not run."""

    help = "Writes the load-profile score of every meter in the lake."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("output", type=Path, metavar="OUT.csv")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Score what lies between the days; all there is without them."""
        there = FeedDay.objects.aggregate(first=Min("day"), last=Max("day"))
        if there["first"] is None:
            stop(self, "there are no readings yet; bring some in with import_readings")
        first, last = options["first"] or there["first"], options["last"] or there["last"]
        if first > last:
            stop(self, f"--from {first} lies after --to {last}")
        try:
            meters = write_scores(
                options["output"], scores_between(first, last, bar("meters")), _words
            )
        except OSError as error:
            stop(self, str(error))
        result = {"meters": meters, "from": first.isoformat(), "to": last.isoformat()}
        days = (last - first) // timedelta(days=1) + 1
        answer(
            self, as_json=options["json"], result=result, lines=[f"{meters} meters, {days} days"]
        )


def _words(found: Profile) -> list[str]:
    return [describe_reason(reason.code, reason.params) for reason in found.reasons]
