"""A kept file: the sealed original with its hash, and for photos a copy without EXIF."""

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from pages.uploads import Checked

if TYPE_CHECKING:
    from django.core.files.base import File


def sealed_path(instance: models.Model, filename: str) -> str:
    """Never the sender's name: it may hold a person's name or a path."""
    return f"sealed/{instance._meta.model_name}/{uuid.uuid4().hex}"


def viewing_path(instance: models.Model, filename: str) -> str:
    return f"viewing/{instance._meta.model_name}/{uuid.uuid4().hex}{PurePath(filename).suffix}"


class KeptFile(models.Model):
    name = models.CharField(_("file name"), max_length=200, blank=True)
    original = models.FileField(_("original"), upload_to=sealed_path, max_length=200, blank=True)
    viewing = models.FileField(
        _("viewing copy"), upload_to=viewing_path, max_length=200, blank=True
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    content_type = models.CharField(_("type"), max_length=100)
    added_at = models.DateTimeField(_("added at"), default=clock.now, editable=False)

    class Meta:
        abstract = True


def keep(kept: KeptFile, upload: "File[bytes]", checked: Checked) -> None:
    """Fills a row with a checked file; the caller saves it."""
    kept.name, kept.content_type = checked.name, checked.content_type
    kept.size, kept.sha256 = checked.size, checked.sha256
    upload.seek(0)
    kept.original.save(checked.name, upload, save=False)
    if checked.viewing is not None:
        kept.viewing.save("photo.jpg", ContentFile(checked.viewing), save=False)
