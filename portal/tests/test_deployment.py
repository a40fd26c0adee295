"""The containers run what the Procfile runs, with two database roles and no secret in a file."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

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
