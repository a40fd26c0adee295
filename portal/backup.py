"""Backups: the database, uploaded files and the lake in one folder, each file with its hash."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connections

from common import clock
from portal.local.places import CannotStart
from portal.local.postgres import program

DUMP = "database.dump"
MANIFEST = "manifest.json"
FORMAT = 1
TABLES_THAT_TELL = ("accounts_user", "journal_event")
# One transaction: a restore that fails half way leaves the database as it was.
PRELUDE = """
SET lock_timeout = '15s';
SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""

Progress = Callable[[str], None]


class BackupProblem(RuntimeError):
    """A backup or restore cannot go on; the message says why, in one line."""


@dataclass(frozen=True)
class Store:
    """A folder of files that belongs to the portal's state."""

    name: str
    folder: Path


def stores() -> list[Store]:
    """The folders to back up; a lake in object storage has its own versions and is left there."""
    found = [Store("media", Path(settings.MEDIA_ROOT))]
    if "://" not in str(settings.LAKE_URL):
        found.append(Store("lake", Path(settings.LAKE_URL)))
    return found


def write_backup(target: Path, say: Progress) -> dict[str, Any]:
    """Write a backup into an empty or new folder; returns the manifest.

    Raises BackupProblem when the folder holds something or PostgreSQL's programs fail.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupProblem(f"{target} is not empty.")
    target.mkdir(parents=True, exist_ok=True)
    say("database")
    _postgres("pg_dump", "--format=custom", f"--file={target / DUMP}")
    for store in stores():
        say(store.name)
        if store.folder.exists():
            shutil.copytree(store.folder, target / store.name)
    say("hashes")
    files = {name: _digest(target / name) for name in _files(target)}
    manifest = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "bytes": sum((target / name).stat().st_size for name in files),
        "lake": str(settings.LAKE_URL) if "://" in str(settings.LAKE_URL) else "lake",
        "files": files,
    }
    # Written last: a folder without it is an unfinished backup and is not restored.
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def restore_backup(source: Path, say: Progress, *, force: bool) -> dict[str, Any]:
    """Put the state of a backup in place of the present one; returns the manifest.

    Raises BackupProblem when the backup is damaged or, without `force`, when something would be
    lost. Nothing is changed then.
    """
    manifest = read_manifest(source)
    if not force and (kept := _what_would_be_lost()):
        raise BackupProblem(f"Not empty: {', '.join(kept)}. --force replaces what is there.")
    fresh = [(store, _copied_beside(source, store, say)) for store in stores()]
    say("database")
    connections.close_all()
    _restore_database(source / DUMP)
    for store, copy in fresh:
        shutil.rmtree(store.folder, ignore_errors=True)
        copy.rename(store.folder)
    return manifest


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a whole and undamaged backup; raises BackupProblem naming what is wrong."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as problem:
        raise BackupProblem(f"{source} holds no finished backup.") from problem
    if manifest.get("format") != FORMAT:
        raise BackupProblem(f"Unknown backup format {manifest.get('format')}.")
    present = set(_files(source))
    wrong = [
        name
        for name, digest in manifest["files"].items()
        if name not in present or _digest(source / name) != digest
    ]
    if wrong:
        raise BackupProblem(f"Damaged or missing in {source}: {', '.join(sorted(wrong)[:5])}.")
    return manifest


def _what_would_be_lost() -> list[str]:
    found = [store.name for store in stores() if any(_files(store.folder))]
    with connections["owner"].cursor() as cursor:
        present = set(connections["owner"].introspection.table_names(cursor))
        for table in present.intersection(TABLES_THAT_TELL):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 -- a constant
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def _copied_beside(source: Path, store: Store, say: Progress) -> Path:
    say(store.name)
    beside = store.folder.with_name(f"{store.folder.name}.restored")
    shutil.rmtree(beside, ignore_errors=True)
    if (source / store.name).exists():
        shutil.copytree(source / store.name, beside)
    else:
        beside.mkdir(parents=True)
    return beside


def _restore_database(dump: Path) -> None:
    with TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        # By way of a file: through a pipe, a script cut short would be committed.
        script = Path(folder) / "restore.sql"
        _postgres("pg_restore", "--no-owner", f"--file={script}", str(dump))
        _postgres(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null"),
            *("--set=ON_ERROR_STOP=1", f"--command={PRELUDE}", f"--file={script}"),
        )


def _postgres(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the owner; raises BackupProblem with its last line."""
    try:
        command = [str(program(name)), *arguments]
    except CannotStart as problem:
        raise BackupProblem(str(problem)) from problem
    done = subprocess.run(  # noqa: S603 -- our own program and arguments
        command, env=os.environ | _connection(), capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise BackupProblem(f"{name}: {said[-1]}")


def _connection() -> dict[str, str]:
    """The owner's connection as libpq's variables: a password stays out of the process list."""
    owner = connections["owner"].settings_dict
    wanted = {
        "PGHOST": owner.get("HOST") or owner.get("OPTIONS", {}).get("host", ""),
        "PGPORT": str(owner.get("PORT") or ""),
        "PGUSER": owner["USER"],
        "PGPASSWORD": owner.get("PASSWORD") or "",
        "PGDATABASE": owner["NAME"],
        "PGSSLMODE": owner.get("OPTIONS", {}).get("sslmode", ""),
    }
    return {name: value for name, value in wanted.items() if value}


def _files(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != MANIFEST:
            yield file.relative_to(folder).as_posix()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
