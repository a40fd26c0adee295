"""`messages update|check|compile`: the words of the portal in Kazakh, Russian and English."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.messages import catalogues, checks
from portal.messages.sources import APPS, strings_of


class Command(BaseCommand):
    """Needs no system gettext: Babel extracts, checks and compiles."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["update", "check", "compile"])
        parser.add_argument("apps", nargs="*", help="apps; all when none is named")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        apps = tuple(options["apps"]) or APPS
        unknown = set(apps) - set(APPS)
        if unknown:
            self.stderr.write(f"No such app: {', '.join(sorted(unknown))}.")
            sys.exit(2)
        report = getattr(self, f"report_{options['act']}")(apps)
        lines = [json.dumps(report, ensure_ascii=False)] if options["json"] else report["lines"]
        for line in lines:
            self.stdout.write(line)
        if report.get("problems"):
            sys.exit(1)

    def report_update(self, apps: tuple[str, ...]) -> dict[str, Any]:
        """Extract; what is still to be translated is counted, not failed."""
        left: dict[str, int] = {}
        for app in apps:
            found = strings_of(app)
            for language in catalogues.LANGUAGES:
                known = catalogues.known_words(language, besides=app)
                left[f"{app}/{language}"] = catalogues.update(app, language, found, known)
        lines = [f"{where}: {count} to translate" for where, count in left.items() if count]
        return {"to_translate": left, "lines": lines or ["Nothing to translate."]}

    def report_check(self, apps: tuple[str, ...]) -> dict[str, Any]:
        """Every problem, one a line."""
        found = checks.problems(apps)
        return {"problems": found, "lines": found or ["The catalogues are complete."]}

    def report_compile(self, _apps: tuple[str, ...]) -> dict[str, Any]:
        """Write the .mo files that are older than their source."""
        written = [str(path) for path in catalogues.compile_all()]
        return {"written": written, "lines": [f"{len(written)} catalogues compiled."]}
