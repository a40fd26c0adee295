"""Checks the hash chain of the journal: exit status 1 and the faults if it is broken."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from journal.selectors import check_chain


class Command(BaseCommand):
    """Prints how many events there are and which of them do not fit."""

    help = "Checks the hash chain of the journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        count, broken = check_chain()
        if options["json"]:
            self.stdout.write(json.dumps({"events": count, "broken": broken}))
        else:
            self.stdout.write(f"{count} events, {len(broken)} faults")
            for fault in broken:
                self.stdout.write(f"event {fault['event']}: {fault['fault']}")
        if broken:
            sys.exit(1)
