"""Taking a file in: who sent it, its hash, and whether it came before."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
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

if TYPE_CHECKING:
    from django.core.files.base import File

LONGEST_FILE_NAME = 255


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
    Raises NotAllowed, or Refused for a file too large.
    """
    if not may_upload(actor, supplier):
        raise NotAllowed(_("You may send readings for your own company only."))
    if unit and unit not in Unit.values:
        raise Refused(
            _("The unit is one of: %(units)s.") % {"units": ", ".join(Unit.values)}, "unit"
        )
    digest, size = _digest(file)
    profile = profile_of(supplier)
    meaning = meaning_of(profile, unit or supplier.unit)
    same = supplier.batches.that_count().filter(sha256=digest, meaning__in=["", meaning])
    if first := same.first():
        return first, False
    try:
        return _create(supplier, file, file_name, actor, {
            "sha256": digest, "size": size, "channel": channel, "profile": profile,
            "meaning": meaning, "unit": unit or supplier.unit, "partial": partial,
        }), True  # fmt: skip
    except OSError as error:
        if not lacks_room(error):
            raise
        raise Refused(
            _("There is no room for the file now. Nothing of it was kept; send it again later.")
        ) from error
    except IntegrityError:  # the same file came in at the same moment by another way
        return same.get(), False


@transaction.atomic
def _create(
    supplier: Supplier, file: "File[bytes]", file_name: str, actor: Any, fields: dict[str, Any]
) -> ReadingBatch:
    batch = ReadingBatch(
        supplier=supplier,
        file_name=file_name[-LONGEST_FILE_NAME:],
        uploaded_by=actor,
        received_at=clock.now(),
        **fields,
    )
    file.seek(0)
    with _nothing_left_over(batch, fields["sha256"]):
        batch.file.save(fields["sha256"], file, save=True)
    facts = {"sha256": fields["sha256"], "size": fields["size"], "channel": fields["channel"]}
    record("grid.batch.receive", batch, actor=actor, facts=facts)
    return batch


@contextmanager
def _nothing_left_over(batch: ReadingBatch, name: str) -> Iterator[None]:
    """A file that could not be kept whole, or whose batch another one was before, is deleted."""
    storage = batch.file.storage
    begun = batch.file.field.generate_filename(batch, name)
    before = storage.exists(begun)
    try:
        yield
    except BaseException:
        if batch.file or not before:  # under its own name, or cut where it began
            storage.delete(batch.file.name or begun)
        raise


def _digest(file: "File[bytes]") -> tuple[str, int]:
    """SHA-256 and size of a file, read piece by piece; refused beyond the limit."""
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks(1 << 20):
        digest.update(chunk)
        size += len(chunk)
        if size > settings.READINGS_MAX_BYTES:
            limit = settings.READINGS_MAX_BYTES >> 20
            raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": limit}, "file")
    return digest.hexdigest(), size
