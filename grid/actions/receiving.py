"""Taking a file in: who sent it, its hash, and whether it came before."""

import hashlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Agency
from common import clock
from common.errors import NotAllowed, Refused
from grid.actions.reading import meaning_of, profile_of
from grid.choices import Unit
from grid.lake.place import lacks_room
from grid.models import ReadingBatch, Supplier
from grid.policies import may_upload
from journal.actions import record

LONGEST_FILE_NAME = 255
CHUNK = 1 << 20


class NoRoom(Refused):
    """The disk is full: the same file may be sent again later."""


@transaction.atomic
def register_supplier(  # noqa: PLR0913 - the fields of a supplier, each by name
    *, actor: Any, agency: Agency, code: str, name: str, zone: str = "", unit: str = "",
    interval: int | None = None,
) -> Supplier:  # fmt: skip
    """Register a company that sends readings; the same code again gives the same supplier."""
    supplier, made = Supplier.objects.get_or_create(
        code=code,
        defaults={
            "agency": agency, "name": name, "zone": zone, "unit": unit, "interval": interval
        },
    )  # fmt: skip
    if made:
        record("grid.supplier.register", supplier, actor=actor)
    return supplier


def receive_batch(  # noqa: PLR0913 - what a sender says, each by name
    *, supplier: Supplier, file: "File[bytes]", file_name: str, actor: Any, channel: str,
    unit: str = "", partial: bool = False,
) -> tuple[ReadingBatch, bool]:  # fmt: skip
    """Take a file of readings in; returns its batch and whether it is new.

    The same file of the same supplier again changes nothing and gives the first batch, unless
    the supplier's profile or the unit, and with it what the file means, is another now.
    Raises NotAllowed; Refused for a file too large, NoRoom where the disk is full.
    """
    if not may_upload(actor, supplier):
        raise NotAllowed(_("You may send readings for your own company only."))
    if unit and unit not in Unit.values:
        raise Refused(
            _("The unit is one of: %(units)s.") % {"units": ", ".join(Unit.values)}, "unit"
        )
    try:
        with _kept(file) as kept:
            return _named(supplier, kept, {
                "file_name": file_name[-LONGEST_FILE_NAME:], "uploaded_by": actor,
                "channel": channel, "unit": unit or supplier.unit, "partial": partial,
            })  # fmt: skip
    except OSError as error:
        if not lacks_room(error):
            raise
        raise NoRoom(
            _("There is no room for the file now. Nothing of it was kept; send it again later.")
        ) from error


def _named(supplier: Supplier, kept: "Kept", fields: dict[str, Any]) -> tuple[ReadingBatch, bool]:
    """The batch of a kept file: a new one, or the one that has the same content already."""
    profile = profile_of(supplier)
    meaning = meaning_of(profile, fields["unit"])
    same = supplier.batches.that_count().filter(sha256=kept.sha256, meaning__in=["", meaning])
    if first := same.first():
        return first, False
    batch = ReadingBatch(
        supplier=supplier, file=kept.name, sha256=kept.sha256, size=kept.size, profile=profile,
        meaning=meaning, received_at=clock.now(), **fields,
    )  # fmt: skip
    facts = {"sha256": kept.sha256, "size": kept.size, "channel": fields["channel"]}
    try:
        with transaction.atomic():
            batch.save()
            record("grid.batch.receive", batch, actor=batch.uploaded_by, facts=facts)
    except IntegrityError:  # the same file came in at the same moment by another way
        return same.get(), False
    kept.wanted = True
    return batch, True


@dataclass(slots=True)
class Kept:
    """A file in the storage: its name there, hash and size; deleted unless it is ``wanted``."""

    name: str
    sha256: str
    size: int
    wanted: bool = False


@contextmanager
def _kept(file: "File[bytes]") -> Iterator[Kept]:
    """Keep a file; of one that could not be kept whole, or is not wanted, nothing is left.

    Raises Refused beyond the limit of size.
    """
    if file.size > settings.READINGS_MAX_BYTES:
        limit = settings.READINGS_MAX_BYTES >> 20
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": limit}, "file")
    batch = ReadingBatch()
    field = batch.file.field
    name = field.generate_filename(batch, uuid4().hex)
    kept = None
    try:
        hashed = Hashed(file)
        if hasattr(file, "temporary_file_path"):  # which the storage only moves
            deque(hashed.chunks(), maxlen=0)
            field.storage.save(name, file)
        else:
            field.storage.save(name, hashed)
        kept = Kept(name, hashed.sha256.hexdigest(), hashed.length)
        yield kept
    finally:
        if kept is None or not kept.wanted:
            field.storage.delete(name)


class Hashed(File):  # type: ignore[type-arg]  # generic for the checker only
    """A file that is hashed by a thread while its chunks are copied."""

    def __init__(self, file: "File[bytes]") -> None:
        super().__init__(file.file, file.name)
        self.sha256, self.length = hashlib.sha256(), 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content, piece by piece; all taken, ``sha256`` and ``length`` are the whole's."""
        before: Future[None] | None = None
        with ThreadPoolExecutor(1) as thread:
            for chunk in super().chunks(chunk_size or CHUNK):
                if before:
                    before.result()
                before = thread.submit(self.sha256.update, chunk)
                self.length += len(chunk)
                yield chunk
