"""A backup holds everything that a restore needs, and a restore loses nothing unasked."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.local import servers
from portal.local.places import Addresses
from portal.tests.conftest import Home

pytestmark = pytest.mark.processes

ADD_PERSON = "from accounts.models import User; User.objects.create_user('{}', full_name='Kept')"
# What guards the tables: a restore without it would still look right.
GUARDS = """
SELECT string_agg(guard, E'\\n' ORDER BY guard) FROM (
  SELECT c.relname || ' ' || t.tgname || ' ' || coalesce(obj_description(t.oid), '') AS guard
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT table_name || ' ' || grantee || ' ' || privilege_type
    FROM information_schema.role_table_grants WHERE grantee = 'portal_app'
  UNION ALL
  SELECT extname::text FROM pg_extension
) AS guards
"""


@pytest.fixture
def running(home: Home) -> Iterator[Addresses]:
    with servers(home.folder) as found:
        yield found


def ask(addresses: Addresses, query: str) -> object:
    with psycopg.connect(addresses.owner_url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def people(addresses: Addresses) -> object:
    return ask(addresses, "SELECT array_agg(email ORDER BY email) FROM accounts_user")


def files(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): file.read_text()
        for store in ("media", "lake")
        for file in (folder / store).rglob("*")
        if file.is_file()
    }


def test_a_backup_brings_back_people_files_and_guards(
    home: Home, running: Addresses, tmp_path: Path
) -> None:
    home.manage("shell", "-c", ADD_PERSON.format("first@example.kz"))
    for name in ("media/evidence/photo.txt", "lake/month=2026-01/part.parquet"):
        (home.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (home.folder / name).write_text(f"content of {name}")
    before = people(running), files(home.folder), ask(running, GUARDS)
    written = home.report("backup", str(tmp_path / "a b"))
    assert written["files"] == 3

    home.manage("shell", "-c", ADD_PERSON.format("second@example.kz"))
    (home.folder / "media/evidence/photo.txt").write_text("overwritten")
    (home.folder / "media/later.txt").write_text("later")

    refused = home.manage("restore", str(tmp_path / "a b"))
    assert refused.returncode == 2
    assert "Not empty: media, lake, accounts_user" in refused.stderr
    assert people(running) == ["first@example.kz", "second@example.kz"]

    home.report("restore", str(tmp_path / "a b"), "--force")
    assert (people(running), files(home.folder), ask(running, GUARDS)) == before

    # What was restored can itself be backed up and restored.
    home.report("backup", str(tmp_path / "again"))
    home.report("restore", str(tmp_path / "again"), "--force")
    assert (people(running), files(home.folder), ask(running, GUARDS)) == before


def test_a_damaged_backup_changes_nothing(home: Home, running: Addresses, tmp_path: Path) -> None:
    home.report("backup", str(tmp_path / "backup"))
    before = people(running)
    with (tmp_path / "backup" / "database.dump").open("ab") as dump:
        dump.write(b"x")
    refused = home.manage("restore", str(tmp_path / "backup"), "--force")
    assert refused.returncode == 2
    assert "database.dump" in refused.stderr
    assert people(running) == before


def test_a_folder_that_holds_something_is_no_place_for_a_backup(
    home: Home, running: Addresses, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = home.manage("backup", str(tmp_path))
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_without_a_manifest_is_no_backup(
    home: Home, running: Addresses, tmp_path: Path
) -> None:
    refused = home.manage("restore", str(tmp_path), "--force")
    assert refused.returncode == 2
    assert "no finished backup" in refused.stderr
