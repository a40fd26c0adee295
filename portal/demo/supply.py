"""Suppliers send their files, one of them with mistakes first; the checks look at some days."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile, File

from accounts.models import Agency
from crosschecks.actions import queue_run, run_now
from crosschecks.catalogue import CHECKS
from grid.actions import receive_batch, register_supplier, store_batch
from grid.choices import Channel
from grid.models import Supplier
from portal.demo.moments import ONE_DAY
from portal.demo.people import SECOND_ADMIN
from portal.demo.readings import SentFile
from portal.demo.stage import Stage
from portal.demo.stories import Story
from portal.demo.world import SUPPLIERS, SupplierPlan

# In a spreadsheet's haste: no offset, a comma in a number, energy below zero.
WITH_MISTAKES = (
    "meter,start,kwh\n"
    "{code},{day}T00:00:00+05:00,12.5\n"
    "{code},{day}T01:00:00,12.5\n"
    '{code},{day}T02:00:00+05:00,"12,5"\n'
    "{code},{day}T03:00:00+05:00,-4\n"
)


def register_suppliers(stage: Stage) -> Story:
    """The companies that send readings."""
    yield stage.moments.ago(370, 10)
    for plan in SUPPLIERS:
        register_supplier(
            actor=stage.cast[SECOND_ADMIN],
            agency=Agency.objects.get(code=plan.code),
            code=plan.code,
            name=plan.name,
        )


def deliveries(stage: Stage, files: Sequence[SentFile]) -> Story:
    """Every file on the morning after its last day."""
    for sent in sorted(files, key=lambda sent: (sent.last, sent.path.name)):
        back = (stage.moments.today - sent.last).days - 1
        yield stage.moments.ago(back, 5, 30)
        with sent.path.open("rb") as opened:
            _send(stage, sent.supplier, File(opened, name=sent.path.name))


def spoiled_delivery(stage: Stage) -> Story:
    """A file that is refused whole, with every mistake named."""
    plan = SUPPLIERS[0]
    yield stage.moments.ago(2, 5, 10)
    code = next(meter.code for meter in stage.world.meters if meter.supplier == plan)
    text = WITH_MISTAKES.format(code=code, day=stage.moments.last_day - timedelta(days=2))
    _send(stage, plan, ContentFile(text.encode(), name=f"{plan.code}_oshibki.csv"))


def _send(stage: Stage, plan: SupplierPlan, file: "File[bytes]") -> None:
    batch, _new = receive_batch(
        supplier=Supplier.objects.get(code=plan.code),
        file=file,
        file_name=file.name or "",
        actor=stage.cast[plan.sender],
        channel=Channel.API,
    )
    store_batch(batch.pk)


def check_runs(stage: Stage) -> Story:
    """Each check over some of the days; the worker does the others when the portal runs."""
    for day in stage.moments.checked_days():
        yield stage.moments.at(day + ONE_DAY, 6, 10)
        for check in CHECKS:
            run_now(run_id=queue_run(slug=check.slug, day=day).pk)
