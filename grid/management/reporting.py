"""What the grid's commands share: progress on stderr, one JSON object on stdout."""

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from tqdm import tqdm

CANNOT_RUN = 2


def bar(unit: str) -> Callable[[int, int], None]:
    """A progress bar on a terminal, told of done and total; silent elsewhere."""
    shown = tqdm(unit=unit, file=sys.stderr, disable=None, dynamic_ncols=True)

    def tell(done: int, total: int) -> None:
        shown.total = total
        shown.n = done
        shown.refresh()
        if done >= total:
            shown.clear()

    return tell


def stop(command: BaseCommand, line: str) -> NoReturn:
    """End with status 2 and one clear line."""
    command.stderr.write(line.splitlines()[0] if line else "could not run")
    sys.exit(CANNOT_RUN)


def answer(
    command: BaseCommand, *, as_json: bool, result: dict[str, Any], lines: list[str]
) -> None:
    """The result as one JSON object, or as lines for a person."""
    if as_json:
        command.stdout.write(json.dumps(result, ensure_ascii=False))
    else:
        command.stdout.write("\n".join(lines))
