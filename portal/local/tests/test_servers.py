"""The embedded servers: who may run them, who shares them, and what they survive."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from portal.local.places import CannotStart, Places, addresses
from portal.local.processes import PROC, pids, send
from portal.local.sharing import servers
from portal.local.tests.people import Person, Stay, at_work, people, within

pytestmark = pytest.mark.processes


@pytest.fixture(params=people(), ids=lambda person: f"as {person.name}")
def person(request: pytest.FixtureRequest) -> Person:
    who: Person = request.param
    return who


@pytest.fixture
def var_dir(person: Person) -> Iterator[Path]:
    with person.folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def me() -> Person:
    return people()[0]


@pytest.fixture(scope="module")
def my_dir(me: Person) -> Iterator[Path]:
    """One folder for all tests that leave it as they found it: making one takes a second."""
    with me.folder() as folder:
        yield folder


def keepers(var_dir: Path) -> list[int]:
    wanted = str(var_dir).encode()
    return [p for p in pids() if b"portal.local.keeper" in (line := command(p)) and wanted in line]


def command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def ask(stay: Stay, query: str) -> object:
    with psycopg.connect(stay.database_url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_both_servers_answer_and_leave_with_their_last_user(person: Person, var_dir: Path) -> None:
    stay = Stay.begin(person, var_dir)
    assert ask(stay, "SELECT current_user") == "portal_app"
    with redis.Redis.from_url(stay.redis_url) as queue:
        assert queue.ping()
        assert queue.config_get("port") == {"port": "0"}
    assert ask(stay, "SHOW listen_addresses") == ""
    stay.leave()
    assert at_work(var_dir) == []
    assert keepers(var_dir) == []


def test_everything_may_be_killed_at_once(person: Person, var_dir: Path) -> None:
    stay = Stay.begin(person, var_dir)
    with psycopg.connect(stay.database_url.replace("portal_app", "portal_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.execute("GRANT SELECT ON kept TO portal_app")
    stay.command.kill()
    for pid in keepers(var_dir) + at_work(var_dir):
        send(pid, signal.SIGKILL)
    stay.die()
    again = Stay.begin(person, var_dir)
    assert ask(again, "SELECT number FROM kept") == 7
    again.leave()
    assert at_work(var_dir) == []


def test_a_killed_user_leaves_the_servers_to_the_others(me: Person, my_dir: Path) -> None:
    first = Stay.begin(me, my_dir)
    second = Stay.begin(me, my_dir)
    assert len(keepers(my_dir)) == 1
    first.die()
    assert ask(second, "SELECT 1") == 1
    second.command.kill()
    assert within(10, lambda: not at_work(my_dir) and not keepers(my_dir))
    second.die()


def test_servers_end_when_their_keeper_is_killed(me: Person, my_dir: Path) -> None:
    stay = Stay.begin(me, my_dir)
    for pid in keepers(my_dir):
        send(pid, signal.SIGKILL)
    assert within(10, lambda: not at_work(my_dir))
    again = Stay.begin(me, my_dir)
    assert ask(again, "SELECT 1") == 1
    stay.die()
    again.leave()


def test_a_killed_server_is_started_again(me: Person, my_dir: Path) -> None:
    stay = Stay.begin(me, my_dir)
    for pid in at_work(my_dir):
        send(pid, signal.SIGKILL)

    def answers() -> bool:
        try:
            return ask(stay, "SELECT 1") == 1
        except psycopg.OperationalError:
            return False

    assert within(10, answers)
    stay.leave()
    assert at_work(my_dir) == []


def test_files_of_one_way_are_taken_over_by_the_other(my_dir: Path) -> None:
    for who in (*people(), people()[0]):
        if who.uid == os.getuid():
            stay = Stay.begin(who, my_dir)
            assert ask(stay, "SELECT 1") == 1
            stay.leave()


def test_a_lock_file_with_the_number_of_another_process_is_no_obstacle(
    me: Person, my_dir: Path
) -> None:
    Stay.begin(me, my_dir).leave()
    (my_dir / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{my_dir}\n")
    stay = Stay.begin(me, my_dir)
    assert ask(stay, "SELECT 1") == 1
    stay.leave()


def test_the_application_role_has_no_rights_beyond_its_tables(me: Person, my_dir: Path) -> None:
    stay = Stay.begin(me, my_dir)
    rights = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole"
    for role in ("portal_app", "portal_owner"):
        query = f"SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '{role}'"  # noqa: S608 - names of ours
        assert ask(stay, query) is False
    query = f"SELECT {rights} FROM pg_roles WHERE rolname = 'portal_app'"  # noqa: S608 - names of ours
    assert ask(stay, query) is False
    assert ask(stay, "SELECT array_length(show_trgm('қазақ'), 1)") == 6
    assert ask(stay, "SELECT lower('ҚАЗАҚ')") == "қазақ"
    stay.leave()


def test_a_socket_folder_that_others_can_reach_is_refused(tmp_path: Path) -> None:
    places = Places.of(tmp_path)
    places.sockets.mkdir(mode=0o777)
    places.sockets.chmod(0o777)
    with pytest.raises(CannotStart, match="not a private folder"), servers(tmp_path):
        pass
    places.sockets.rmdir()


def test_addresses_need_no_running_server_and_follow_from_the_folder(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 200)
    assert addresses(long) == addresses(long)
    assert addresses(long) != addresses(tmp_path)
    assert len(str(Places.of(long).sockets / ".s.PGSQL.5432")) < 100


def test_programs_that_need_no_server_start_none(me: Person, tmp_path: Path) -> None:
    environment = os.environ | {"VAR_DIR": str(tmp_path)}
    said = subprocess.run(
        [me.python, "manage.py", "--version"],
        cwd=Path(__file__).resolve().parents[3],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("5.2")
    assert not (tmp_path / "postgres").exists()
