"""Puts readings into the lake the way a supplier does: as a file."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.core.files.base import ContentFile

from common import clock
from crosschecks.tests.factories import SupplierFactory
from grid.actions import receive_batch, store_batch
from grid.models import ReadingBatch, Supplier


def put_readings(
    first: date, curves: Mapping[str, Sequence[float]], supplier: Supplier | None = None
) -> ReadingBatch:
    """Store hourly kWh from the first hour of a grid day on, by meter code."""
    start, _end = clock.grid_day(first)
    lines = ["meter,start,kwh"]
    for code, values in curves.items():
        for hour, kwh in enumerate(values):
            lines.append(f"{code},{(start + timedelta(hours=hour)).isoformat()},{kwh}")
    batch, _new = receive_batch(
        supplier=supplier or SupplierFactory(),
        file=ContentFile("\n".join(lines).encode()),
        file_name="readings.csv",
        actor=None,
        channel="command",
    )
    batch = store_batch(batch.pk)
    assert batch.state == "stored", batch.error
    return batch
