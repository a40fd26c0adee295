"""Who runs the servers in these tests, and a command of theirs that uses them for a while."""

import atexit
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.local.processes import NOBODY, at_work_in
from portal.local.sharing import ROOT

USER_OF_SERVERS = """
import sys
from portal.local import servers
with servers(sys.argv[1]) as found:
    print(found.database_url, found.redis_url, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Person:
    """Somebody who runs Python here."""

    name: str
    uid: int
    python: str
    before: tuple[str, ...] = ()
    programs: str = os.environ["PATH"]

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start Python with the arguments, with the packages of this test run at hand."""
        packages = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
        return subprocess.Popen(
            [*self.before, self.python, *arguments],
            cwd="/",
            env={"PATH": self.programs, "PYTHONPATH": packages, "HOME": "/"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder of this person's, with a space in its path."""
        home = Path(tempfile.mkdtemp(prefix="portal test "))
        os.chown(home, self.uid, -1)
        try:
            yield home / "var"
        finally:
            within(10, lambda: not at_work(home / "var"))
            shutil.rmtree(home)


@dataclass
class Stay:
    """A command that uses the servers until it is told to leave."""

    command: "subprocess.Popen[str]"
    database_url: str
    redis_url: str

    @classmethod
    def begin(cls, person: Person, var_dir: Path) -> "Stay":
        """Start the command and wait until both servers answer."""
        command = person.start("-c", USER_OF_SERVERS, str(var_dir))
        line = command.stdout.readline() if command.stdout else ""
        return cls(command, *line.split())

    def leave(self) -> None:
        """End the ordinary way."""
        self.command.communicate(timeout=20)

    def die(self) -> None:
        """End by `kill -9`."""
        self.command.kill()
        self.command.communicate()


def people() -> list[Person]:
    """The person of this test run; when that is root, also one in a container and an ordinary user.

    The ordinary user is left out where no Python of this version is within their reach.
    """
    mine = Person("root" if os.getuid() == 0 else "ordinary user", os.getuid(), sys.executable)
    if os.getuid() != 0:
        return [mine]
    inside = Person("root in a container", 0, sys.executable, programs=_without_namespaces())
    found = [mine, inside]
    drop = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    same = (
        "import os, sys; sys.exit(not os.access(sys.executable, os.X_OK)"
        f" or sys.version_info[:2] != {sys.version_info[:2]})"
    )
    for python in (sys.executable, "/usr/bin/python3"):
        tried = subprocess.run([*drop, python, "-c", same], check=False, capture_output=True)
        if tried.returncode == 0:
            return [*found, Person("ordinary user", NOBODY, python, drop)]
    return found


@cache
def _without_namespaces() -> str:
    """A PATH without `unshare`, as in most containers, where it is forbidden."""
    folder = Path(tempfile.mkdtemp(prefix="portal-programs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("setpriv", "true"):
        (folder / name).symlink_to(shutil.which(name) or f"/usr/bin/{name}")
    return str(folder)


def at_work(var_dir: Path) -> list[int]:
    """The server processes of a VAR_DIR."""
    return at_work_in(var_dir / "postgres") + at_work_in(var_dir / "valkey")


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether `holds` becomes true in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
