"""A portal of its own for the tests that start, stop, back up and restore one."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portal.tests.prepared import copy_into, environment

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """A VAR_DIR, and commands run on it."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its commands find: no configured server, no demo."""
        return environment(self.folder)

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `manage.py` to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def report(self, *arguments: str) -> dict[str, Any]:
        """The JSON object that a command prints."""
        done = self.manage(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="session")
def home() -> Iterator[Home]:
    """A migrated portal without data, in a path with a space."""
    folder = Path(tempfile.mkdtemp(prefix="portal home "))
    made = Home(folder / "var")
    copy_into(made.folder)
    prepared = made.manage("prepare")
    assert prepared.returncode == 0, prepared.stderr
    yield made
    shutil.rmtree(folder)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
