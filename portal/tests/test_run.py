"""`make run`: ready, stopped by Ctrl-C, and nothing left behind even after `kill -9`."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.local.probe import ask
from portal.local.processes import marked
from portal.local.tests.people import within
from portal.tests.conftest import ROOT, Home

pytestmark = pytest.mark.processes

RUN = [sys.executable, "-m", "portal.local.run"]
READY_SECONDS = 90
STOP_SECONDS = 15


@contextmanager
def running(home: Home, port: int, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A run that is ready; whatever the test does, it is ended afterwards."""
    with log.open("wb") as out:
        run = subprocess.Popen(
            RUN, cwd=ROOT, env=home.environment | {"PORT": str(port)}, stdout=out, stderr=out
        )
    try:
        ready = within(READY_SECONDS, lambda: run.poll() is not None or b"is ready" in read(log))
        assert ready, log.read_text()
        assert run.poll() is None, log.read_text()
        yield run
    finally:
        run.terminate()
        run.wait(30)


def read(log: Path) -> bytes:
    return log.read_bytes()


def processes_of(home: Home) -> list[int]:
    return marked(f"VAR_DIR={home.folder}")


def try_to_run(home: Home, port: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        RUN,
        cwd=ROOT,
        env=home.environment | {"PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_ctrl_c_stops_everything_in_time(home: Home, free_port: int, tmp_path: Path) -> None:
    with running(home, free_port, tmp_path / "log") as run:
        assert ask(f"http://127.0.0.1:{free_port}").good("database", "broker", "worker", "beat")
        second = try_to_run(home, free_port + 1)
        assert second.returncode == 1
        assert "already runs from" in second.stderr
        began = time.monotonic()
        run.send_signal(signal.SIGINT)
        assert run.wait(STOP_SECONDS) == 0
        assert within(STOP_SECONDS - (time.monotonic() - began), lambda: not processes_of(home))


def test_a_killed_run_leaves_no_process_behind(home: Home, free_port: int, tmp_path: Path) -> None:
    with running(home, free_port, tmp_path / "log") as run:
        run.kill()
        run.wait()
        assert within(STOP_SECONDS, lambda: not processes_of(home))


def test_a_taken_port_is_said_with_what_to_type(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = try_to_run(home, port)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {port} cannot be used (Address already in use).")
    assert f"PORT={port + 1} make run" in refused.stderr


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_a_port_that_is_none_is_refused(home: Home, port: str) -> None:
    refused = subprocess.run(
        RUN,
        cwd=ROOT,
        env=home.environment | {"PORT": port},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert refused.returncode == 1
    assert f"not '{port}'" in refused.stderr
