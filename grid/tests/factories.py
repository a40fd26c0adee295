"""Suppliers, meters and files of readings for tests."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

import factory
import numpy as np
from django.core.files.base import File
from numpy.typing import NDArray

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from common.clock import GRID_ZONE, grid_day, today
from grid.models import Exemption, ExemptionDocument, GridEvent, Meter, MeterProfile, Supplier


class SupplierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supplier
        django_get_or_create = ("code",)

    agency = factory.SubFactory(AgencyFactory, supplier=True)
    code = factory.Sequence(lambda n: f"res-{n}")
    name = factory.LazyAttribute(lambda o: f"Grid company {o.code}")


class MeterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meter

    supplier = factory.SubFactory(SupplierFactory)
    code = factory.Sequence(lambda n: f"M{n:05d}")


class MeterProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeterProfile

    meter = factory.SubFactory(MeterFactory)
    until = datetime(2026, 11, 1, tzinfo=GRID_ZONE).date()
    score = 0.9
    pattern = "flat"
    est_kw = 320.0
    coverage = 1.0


class ExemptionDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExemptionDocument

    title = "Technical passport"
    number = factory.Sequence(lambda n: f"17/{n}")
    dated = factory.LazyFunction(lambda: today() - timedelta(days=90))
    name, content_type, size, sha256 = "passport.pdf", "application/pdf", 5, "0" * 64
    original = factory.django.FileField(data=b"%PDF-", filename="passport.pdf")
    added_by = factory.SubFactory(UserFactory, role=Role.OFFICER, agency__energy=True)


class ExemptionFactory(factory.django.DjangoModelFactory):
    """A cold store, for 300 days from today on."""

    class Meta:
        model = Exemption

    meter = factory.SubFactory(MeterFactory)
    category = "cold_store"
    document = factory.SubFactory(ExemptionDocumentFactory)
    valid_from = factory.LazyFunction(today)
    valid_to = factory.LazyFunction(lambda: today() + timedelta(days=300))
    reason = "A cold store for meat."
    proposed_by = factory.SelfAttribute("document.added_by")
    approved_by = factory.SubFactory(UserFactory, role=Role.HEAD, agency__energy=True)


class GridEventFactory(factory.django.DjangoModelFactory):
    """An order for the region of Karaganda, verified."""

    class Meta:
        model = GridEvent

    code = factory.Sequence(lambda n: f"order-{n}")
    kind, regions, source, verified = "curtailment", "35", "invented order", True


def readings_csv(
    curves: Mapping[str, NDArray[np.float64] | Sequence[float]], first: datetime, more: str = ""
) -> str:
    """A long file of hourly curves (kWh an hour) from the grid day of ``first`` on."""
    start = grid_day(first.date())[0]
    lines = ["meter,start,kwh" + (f",{more}" if more else "")]
    for meter, kwh in curves.items():
        for hour, value in enumerate(kwh):
            at = (start + timedelta(hours=hour)).astimezone(GRID_ZONE).isoformat()
            lines.append(f"{meter},{at},{value:.3f}")
    return "\n".join(lines) + "\n"


def as_file(content: str | bytes) -> "File[bytes]":
    return File(BytesIO(content.encode() if isinstance(content, str) else content))
