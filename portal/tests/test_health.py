"""What monitoring hears when every part works and when one does not."""

import json
import time

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from portal import heartbeats
from portal.health import HealthMiddleware, examine

pytestmark = pytest.mark.django_db


def ask(
    path: str, headers: dict[str, str] | None = None, caller: str = "127.0.0.1"
) -> HttpResponse:
    def elsewhere(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("another page")

    # A probe calls by bare address, which is in nobody's ALLOWED_HOSTS.
    factory = RequestFactory(SERVER_NAME="10.1.2.3", REMOTE_ADDR=caller)
    return HealthMiddleware(elsewhere)(factory.get(path, headers=headers))


@pytest.fixture
def beating() -> None:
    heartbeats.note("worker")
    heartbeats.note("beat")


def test_a_process_that_answers_is_live() -> None:
    assert ask("/health/live").status_code == 200


def test_other_pages_pass() -> None:
    assert ask("/leads/").content == b"another page"


@pytest.mark.usefixtures("beating")
def test_ready_names_every_part() -> None:
    answer = ask("/health/ready")
    assert answer.status_code == 200
    parts = json.loads(answer.content)["parts"]
    assert list(parts) == ["database", "broker", "worker", "beat"]
    assert all(part["ok"] for part in parts.values())


def test_without_a_worker_it_is_not_ready() -> None:
    heartbeats.note("beat")
    cache.delete("heartbeat:worker")
    answer = ask("/health/ready")
    assert answer.status_code == 503
    parts = json.loads(answer.content)["parts"]
    assert parts["worker"] == {"ok": False, "seconds": None, "said": "no sign of life"}
    assert parts["beat"]["ok"]


def test_a_beat_that_fell_silent_is_late() -> None:
    heartbeats.note("worker")
    cache.set("heartbeat:beat", time.time() - 120)
    assert examine()["beat"].said == "late"


@pytest.mark.usefixtures("beating")
def test_a_broker_out_of_reach_is_said_within_seconds(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = ask("/health/ready")
    assert answer.status_code == 503
    parts = json.loads(answer.content)["parts"]
    assert parts["broker"]["said"] == "ConnectionError"
    assert parts["database"]["ok"]


@pytest.mark.usefixtures("beating")
def test_figures_for_prometheus_on_this_machine() -> None:
    answer = ask("/metrics")
    assert answer.status_code == 200
    assert b'portal_part_up{part="worker"} 1.0' in answer.content
    assert b"portal_queue_tasks 0.0" in answer.content


def test_figures_are_closed_to_callers_through_a_proxy() -> None:
    assert ask("/metrics", {"X-Forwarded-For": "8.8.8.8"}).status_code == 403
    assert ask("/metrics", caller="10.0.0.9").status_code == 403


def test_a_token_opens_the_figures_and_its_absence_closes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("METRICS_TOKEN", "right")
    assert ask("/metrics").status_code == 403
    assert ask("/metrics", {"Authorization": "Bearer wrong"}).status_code == 403
    assert ask("/metrics", {"Authorization": "Bearer right"}).status_code == 200
