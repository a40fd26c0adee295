"""Writes docs/checks.md from the catalogue, or says that it is out of date."""

import inspect
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from crosschecks.catalogue import CHECKS, Check

HEAD = """# The checks

Made by `manage.py describe_checks` from `crosschecks/checks/`; edit the checks, not this file.
The thresholds are the starting values in code. Those in force are dated rows: `/checks/`,
`manage.py list_checks`.
"""


class Command(BaseCommand):
    help = "Writes docs/checks.md; with --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if the file is not current")

    def handle(self, *_args: str, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "checks.md"
        text = describe()
        if options["check"]:
            if not path.exists() or path.read_text() != text:
                raise CommandError("docs/checks.md is not current: run manage.py describe_checks")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def describe() -> str:
    """The page, in English whatever the reader's language."""
    with translation.override("en"):
        return "\n".join([HEAD, *(_section(check) for check in CHECKS)])


def _section(check: Check) -> str:
    values = "\n".join(
        f"| `{name}` | {check.names.get(name, name)} | {value:g} |"
        for name, value in check.thresholds.items()
    )
    return (
        f"## {check.slug}\n\n**{check.title}.** Every {check.every}.\n\n{check.looks_for}\n\n"
        f"{inspect.getdoc(check.find)}\n\n"
        f"| threshold | meaning | starting value |\n|---|---|---|\n{values}\n"
    )
