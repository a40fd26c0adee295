"""Using the embedded servers: several commands share them, the last one out stops them."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path

from portal.local.keeper import READY
from portal.local.locks import held, held_if_free
from portal.local.places import Addresses, CannotStart, Places, addresses

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def servers(var_dir: Path | str) -> Iterator[Addresses]:
    """Have both servers running inside the block.

    Raises CannotStart with the reason and the place of the log.
    """
    places = Places.of(var_dir)
    places.prepare()
    keeper = None
    try:
        with held(places.lock("users"), shared=True):
            with held(places.lock("start")):
                if not running(var_dir):
                    keeper = _start_keeper(places)
            yield addresses(var_dir)
    finally:
        if keeper:
            _await_end(places, keeper)


def running(var_dir: Path | str) -> bool:
    """Whether a keeper holds this VAR_DIR's servers."""
    lock = Places.of(var_dir).lock("keeper")
    if not lock.exists():
        return False
    with held_if_free(lock) as free:
        return not free


def _start_keeper(places: Places) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C in the terminal is for the users, who leave one by one.
    with places.log.open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "portal.local.keeper", str(places.var)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    with keeper.stdout or nullcontext(BytesIO()) as answer:
        line = answer.readline().decode().strip()
    if line != READY:
        keeper.wait()
        raise CannotStart(f"{line or 'The embedded servers did not start'}; see {places.log}")
    return keeper


def _await_end(places: Places, keeper: "subprocess.Popen[bytes]") -> None:
    """Return when the keeper has stopped both servers, or at once when others use them."""
    while keeper.poll() is None and not _shared(places):
        time.sleep(0.05)


def _shared(places: Places) -> bool:
    """Whether others use the servers: the lock is held, and not by the keeper alone."""
    users = places.lock("users")
    with held_if_free(users) as alone:
        if alone:
            return False
    with held_if_free(users, shared=True) as joined:
        return joined
