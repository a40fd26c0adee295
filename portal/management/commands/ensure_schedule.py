"""Writes missing rows of the first schedule into the database; never touches present ones."""

from typing import Any

from django.core.management.base import BaseCommand
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from portal.schedule import ROWS, Row


class Command(BaseCommand):
    """Idempotent; an edited or switched-off row stays as it is."""

    help = "Creates the missing rows of the first schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        present = set(PeriodicTask.objects.values_list("name", flat=True))
        for row in ROWS:
            if row.name not in present:
                PeriodicTask.objects.create(name=row.name, task=row.task, **_when(row))


def _when(row: Row) -> dict[str, Any]:
    if row.seconds:
        every, _made = IntervalSchedule.objects.get_or_create(every=row.seconds, period="seconds")
        return {"interval": every}
    hour, minute = row.at.split(":")
    at, _made = CrontabSchedule.objects.get_or_create(
        hour=str(int(hour)), minute=str(int(minute)), timezone="Asia/Almaty"
    )
    return {"crontab": at}
