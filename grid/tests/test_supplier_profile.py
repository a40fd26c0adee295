"""A supplier's profile decides how its files are meant, and stays with its batches."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from grid import actions
from grid.choices import BatchState, Channel
from grid.models import ReadingBatch, Supplier
from grid.selectors import load_curve
from grid.tests.factories import as_file

DAY = date(2026, 10, 1)
LOCAL = "Счётчик;Время;Мощность, кВт\n" + "".join(
    f"M1;01.10.2026 {h:02d}:00;{h},5\n" for h in range(1, 25)
)


@pytest.fixture
def meant(supplier: Supplier) -> Supplier:
    """Ends of intervals, Almaty's clock, day first, kW, transformers of 20, headings of its own."""
    supplier.zone, supplier.convention, supplier.day_first = "Asia/Almaty", "end", True
    supplier.unit, supplier.ratio = "kw", 20.0
    supplier.mapping = {"meter": "Счётчик", "start": "Время", "value": "Мощность, кВт"}
    supplier.full_clean()
    supplier.save()
    return supplier


def receive(supplier: Supplier, **more: Any) -> tuple[ReadingBatch, bool]:
    return actions.receive_batch(
        supplier=supplier, file=as_file(LOCAL), file_name="october.csv", actor=None,
        channel=Channel.COMMAND, **more,
    )  # fmt: skip


def test_a_file_is_stored_as_its_supplier_means_it(meant: Supplier) -> None:
    batch = actions.store_batch(receive(meant)[0].pk)
    assert (batch.state, batch.rows_stored) == (BatchState.STORED, 24)
    curve = load_curve("M1", DAY, DAY)
    assert curve is not None
    assert curve.kw == [(h + 0.5) * 20 for h in range(1, 25)]


def test_a_batch_is_read_by_the_profile_of_the_moment_when_it_came(meant: Supplier) -> None:
    batch, _ = receive(meant)
    Supplier.objects.filter(pk=meant.pk).update(ratio=None, convention="start", mapping={})
    assert actions.store_batch(batch.pk).state == BatchState.STORED
    curve = load_curve("M1", DAY, DAY)
    assert curve is not None
    assert curve.kw[0] == 30.0
    assert batch.profile["ratio"] == 20.0


def test_the_same_file_under_another_profile_is_a_correction(meant: Supplier) -> None:
    first = actions.store_batch(receive(meant)[0].pk)
    assert receive(meant) == (first, False)
    meant.ratio = 40.0
    meant.save()
    second, new = receive(meant)
    assert new
    actions.store_batch(second.pk)
    curve = load_curve("M1", DAY, DAY)
    assert curve is not None
    assert curve.kw[0] == 60.0


def test_a_file_of_the_time_before_profiles_were_kept_is_the_same_file(meant: Supplier) -> None:
    first = actions.store_batch(receive(meant)[0].pk)
    ReadingBatch.objects.update(meaning="", profile={})
    assert receive(meant) == (first, False)


@pytest.mark.parametrize(("field", "value"), [("zone", "Asia/Nowhere"), ("header_row", 0)])
def test_a_profile_that_cannot_be_meant_is_refused(
    supplier: Supplier, field: str, value: Any
) -> None:
    setattr(supplier, field, value)
    with pytest.raises(ValidationError):
        supplier.full_clean()
