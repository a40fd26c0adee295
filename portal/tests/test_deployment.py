"""The containers run what the Procfile runs, with two database roles and no secret in a file."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings

from portal.local import postgres
from portal.local.places import Places
from portal.local.tests.people import within

ROOT = Path(settings.BASE_DIR)
PROCESSES = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def procfile() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_container_runs_the_procfile_s_command(compose: dict[str, Any], name: str) -> None:
    shell, flag, line = compose["services"][name]["command"]
    assert (shell, flag) == ("sh", "-c")
    # Compose reads $$ as one $.
    assert line.replace("$$", "$") == f"exec {procfile()[name]}"


def test_every_service_says_when_it_is_well(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["healthcheck"], name


def test_only_the_migration_knows_the_owner(compose: dict[str, Any]) -> None:
    knowing = {
        name
        for name, service in compose["services"].items()
        if "DATABASE_OWNER_URL" in service.get("environment", {})
    }
    assert knowing == {"migrate"}
    for name in PROCESSES:
        assert "portal_app" in compose["services"][name]["environment"]["DATABASE_URL"]


def test_secrets_come_from_the_environment(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for key, setting in service.get("environment", {}).items():
            if key == "SECRET_KEY" or key.endswith(("PASSWORD", "TOKEN")):
                assert setting.startswith("${"), f"{name}: {key}"


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1:] == ["portal"]
    assert sum(line.startswith("FROM ") for line in lines) > 1


@pytest.mark.processes
def test_the_database_container_s_script_makes_two_roles_without_privileges(
    free_port: int, tmp_path: Path
) -> None:
    places = Places.of(tmp_path / "a server")
    places.prepare()
    with places.log.open("wb") as log:
        server = postgres.start(places, log, port=free_port)
        try:
            assert within(20, lambda: postgres.answers(places, free_port)), places.log.read_text()
            made = run_roles_script(free_port)
            assert made.returncode == 0, made.stderr
            assert roles(free_port) == [("portal_app", False), ("portal_owner", True)]
        finally:
            postgres.stop(server)
            shutil.rmtree(places.sockets)


def run_roles_script(port: int) -> "subprocess.CompletedProcess[str]":
    programs = f"{postgres.program('psql').parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        "PATH": programs,
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
        "POSTGRES_USER": "postgres",
        "OWNER_PASSWORD": "o'wner",
        "APP_PASSWORD": "app",
    }
    return subprocess.run(
        ["sh", str(ROOT / "deploy" / "roles.sh")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def roles(port: int) -> list[tuple[str, bool]]:
    query = """
        SELECT rolname, rolcreatedb FROM pg_roles
        WHERE rolname LIKE 'portal%' AND NOT (rolsuper OR rolbypassrls OR rolcreaterole)
        ORDER BY rolname
    """
    address = f"postgresql://portal_owner:o'wner@127.0.0.1:{port}/portal"
    with psycopg.connect(address) as connection:
        return list(connection.execute(query))
