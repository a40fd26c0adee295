"""Lists the checks there are, with the thresholds in force today."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from common import clock
from crosschecks.catalogue import CHECKS
from crosschecks.selectors.due import paused_checks
from crosschecks.selectors.thresholds import thresholds_in_force


class Command(BaseCommand):
    help = "Name, schedule, thresholds in force and what each check looks for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *_args: str, **options: Any) -> None:
        in_force, paused = thresholds_in_force(CHECKS, clock.today()), paused_checks()
        rows = [
            {
                "name": check.slug,
                "title": str(check.title),
                "every": check.every,
                "paused": check.slug in paused,
                "thresholds": [asdict(row) for row in in_force[check.slug]],
                "looks_for": str(check.looks_for),
            }
            for check in CHECKS
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"checks": rows}, cls=DjangoJSONEncoder))
            return
        for row in rows:
            self._tell(row)

    def _tell(self, row: dict[str, Any]) -> None:
        paused = " (paused)" if row["paused"] else ""
        self.stdout.write(f"{row['name']}  every {row['every']}{paused}")
        self.stdout.write(f"    {row['looks_for']}")
        for value in row["thresholds"]:
            mark = "verified" if value["verified"] else "not verified"
            since = f"from {value['valid_from']:%Y-%m-%d}"
            self.stdout.write(f"    {value['name']} = {value['value']:g} ({mark}, {since})")
