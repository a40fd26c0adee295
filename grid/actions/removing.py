"""Months of readings beyond their term leave the lake; profiles and findings stay."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from changes.guarded import Values, save_row
from common import clock
from common.clock import GRID_ZONE
from grid.choices import BatchState
from grid.models import LakeFile, Meter, ReadingBatch
from grid.selectors.rules import oldest_month_kept
from journal.actions import record

if TYPE_CHECKING:
    from django.db import models

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A meter whose readings from a month on are still needed."""

    code: bytes
    supplier: int
    since: str

    def lies_in(self, file: LakeFile) -> bool:
        """Whether the file may hold what is needed; files say only their first and last meter."""
        if file.supplier_id != self.supplier or file.month < self.since:
            return False
        first, last = file.first_meter.encode(), file.last_meter.encode()
        return not first or first <= self.code <= last


@transaction.atomic
def take_out_old_months(*, keep: Mapping[str, str]) -> int:
    """Ends the lake's files of months beyond the term; returns how many readings go.

    ``keep``: by meter, the first month ("2023-04", or ``ALL_MONTHS``) of which nothing that may
    hold its readings goes. The sweep deletes the files a day later; the suppliers' own files of
    those months are deleted when this is certain. The journal says what went.
    """
    oldest = oldest_month_kept(clock.today())
    if oldest is None:
        return 0
    files = list(LakeFile.objects.live().filter(month__lt=oldest).select_for_update(of=("self",)))
    needed = _needed(keep)
    staying = {file.pk for file in files if any(one.lies_in(file) for one in needed)}
    going = [file for file in files if file.pk not in staying]
    LakeFile.objects.filter(pk__in=[file.pk for file in going]).update(replaced_at=clock.now())
    sent = _sent_files(oldest, [file for file in files if file.pk in staying])
    if going or sent:
        _tell(going, len(sent), sorted({file.month for file in files if file.pk in staying}))
    transaction.on_commit(lambda: _delete(sent))
    return sum(file.rows for file in going)


def _needed(keep: Mapping[str, str]) -> list[Kept]:
    meters = Meter.objects.filter(code__in=keep).values_list("code", "supplier_id")
    return [Kept(code.encode(), supplier, keep[code]) for code, supplier in meters]


def _sent_files(oldest: str, staying: Iterable[LakeFile]) -> list[ReadingBatch]:
    """Batches whose own file holds only what goes."""
    end = datetime.strptime(oldest, "%Y-%m").replace(tzinfo=GRID_ZONE)
    batches = ReadingBatch.objects.filter(state=BatchState.STORED, last_start__lt=end)
    months = {(file.supplier_id, file.month) for file in staying}
    return [one for one in batches.exclude(file="") if not _months(one) & months]


def _months(batch: ReadingBatch) -> set[tuple[int, str]]:
    """Supplier and month of everything a batch may hold."""
    if batch.first_start is None or batch.last_start is None:
        return set()
    both = (batch.first_start, batch.last_start)
    first, last = (moment.year * 12 + moment.month - 1 for moment in both)
    return {
        (batch.supplier_id, f"{month // 12:04d}-{month % 12 + 1:02d}")
        for month in range(first, last + 1)
    }


def _delete(batches: Iterable[ReadingBatch]) -> None:
    """The files first: a row that still names one is tried again the next night."""
    for batch in batches:
        try:
            for file in (batch.file, batch.errors_file):
                if file:
                    file.delete(save=False)
        except OSError:
            log.exception("the file of batch %s stays until the next night", batch.pk)
        else:
            ReadingBatch.objects.filter(pk=batch.pk).update(file="", errors_file="")


def _tell(going: list[LakeFile], sent: int, stayed: list[str]) -> None:
    facts = {
        "months": sorted({file.month for file in going}),
        "suppliers": sorted({file.supplier.code for file in going}),
        "readings": sum(file.rows for file in going),
        "sent_files": sent,
        "months_kept_for_leads_and_cases": stayed,
    }
    record("grid.readings.remove", None, actor=None, facts=facts)


@transaction.atomic
def write_rule(row: "models.Model", values: Values, actor: Any) -> "models.Model":
    """Writes an approved rule; a verified one whose content changes waits to be vouched for."""
    settled = {"verified": False, **values}
    written = save_row(row, settled, actor)
    facts = {name: str(value) for name, value in settled.items()}
    record("grid.rule.write", written, actor=actor, facts=facts)
    return written
