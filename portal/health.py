"""Answers for monitoring: is the process up, does each part work, and the Prometheus figures."""

import hmac
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass

import environ
import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from portal import heartbeats

WORKER_SECONDS = 30.0
BEAT_SECONDS = 30.0
LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class Part:
    """How one part of the portal does; `seconds` is an answer time or the age of a sign of life."""

    ok: bool
    seconds: float | None
    said: str = ""


def examine() -> dict[str, Part]:
    """The state of database, broker, worker and beat, by name."""
    broker = _timed(_ask_broker)
    parts = {"database": _timed(_ask_database), "broker": broker}
    for name, limit in (("worker", WORKER_SECONDS), ("beat", BEAT_SECONDS)):
        parts[name] = (
            _heartbeat(name, limit) if broker.ok else Part(ok=False, seconds=None, said="unknown")
        )
    return parts


def live(_request: HttpRequest) -> HttpResponse:
    """The process takes requests."""
    return JsonResponse({"status": "live"})


def ready(_request: HttpRequest) -> HttpResponse:
    """200 when each part works, else 503; both name every part."""
    parts = examine()
    good = all(part.ok for part in parts.values())
    answer = {
        "status": "ready" if good else "not ready",
        "parts": {name: asdict(part) for name, part in parts.items()},
    }
    response = JsonResponse(answer, status=200 if good else 503)
    # Whoever polls reads the answer; a line in the log for every 503 would bury the reasons.
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's private flag
    return response


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures for a caller on this machine or with METRICS_TOKEN."""
    if not _may_read_metrics(request):
        return HttpResponseForbidden("METRICS_TOKEN is missing or wrong.\n", "text/plain")
    registry = CollectorRegistry()
    up = Gauge("portal_part_up", "1 when the part works", ["part"], registry=registry)
    seconds = Gauge(
        "portal_part_seconds",
        "Answer time, or age of the last sign of life, in seconds",
        ["part"],
        registry=registry,
    )
    queued = Gauge("portal_queue_tasks", "Tasks that wait for a worker", registry=registry)
    parts = examine()
    for name, part in parts.items():
        up.labels(name).set(part.ok)
        if part.seconds is not None:
            seconds.labels(name).set(part.seconds)
    if parts["broker"].ok:
        queued.set(_queue_length())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class HealthMiddleware:
    """Answers monitoring before hosts, sessions and redirects: probes call by bare address."""

    answers = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe here, pass everything else on."""
        answer = self.answers.get(request.path.rstrip("/"), self.get_response)
        return answer(request)


def _timed(ask: Callable[[], None]) -> Part:
    began = time.monotonic()
    try:
        ask()
    # Whatever a driver raises, the answer is "this part does not work", never a crash.
    except Exception as problem:
        return Part(ok=False, seconds=None, said=type(problem).__name__)
    return Part(ok=True, seconds=round(time.monotonic() - began, 4))


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    with closing(_broker()) as client:
        client.ping()


def _broker() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3)


def _heartbeat(part: str, limit: float) -> Part:
    age = heartbeats.age(part)
    if age is None:
        return Part(ok=False, seconds=None, said="no sign of life")
    return Part(ok=age <= limit, seconds=round(age, 1), said="" if age <= limit else "late")


def _queue_length() -> int:
    with closing(_broker()) as client:
        return int(client.llen("celery"))


def _may_read_metrics(request: HttpRequest) -> bool:
    token = str(environ.FileAwareEnv()("METRICS_TOKEN", default=""))
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(sent.encode(), token.encode())
    # Behind a proxy every caller has the proxy's address: then only the token opens.
    forwarded = "X-Forwarded-For" in request.headers
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded
