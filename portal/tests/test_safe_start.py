"""A deployment that is not safe does not start, and says what is missing."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware import CallerMiddleware

TCP = "postgresql://app@127.0.0.1:1/portal"


def settings_start(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        env=clean | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_configured_database_without_a_secret_key_stops_the_start() -> None:
    outcome = settings_start(DATABASE_URL=TCP, REDIS_URL="redis://127.0.0.1:1/0")
    assert outcome.returncode != 0
    assert "Set SECRET_KEY or SECRET_KEY_FILE" in outcome.stderr


def test_a_secret_may_come_from_a_file(tmp_path: object) -> None:
    secret = os.path.join(str(tmp_path), "key")
    with open(secret, "w") as file:
        file.write("x" * 50)
    outcome = settings_start(
        DATABASE_URL=TCP, REDIS_URL="redis://127.0.0.1:1/0", SECRET_KEY_FILE=secret
    )
    assert outcome.returncode == 0, outcome.stderr


def test_a_configured_database_never_gets_demo_passwords() -> None:
    probe = "import portal.settings as s; raise SystemExit(1 if s.DEMO else 0)"
    environment = {"DATABASE_URL": TCP, "REDIS_URL": "redis://127.0.0.1:1/0", "DEMO": "1"}
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    outcome = subprocess.run(
        [sys.executable, "-c", probe],
        env={**clean, **environment, "SECRET_KEY": "x" * 50},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_application_role_of_the_tests_is_as_harmless_as_in_production() -> None:
    assert run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.parametrize(("behind", "expected"), [(True, "203.0.113.9"), (False, "127.0.0.1")])
def test_a_callers_word_for_its_address_counts_only_from_our_proxy(
    settings: Any, rf: RequestFactory, behind: bool, expected: str
) -> None:
    settings.BEHIND_PROXY = behind
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    CallerMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == expected
