"""Makes the first two administrators; they invite everyone else."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from accounts.actions import create_first_admin
from common.errors import Refused

CANNOT_RUN = 2


class Command(BaseCommand):
    """Asks for the password, or takes it from ADMIN_PASSWORD; refuses when two exist."""

    help = "Makes one of the first two administrators."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *_args: Any, **options: Any) -> None:
        password = os.environ.get("ADMIN_PASSWORD") or getpass()
        try:
            validate_password(password)
            create_first_admin(
                email=options["email"], full_name=options["full_name"], password=password
            )
        except (ValidationError, Refused) as error:
            self.stderr.write(str(error))
            sys.exit(CANNOT_RUN)
