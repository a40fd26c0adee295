"""Signs of life of worker and beat, left in the cache where the web process reads them."""

import time
from typing import Any

from celery.signals import heartbeat_sent
from django.core.cache import cache

KEPT_SECONDS = 600
PARTS = ("worker", "beat")


def note(part: str) -> None:
    """Note that `part` is alive now."""
    cache.set(f"heartbeat:{part}", time.time(), KEPT_SECONDS)


def age(part: str) -> float | None:
    """Seconds since the part's last sign of life; None when there is none."""
    seen = cache.get(f"heartbeat:{part}")
    return None if seen is None else max(0.0, time.time() - float(seen))


def forget() -> None:
    """Drop the signs of an earlier run, which the cache has kept."""
    cache.delete_many([f"heartbeat:{part}" for part in PARTS])


def note_worker(**_: Any) -> None:
    """Called by Celery's worker every two seconds, also while all its slots are busy."""
    note("worker")


def listen() -> None:
    """Let this process's worker, if it becomes one, leave its signs of life."""
    heartbeat_sent.connect(note_worker, weak=False)
