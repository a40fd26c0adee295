"""What `make run` does: servers, database, then web, worker and beat until Ctrl-C."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType

from portal.local.guard import MARK
from portal.local.locks import held_if_free
from portal.local.places import CannotStart, Places, embedded
from portal.local.probe import ask
from portal.local.processes import end_all, end_with_parent, marked
from portal.local.sharing import servers

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120.0
STOP_SECONDS = 9.0
PORTS = 65536
NO = {"0", "false", "no", "off", "n", "f", ""}


class Stopped(BaseException):
    """The person, or the machine, asked the run to end."""


def main() -> int:
    """Run until stopped; exit status 0 after Ctrl-C, 1 when something ended by itself."""
    places = Places.of(os.environ.get("VAR_DIR") or ROOT / "var")
    places.prepare()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _raise_stopped)
    end_with_parent(signal.SIGTERM)  # `make` may be killed, too
    local = embedded()
    around: AbstractContextManager[object] = servers(places.var) if local else nullcontext()
    try:
        with held_if_free(places.lock("run")) as free:
            if not free:
                raise CannotStart(f"The portal already runs from {places.var}.")
            port = _free_port()
            with around, _swept() as environment:
                return _run(port, environment, local=local)
    except Stopped:
        _say("Stopped.")
        return 0
    except CannotStart as problem:
        _say(str(problem), error=True)
        return 1


def _run(port: int, environment: dict[str, str], *, local: bool) -> int:
    """Prepare the database, start the three processes and wait for their end."""
    _manage(environment, "prepare")
    run = subprocess.Popen(
        [sys.executable, "-m", "honcho", "start", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        start_new_session=True,  # Ctrl-C comes to this process alone, which stops in order
    )
    try:
        _await_ready(port, run)
        if local and environment.get("DEMO", "1").lower() not in NO:
            _say("")
            _manage(environment, "demo", "--sign-ins", check=False)
        _say(f"\nThe portal is ready: http://127.0.0.1:{port}/ (Ctrl-C stops it)\n")
        return run.wait() or 1
    finally:
        _ignore_signals()
        _say("Stopping …")
        _stop(run)
        end_all(lambda: marked(f"{MARK}={environment[MARK]}"))
        _manage(environment, "close_runs", check=False)


def _free_port() -> int:
    """PORT, if nobody listens there; raises CannotStart with what to type."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < PORTS:
        raise CannotStart(f"PORT must be a number from 1 to {PORTS - 1}, not {wanted!r}.")
    port = int(wanted)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", "127.0.0.1"), port))
        except OSError as problem:
            raise CannotStart(
                f"Port {port} cannot be used ({problem.strerror}). "
                f"Free it or choose another: PORT={port + 1} make run"
            ) from problem
    return port


@contextmanager
def _swept() -> Iterator[dict[str, str]]:
    """An environment that marks every process of this run, and a guard that ends them all."""
    mark = secrets.token_hex(8)
    scripts = Path(sys.executable).parent
    environment = os.environ | {
        MARK: mark,
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),  # the sign-ins stay in sight
    }
    guard = subprocess.Popen(
        [sys.executable, "-m", "portal.local.guard", mark],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield environment
    finally:
        guard.communicate()  # closes the pipe, which lets it sweep what is left


def _manage(environment: dict[str, str], *arguments: str, check: bool = True) -> None:
    command = [sys.executable, "manage.py", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            status = process.wait()
        except Stopped:
            process.terminate()
            raise
    if status and check:
        raise CannotStart(f"`manage.py {' '.join(arguments)}` ended with status {status}.")


def _await_ready(port: int, run: "subprocess.Popen[bytes]") -> None:
    """Return when every part answers; raises CannotStart naming those that do not."""
    until = time.monotonic() + READY_SECONDS
    while True:
        answer = ask(f"http://127.0.0.1:{port}")
        if answer.good():
            return
        if run.poll() is not None:
            raise CannotStart("A process ended during the start; its last lines are above.")
        if time.monotonic() > until:
            raise CannotStart(f"Not ready after {READY_SECONDS:.0f} s: {answer.said}")
        time.sleep(0.3)


def _stop(run: "subprocess.Popen[bytes]") -> None:
    run.terminate()
    try:
        run.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        run.kill()


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    """From here on the run ends by itself within seconds; more signals would only leave a mess."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


def _say(line: str, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    try:
        stream.write(line + "\n")
        stream.flush()
    except OSError:
        return  # the terminal is gone; stopping goes on


if __name__ == "__main__":
    sys.exit(main())
