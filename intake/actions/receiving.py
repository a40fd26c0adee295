"""Taking a file in: who sent it, its hash, the act behind it; a worker checks it then."""

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import NotAllowed, Refused
from intake.catalogue import KINDS
from intake.choices import ImportState, Task
from intake.models import ImportBatch, ImportRun
from intake.policies import may_bring
from journal.actions import record

if TYPE_CHECKING:
    from django.core.files.base import File

LONGEST_NAME = 255


@transaction.atomic
def receive_file(
    *,
    kind: str,
    name: str,
    content: "File[bytes]",
    actor: Any,
    act_reference: str = "",
    act_date: date | None = None,
) -> ImportRun:
    """Keep a file and return the task of checking it, for a worker or for the caller to do.

    Raises NotAllowed, or Refused for an unknown kind, half an act, or a file that is too large.
    """
    if kind not in KINDS:
        raise Refused(_("There is no such kind of file."), field="kind")
    if not may_bring(actor, kind):
        raise NotAllowed(_("You may not bring files of this kind in."))
    if bool(act_reference.strip()) != bool(act_date):
        raise Refused(_("Give the act and its date, or neither."), field="act_date")
    digest, size = _digest(content)
    batch = ImportBatch(
        kind=kind,
        file_name=name[-LONGEST_NAME:],
        sha256=digest,
        size=size,
        uploaded_by=actor,
        act_reference=act_reference.strip(),
        act_date=act_date,
        state=ImportState.RECEIVED,
    )
    batch.file.save(f"{digest[:16]}.bin", content, save=False)
    batch.save()
    record("intake.import.receive", batch, actor=actor, facts={"kind": kind, "sha256": digest})
    return ImportRun.objects.create(batch=batch, task=Task.CHECK, asked_by=actor)


def too_large_words() -> str:
    """What is said of a file of more bytes than are taken in."""
    return _("The file is larger than %(limit)s MB. Split it.") % {
        "limit": settings.IMPORTS_MAX_BYTES >> 20
    }


def _digest(content: "File[bytes]") -> tuple[str, int]:
    found, size = sha256(), 0
    for piece in content.chunks():
        found.update(piece)
        size += len(piece)
        if size > settings.IMPORTS_MAX_BYTES:
            raise Refused(too_large_words(), field="file")
    content.seek(0)
    return found.hexdigest(), size
