"""The lake by way of its catalogue: only files that PostgreSQL names are read."""

from datetime import date
from pathlib import Path

from django.conf import settings

from common.clock import grid_days
from grid.lake.days import months_of
from grid.lake.place import Lake
from grid.models import LakeFile, Supplier


def the_lake() -> Lake:
    """The lake of LAKE_URL; an object store's is written aside in the folder of uploads."""
    url = str(settings.LAKE_URL)
    remote = "://" in url and not url.startswith("file:")
    return Lake(url, Path(settings.MEDIA_ROOT).parent / "aside" if remote else None)


def live_files(supplier: Supplier | None, first: date, last: date, *, meter: str = "") -> list[str]:
    """Names of the files that may hold readings of these grid days.

    Of all suppliers if None, of all meters if none is named.
    """
    files = LakeFile.objects.live().of_months(*months_of([first, last]))
    files = files.touching(*grid_days(first, last))
    if supplier is not None:
        files = files.filter(supplier=supplier)
    if meter:
        files = files.with_meter(meter)
    return list(files.values_list("name", flat=True))
