"""Small files of the lake become large ones; what nobody reads any more is swept away."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Count

from common import clock
from grid.actions.catalogue import named
from grid.lake.place import Lake
from grid.lake.store import Origin, draw_together
from grid.models import LakeFile, ReadingBatch, Supplier
from grid.selectors.lake import the_lake

log = logging.getLogger(__name__)

ORPHANS_AFTER = 24 * 3600  # seconds; no import takes a day
GROWTH = 2  # a file waits until the newer ones together are half its size


def draw_small_together(batch: ReadingBatch) -> None:
    """Draw together what a stored batch made small; without room for it the night does it."""
    try:
        _draw_all(batch.supplier, whole_places=False)
    except OSError:
        log.exception("small files of supplier %s stay apart for now", batch.supplier_id)


def tidy_lake() -> int:
    """Draw every supplier's month and region together into one file; returns how many were."""
    return sum(_draw_all(supplier, whole_places=True) for supplier in Supplier.objects.all())


def _draw_all(supplier: Supplier, *, whole_places: bool) -> int:
    lake = the_lake()
    live = LakeFile.objects.live().filter(supplier=supplier)
    places = live.values_list("month", "region").annotate(files=Count("pk")).filter(files__gt=1)
    done = 0
    for month, region, _ in places:
        files = list(live.filter(month=month, region=region).order_by("-pk"))
        some = files if whole_places else small_ones(files)
        if len(some) > 1:
            done += _draw(supplier, some, lake)
    return done


def small_ones(files: Sequence[LakeFile]) -> list[LakeFile]:
    """The newest files, as long as the next older is not much larger than they together.

    So a row is written again only a few times, however many batches a month has.
    """
    some: list[LakeFile] = []
    for file in files:
        if some and file.rows > GROWTH * sum(one.rows for one in some):
            break
        some.append(file)
    return some


def _draw(supplier: Supplier, files: Sequence[LakeFile], lake: Lake) -> int:
    """Merge without a lock, then exchange at once, unless somebody else was faster."""
    folder = lake.working_folder()
    try:
        names = [file.name for file in files]
        place = (files[0].month, files[0].region)
        whole = draw_together(lake, folder, names, Origin(supplier.pk, 0, 0), place)
        with transaction.atomic():
            live = LakeFile.objects.live().filter(pk__in=[file.pk for file in files])
            if len(live.select_for_update()) == len(files):
                live.update(replaced_at=clock.now())
                named(supplier, whole).save()
                return 1
        lake.withdraw([whole.name])
        return 0
    finally:
        lake.forget(folder)


def sweep_lake() -> list[str]:
    """Delete files that no reader can still be reading: replaced a day ago, or never catalogued."""
    lake = the_lake()
    old = LakeFile.objects.filter(replaced_at__lt=clock.now() - timedelta(seconds=ORPHANS_AFTER))
    names = list(old.values_list("name", flat=True))
    lake.delete(names)
    old.delete()
    known = set(LakeFile.objects.values_list("name", flat=True))
    return names + lake.sweep(known, ORPHANS_AFTER)
