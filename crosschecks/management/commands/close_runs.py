"""Closes running checks as interrupted; the supervisor calls it when the portal stops."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from crosschecks import actions


class Command(BaseCommand):
    help = "Closes every running check as interrupted. They run again on the next start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", default="stopped", help="a code or a sentence")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *_args: str, **options: Any) -> None:
        closed = actions.close_runs(why=options["reason"])
        if options["json"]:
            self.stdout.write(json.dumps({"closed": closed}))
        elif closed:
            self.stdout.write(f"{closed} running checks closed as interrupted.")
