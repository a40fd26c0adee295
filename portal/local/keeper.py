"""The process that owns the embedded servers: it lives as long as somebody uses them.

Users hold a shared lock on one file. The keeper asks for it exclusively twice a second; when it
gets it nobody is left, also when the last user was killed. A newcomer waits meanwhile.
"""

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING

from portal.local import postgres, valkey
from portal.local.locks import held_if_free
from portal.local.places import CannotStart, Places

if TYPE_CHECKING:
    import subprocess

READY = "ready"
START_SECONDS = 60.0
LOG_BYTES = 5_000_000


@dataclass
class Server:
    """One running server and how to treat it."""

    name: str
    start: Callable[[], "subprocess.Popen[bytes]"]
    answers: Callable[[], bool]
    stop: Callable[["subprocess.Popen[bytes]"], None]
    process: "subprocess.Popen[bytes] | None" = None

    def begin(self) -> None:
        """Start and return once it answers; raises CannotStart."""
        self.process = self.start()

    def await_answer(self) -> None:
        """Return once the server answers; raises CannotStart."""
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise CannotStart(f"{self.name} did not start")
            time.sleep(0.05)

    def end(self) -> None:
        """Stop, if it was started."""
        if self.process is not None:
            self.stop(self.process)


def keep(places: Places, log: IO[bytes]) -> None:
    """Start both servers, say so, and stop them when nobody uses them any more."""
    both = [
        Server(
            "Valkey",
            lambda: valkey.start(places, log),
            lambda: valkey.answers(places),
            valkey.stop,
        ),
        Server(
            "PostgreSQL",
            lambda: postgres.start(places, log),
            lambda: postgres.answers(places),
            postgres.stop,
        ),
    ]
    try:
        for server in both:
            server.begin()
        for server in both:
            server.await_answer()
        postgres.furnish(places)
        _say(READY)
        while not _deserted(places, both):
            time.sleep(0.5)
    finally:
        for server in both:
            server.end()


def _deserted(places: Places, both: list[Server]) -> bool:
    """Stop the servers if nobody uses them, and keep newcomers waiting while they stop."""
    for server in both:
        if server.process is not None and server.process.poll() is not None:
            server.begin()  # someone killed it; those who use it may go on
    if not places.lock("users").exists():
        return True  # the whole folder was removed
    with held_if_free(places.lock("users")) as alone:
        if alone:
            for server in both:
                server.end()
        return alone


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main(var_dir: str) -> int:
    """Keep the servers of a VAR_DIR; one line on standard output says how it went."""
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, _leave)
    places = Places.of(Path(var_dir))
    mode = "ab" if places.log.exists() and places.log.stat().st_size < LOG_BYTES else "wb"
    with held_if_free(places.lock("keeper")) as free, places.log.open(mode) as log:
        if not free:
            _say(READY)
            return 0
        try:
            keep(places, log)
        except CannotStart as problem:
            _say(str(problem))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
