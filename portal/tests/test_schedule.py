"""The first schedule is written once; what was edited in the admin stays."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from portal.schedule import ROWS

pytestmark = pytest.mark.django_db


def test_every_row_names_a_task_that_exists() -> None:
    for row in ROWS:
        module, name = row.task.rsplit(".", 1)
        assert getattr(import_module(module), name).name == row.task


def test_missing_rows_are_made() -> None:
    call_command("ensure_schedule")
    assert set(PeriodicTask.objects.values_list("name", flat=True)) >= {row.name for row in ROWS}


def test_a_second_start_keeps_what_an_administrator_changed() -> None:
    call_command("ensure_schedule")
    edited = PeriodicTask.objects.get(name=ROWS[0].name)
    edited.enabled = False
    edited.save()
    call_command("ensure_schedule")
    assert PeriodicTask.objects.get(name=ROWS[0].name).enabled is False
    assert PeriodicTask.objects.filter(name=ROWS[0].name).count() == 1
