"""Writes an example of the registrations file, to be filled in or tried out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake.selectors.samples import sample
from registry.choices import REGISTRATIONS_FILE

COULD_NOT_RUN = 2


class Command(BaseCommand):
    """The form follows from the name: .csv or .xlsx."""

    help = "Writes an example of the file that import_registry takes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        try:
            path.write_bytes(sample(REGISTRATIONS_FILE, path.suffix.lower().lstrip(".")))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=COULD_NOT_RUN) from error
        self.stdout.write(str(path))
