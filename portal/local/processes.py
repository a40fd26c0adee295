"""Processes of the operating system: started so that none outlives its parent, and found again."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from portal.local.places import CannotStart

PROC = Path("/proc")
NOBODY = 65534
PR_SET_PDEATHSIG = 1


def tethered(command: list[str]) -> list[str]:
    """The command, told to end (SIGINT) when its parent dies; unchanged where that is unknown."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", *command] if setpriv else command


def end_with_parent(sign: signal.Signals) -> None:
    """Ask the system to signal this process when its parent dies; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(sign))


# A user namespace leaves the files root's own. Where it is forbidden (most containers), drop to
# nobody but keep the right to reach the files, which may lie under a closed home folder.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
DROPPED = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
)


def unprivileged(files: Path) -> tuple[str, ...]:
    """What to put before a command that refuses to run as root; empty for an ordinary user.

    `files` are what the command works on: whoever made them must run it again, and gets them
    handed over where that is impossible. Raises CannotStart when root can do neither.
    """
    if os.geteuid() != 0:
        return ()
    dropped_before = files.exists() and files.stat().st_uid == NOBODY
    if not dropped_before and _works(NAMESPACE):
        return NAMESPACE
    if not _works(DROPPED):
        raise CannotStart(
            "PostgreSQL refuses to run as root, and root may not drop its rights here: "
            "run as an ordinary user, or set DATABASE_URL."
        )
    if files.exists() and not dropped_before:
        for file in (files, *files.rglob("*")):
            os.chown(file, NOBODY, NOBODY)
    return DROPPED


@cache
def _works(way: tuple[str, ...]) -> bool:
    if not shutil.which(way[0]):
        return False
    return subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0


def pids() -> list[int]:
    """All process ids; empty where there is no /proc."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*")]


def at_work_in(folder: Path) -> list[int]:
    """The processes whose working directory is `folder`: both servers change into their files'."""
    wanted = str(folder.resolve())
    return [pid for pid in pids() if _link(pid, "cwd") == wanted]


def marked(mark: str) -> list[int]:
    """The processes started with `mark` (NAME=value) in their environment."""
    wanted = mark.encode()
    own = os.getpid()
    return [p for p in pids() if p != own and wanted in _read(p, "environ").split(b"\0")]


def alive(pid: int) -> bool:
    """Whether the process exists and is not a zombie."""
    state = _read(pid, "stat").rpartition(b")")[2].split()
    return bool(state) and state[0] not in (b"Z", b"X")


def end_all(
    find: Callable[[], list[int]],
    steps: Iterable[tuple[signal.Signals, float]] = (
        (signal.SIGTERM, 5.0),
        (signal.SIGKILL, 2.0),
    ),
) -> None:
    """Signal what `find` finds, ever more firmly, until it finds none that lives."""
    for sign, seconds in steps:
        for pid in find():
            send(pid, sign)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not any(alive(pid) for pid in find()):
                return
            time.sleep(0.05)


def send(pid: int, sign: signal.Signals) -> None:
    """Signal a process that may have ended or may belong to someone else."""
    try:
        os.kill(pid, sign)
    except (ProcessLookupError, PermissionError):
        return


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""


def _link(pid: int, name: str) -> str:
    try:
        return str((PROC / str(pid) / name).readlink())
    except OSError:
        return ""
