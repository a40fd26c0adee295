"""Asking for a further task of a file that is there already."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from intake.choices import Task
from intake.models import ImportBatch, ImportRun
from intake.workflow import IMPORTS


def open_task(*, batch: ImportBatch, task: Task, actor: Any, reason: str = "") -> ImportRun:
    """A task of a file, one at a time. Raises WrongState while another is not closed yet."""
    try:
        with transaction.atomic():
            return ImportRun.objects.create(batch=batch, task=task, asked_by=actor, reason=reason)
    except IntegrityError as taken:
        told = _("A task of this file is just being closed. Try again in a moment.")
        raise WrongState(told) from taken


@transaction.atomic
def ask_to_check(*, batch: ImportBatch, actor: Any) -> ImportRun:
    """Have a file checked again: after a failure, or because the tables have moved since.

    Raises NotAllowed, WrongState.
    """
    IMPORTS.make("recheck", batch, actor=actor)
    batch.refused.all().delete()
    batch.planned.all().delete()
    return open_task(batch=batch, task=Task.CHECK, actor=actor)
