"""Writes a backup of database, media and lake into a folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.backup import BackupProblem, write_backup

CANNOT_RUN = 2


class Command(BaseCommand):
    """Door to `portal.backup`."""

    help = "Writes a backup of database, media and lake into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("directory", type=Path, help="database, media and lake into DIR")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        try:
            manifest = write_backup(options["directory"], self.stderr.write)
        except (BackupProblem, OSError) as problem:
            raise CommandError(str(problem), returncode=CANNOT_RUN) from problem
        report = {name: manifest[name] for name in ("made_at", "bytes", "lake")}
        report |= {"directory": str(options["directory"]), "files": len(manifest["files"])}
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write("Written: {directory}, {files} files, {bytes} bytes".format(**report))
