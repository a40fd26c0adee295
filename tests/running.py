"""The portal as its users meet it: the real processes, started and stopped as `make run` does."""
# ruff: noqa: S603, S310 - starting processes of ours and calling addresses of ours is its purpose

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg

from portal.local import addresses, servers
from portal.tests.prepared import copy_into, environment

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120.0
STOP_SECONDS = 25.0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Portal:
    """One portal in its own VAR_DIR, on its own port; `log` has what its processes say."""

    var_dir: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.var_dir / "run.log"

    @property
    def environment(self) -> dict[str, str]:
        """That of a person at a shell: nothing of this test run's own settings."""
        return environment(self.var_dir) | {"PORT": str(self.port)}

    def start(self) -> None:
        """Begin and return when it says that it is ready; fails with the end of its log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.local.run"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        process = self.process
        wait_for(
            lambda: process.poll() is not None or self._ready(),
            "the portal is ready",
            seconds=START_SECONDS,
            told=self.last_lines,
        )
        assert process.poll() is None, f"The portal ended while starting:\n{self.last_lines()}"

    def _ready(self) -> bool:
        try:
            return self.get("/health/ready", timeout=3).status == 200
        except OSError:
            return False

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_SECONDS)

    def manage(
        self, *arguments: str, ok: tuple[int, ...] = (0,), more: Mapping[str, str] | None = None
    ) -> str:
        """Run one management command; returns its standard output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | dict(more or {}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in ok, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def manage_json(self, *arguments: str, ok: tuple[int, ...] = (0,)) -> Any:
        """The same with --json, read."""
        return json.loads(self.manage(*arguments, "--json", ok=ok))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the portal's database, as the application's role."""
        with psycopg.connect(addresses(self.var_dir).database_url, autocommit=True) as connection:
            answer = connection.execute(query.encode(), values or None)
            return answer.fetchall() if answer.description else []

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - a name of ours

    def get(self, path: str, *, token: str = "", timeout: float = 20) -> "Answer":
        headers = {"Authorization": f"Token {token}"} if token else {}
        return ask(Request(self.url + path, headers=headers), timeout)

    def post(self, path: str, body: bytes, *, token: str, **headers: str) -> "Answer":
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(
            self.url + path, body, {"Authorization": f"Token {token}", **named}, method="POST"
        )
        return ask(request, 60)

    def last_lines(self, n: int = 40) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-n:])


@dataclass(frozen=True)
class Answer:
    """What came back of one HTTP call."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(request: Request, timeout: float) -> Answer:
    """Call without raising for a status of 400 and more."""
    try:
        with urlopen(request, timeout=timeout) as response:
            return Answer(response.status, response.read(), dict(response.headers))
    except HTTPError as refused:
        return Answer(refused.code, refused.read(), dict(refused.headers))


def multipart(
    fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
) -> tuple[bytes, str]:
    """A form with files as bytes, and its content type."""
    mark = "----of-the-road"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file_name, content) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"'
        parts.append(
            f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
        )
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def wait_for(
    holds: Callable[[], Any],
    what: str,
    *,
    seconds: float = 60,
    every: float = 0.1,
    told: Callable[[], object] = lambda: "",
) -> Any:
    """Ask until the answer is true and return it; fails saying `what` did not come."""
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, f"Not within {seconds:.0f} s: {what}\n{told()}"
        time.sleep(every)
    return found


def staged(portal: Portal, seconds: int) -> None:
    """Put the cast into the portal's database; beat's rows run every few seconds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stage", str(seconds)],
        cwd=ROOT,
        env=portal.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def portal_in(var_dir: Path) -> Iterator[Portal]:
    """A prepared portal whose database and queue run; `start` starts its processes."""
    copy_into(var_dir)
    portal = Portal(var_dir)
    with servers(var_dir):
        try:
            yield portal
        finally:
            portal.stop()
