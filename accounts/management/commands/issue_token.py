"""Prints an API token once."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions import issue_token
from accounts.models import User

CANNOT_RUN = 2


class Command(BaseCommand):
    """A token for a person, with an end; only its hash is kept."""

    help = "Prints a new API token of a person, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=90, help="days until it ends (90)")
        parser.add_argument("--read-only", action="store_true", help="it may only read")
        parser.add_argument("--label", default="", help="what it is for")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = User.objects.active().filter(email__iexact=options["email"]).first()
        if person is None or options["days"] < 1:
            problem = (
                f"no active person {options['email']}" if person is None else "--days: 1 or more"
            )
            self.stderr.write(problem)
            sys.exit(CANNOT_RUN)
        token = issue_token(
            user=person, actor=None, days=options["days"],
            read_only=options["read_only"], label=options["label"],
        )  # fmt: skip
        self.stdout.write(json.dumps({"token": token}) if options["json"] else token)
