"""Brings the database and the served files up to date before the portal starts."""

import hashlib
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from portal import heartbeats


class Command(BaseCommand):
    """Migrate as the owner, create missing schedule rows, collect files, load the demo if due."""

    help = "Migrate, schedule, collect served files and, on an empty local database, load the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--no-static", action="store_true", help="leave the served files alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all that is due, nothing twice."""
        heartbeats.forget()
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        call_command("ensure_schedule", verbosity=0)
        if not options["no_static"]:
            collect_served_files()
        if settings.DEMO and not get_user_model().objects.exists():
            self.stderr.write("Loading the demo data …")
            call_command("demo", stdout=StringIO())  # whoever starts the portal prints the sign-ins


def collect_served_files() -> None:
    """Collect static files unless nothing changed since the last time."""
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    state = _state_of(Path(settings.BASE_DIR), Path(settings.BASE_DIR) / "static")
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _state_of(root: Path, folder: Path) -> str:
    """A digest of names, sizes and times; the requirements stand for the packages' own files."""
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    for file in sorted(folder.rglob("*")):
        found = file.stat()
        digest.update(f"{file}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
