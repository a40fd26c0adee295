#!/usr/bin/env python
"""Django's command line; the embedded servers run while a command needs them."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.core.management import execute_from_command_line

from portal.local import CannotStart, embedded, servers

# Commands that ask no database; every other one has the servers at hand.
SELF_CONTAINED = {
    *("help", "version", "--help", "-h", "--version", "startapp", "makemessages"),
    *("compilemessages", "messages", "spectacular", "profile_readings", "collectstatic"),
    *("diffsettings", "findstatic"),
}
SELF_CONTAINED_OPTIONS = {("match", "--pairs"), ("match", "--against")}
CANNOT_RUN = 2


def needs_servers(arguments: list[str]) -> bool:
    """Whether this command line asks for the database or the queue."""
    name = arguments[0] if arguments else "help"
    asks_help = {"--help", "-h"} & set(arguments)
    given = {argument.partition("=")[0] for argument in arguments}
    alone = any((name, option) in SELF_CONTAINED_OPTIONS for option in given)
    return not (name in SELF_CONTAINED or asks_help or alone)


def main() -> None:
    """Run one command; start the embedded servers first when none is configured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    ours = embedded() and needs_servers(sys.argv[1:])
    var_dir = os.environ.get("VAR_DIR") or Path(__file__).resolve().parent / "var"
    around: AbstractContextManager[object] = servers(var_dir) if ours else nullcontext()
    try:
        with around:
            execute_from_command_line(sys.argv)
    except CannotStart as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(CANNOT_RUN)


if __name__ == "__main__":
    main()
