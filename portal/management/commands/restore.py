"""Puts a backup in place of the present state."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.backup import BackupProblem, restore_backup

CANNOT_RUN = 2


class Command(BaseCommand):
    """Door to `portal.backup`."""

    help = "Puts a backup in place of the present state."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "directory", type=Path, help="replace the present state by the backup in DIR"
        )
        parser.add_argument("--force", action="store_true", help="replace what is there")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        try:
            manifest = restore_backup(
                options["directory"], self.stderr.write, force=options["force"]
            )
        except (BackupProblem, OSError) as problem:
            raise CommandError(str(problem), returncode=CANNOT_RUN) from problem
        report = {name: manifest[name] for name in ("made_at", "bytes", "lake")}
        report |= {"directory": str(options["directory"]), "files": len(manifest["files"])}
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(
                "Restored: {directory}, {files} files, {bytes} bytes".format(**report)
            )
