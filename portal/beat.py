"""Beat's schedule, kept in the database, with a sign of life at each tick."""

from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler

from portal import heartbeats


class Scheduler(DatabaseScheduler):
    """Notes that beat is alive at least every five seconds, its longest sleep."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Do what is due; seconds until the next tick."""
        heartbeats.note("beat")
        return float(super().tick(*args, **kwargs))
