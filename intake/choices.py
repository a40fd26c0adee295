"""Enumerations of the imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Where an uploaded file stands."""

    RECEIVED = "received", _("received")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not applied")
    UNREADABLE = "unreadable", _("could not be read")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")
    FAILED = "failed", _("failed")


BUSY = (ImportState.RECEIVED, ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)
"""Waiting for a worker or in its hands."""


class Task(TextChoices):
    """What a worker does with a file."""

    CHECK = "check", _("check")
    APPLY = "apply", _("apply")
    UNDO = "undo", _("undo")


class Stage(TextChoices):
    """How far a worker is with its task."""

    WAITING = "waiting", _("Waiting for a worker")
    READING = "reading", _("Reading and checking rows")
    COMPARING = "comparing", _("Comparing with the register")
    WRITING = "writing", _("Writing")
    RESTORING = "restoring", _("Restoring what was before")


class Verdict(TextChoices):
    """What a row of a file would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("The same")
