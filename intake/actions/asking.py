"""Asking for a further task of a file that is there already."""

from typing import Any

from django.db import transaction

from intake.choices import Task
from intake.models import ImportBatch, ImportRun
from intake.workflow import IMPORTS


@transaction.atomic
def ask_to_check(*, batch: ImportBatch, actor: Any) -> ImportRun:
    """Have a file checked again: after a failure, or because the tables have moved since.

    Raises NotAllowed, WrongState.
    """
    IMPORTS.make("recheck", batch, actor=actor)
    batch.refused.all().delete()
    batch.planned.all().delete()
    return ImportRun.objects.create(batch=batch, task=Task.CHECK, asked_by=actor)
