"""A migrated portal without data, made once a run and copied: migrating takes a minute."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from portal.local import servers

ROOT = Path(__file__).resolve().parents[2]
CONFIGURED = ("DATABASE_URL", "REDIS_URL", "LAKE_URL", "PYTEST_CURRENT_TEST")
STOP_SECONDS = 30.0


def environment(var_dir: Path) -> dict[str, str]:
    """What a portal's commands find: its folder, no configured server, no demo."""
    plain = {name: value for name, value in os.environ.items() if name not in CONFIGURED}
    own = {"VAR_DIR": str(var_dir), "DEMO": "0", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return plain | own


def copy_into(var_dir: Path) -> None:
    """The migrated database and the queue as files of another VAR_DIR, whose servers rest."""
    var_dir.mkdir(parents=True, exist_ok=True)
    for name in ("postgres", "valkey"):
        shutil.rmtree(var_dir / name, ignore_errors=True)
        # The server's files belong to who may run it, and keep that owner.
        subprocess.run(["cp", "-a", str(_made() / name), str(var_dir / name)], check=True)


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="portal prepared "))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with servers(folder):
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare", "--no-static"], cwd=ROOT,
            env=environment(folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    until = time.monotonic() + STOP_SECONDS
    while (folder / "postgres" / "postmaster.pid").exists():
        assert time.monotonic() < until, "The prepared database did not stop."
        time.sleep(0.1)
    return folder
