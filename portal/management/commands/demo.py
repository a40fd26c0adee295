"""Loads the demo data, or prints who signs in with what."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.loading import Loaded, load
from portal.demo.people import sign_ins

COULD_NOT_RUN = 2


class Command(BaseCommand):
    """Exit status: 0 done or there already, 2 refused."""

    help = "Loads the demo data: invented, labelled, the same on the same day. Idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="only print a sign-in for each role"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo loads on the embedded database only, with DEMO=1: its passwords are "
                "printed, so it never enters a configured database.",
                returncode=COULD_NOT_RUN,
            )
        found = None if options["sign_ins"] else load(self._say)
        if options["json"]:
            self.stdout.write(json.dumps(_report(found), ensure_ascii=False))
        else:
            self._tell(found)

    def _say(self, stage: str) -> None:
        self.stderr.write(f"demo: {stage} …")

    def _tell(self, found: Loaded | None) -> None:
        if found is not None:
            counts = ", ".join(f"{name} {count}" for name, count in found.counts.items())
            done = "loaded" if found.fresh else "is there already"
            self.stdout.write(f"The demo {done} ({found.seconds} s): {counts}.")
        for row in sign_ins():
            self.stdout.write(f"{row['email']:<36} {row['password']}  {row['who']}")


def _report(found: Loaded | None) -> dict[str, Any]:
    report: dict[str, Any] = {"sign_ins": sign_ins()}
    if found is not None:
        report |= {"fresh": found.fresh, "counts": found.counts, "seconds": found.seconds}
    return report
