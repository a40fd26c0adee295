"""Sending a file by the page and by the API, and following it."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from grid import actions
from grid.models import ReadingBatch, Supplier

GOOD = b"meter,start,kwh\nM1,2026-10-01T00:00+05:00,1\nM1,2026-10-01T01:00+05:00,2\n"
BAD = b"meter,start,kwh\nM1,2026-10-01T00:00,1\nM1,2026-10-01T01:00+05:00,-2\n"


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Mock:
    asked = Mock()
    monkeypatch.setattr("grid.tasks.store_batch.delay_on_commit", asked)
    return asked


def file(content: bytes = GOOD) -> SimpleUploadedFile:
    return SimpleUploadedFile("october.csv", content, content_type="text/csv")


def test_a_supplier_sends_a_file_by_the_page(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client], queue: Mock
) -> None:
    client = signed_in(supplier_user)
    answer = client.post(
        reverse("grid:upload"), {"supplier": supplier.pk, "file": file(), "send": ""}
    )
    batch = ReadingBatch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    queue.assert_called_once_with(batch.pk)
    assert batch.uploaded_by == supplier_user
    waiting = client.get(batch.get_absolute_url()).content.decode()
    assert reverse("grid:batch-state", args=[batch.pk]) in waiting
    actions.store_batch(batch.pk)
    assert client.get(reverse("grid:batch-state", args=[batch.pk])).headers["HX-Refresh"] == "true"
    assert "2 readings stored" in client.get(batch.get_absolute_url()).content.decode()


def test_a_look_shows_every_wrong_value_and_stores_nothing(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client], queue: Mock
) -> None:
    page = signed_in(supplier_user).post(
        reverse("grid:upload"), {"supplier": supplier.pk, "file": file(BAD), "look": ""}
    )
    text = page.content.decode()
    assert "The time does not say its offset from UTC" in text
    assert "Less than zero" in text
    assert not ReadingBatch.objects.exists()
    queue.assert_not_called()


def test_daily_totals_are_told_where_they_belong(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client], queue: Mock
) -> None:
    days = b"meter,date,kwh\nM1,2026-10-01,240\nM1,2026-10-02,250\n"
    page = signed_in(supplier_user).post(
        reverse("grid:upload"), {"supplier": supplier.pk, "file": file(days), "look": ""}
    )
    text = page.content.decode()
    assert "These are totals of a day or a month, not readings" in text
    assert "never spread into hours" in text
    assert "Wrong values: 1." in text


def test_refused_rows_can_be_downloaded_and_that_is_recorded(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client], queue: Mock
) -> None:
    client = signed_in(supplier_user)
    client.post(reverse("grid:upload"), {"supplier": supplier.pk, "file": file(BAD), "send": ""})
    batch = actions.store_batch(ReadingBatch.objects.get().pk)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Nothing of this file was stored" in page
    answer: Any = client.get(reverse("grid:batch-errors", args=[batch.pk]))
    errors = b"".join(answer.streaming_content)
    assert b"no_offset" in errors
    assert b"negative" in errors


def test_the_api_answers_202_and_the_state_is_followed(
    supplier: Supplier, supplier_user: User, api: Callable[[User], APIClient], queue: Mock
) -> None:
    client = api(supplier_user)
    answer = client.post(
        "/api/v1/reading-batches/",
        {"supplier": supplier.code, "file": file(BAD)},
        format="multipart",
    )
    assert answer.status_code == 202
    batch = ReadingBatch.objects.get()
    assert answer.headers["Location"].endswith(f"/api/v1/reading-batches/{batch.pk}/")
    queue.assert_called_once_with(batch.pk)
    actions.store_batch(batch.pk)
    state = client.get(answer.headers["Location"]).json()
    assert (state["state"], state["problems"], state["rows_stored"]) == ("refused", 2, 0)
    rejects = client.get(f"/api/v1/reading-batches/{batch.pk}/rejects/").json()["results"]
    assert sorted(r["code"] for r in rejects) == ["negative", "no_offset"]
    assert all(r["problem"] and r["accepted"] for r in rejects)


def test_the_same_file_by_the_api_again_gives_the_first_batch(
    supplier: Supplier, supplier_user: User, api: Callable[[User], APIClient], queue: Mock
) -> None:
    client = api(supplier_user)
    body: dict[str, Any] = {"supplier": supplier.code}
    first = client.post("/api/v1/reading-batches/", {**body, "file": file()}, format="multipart")
    again = client.post("/api/v1/reading-batches/", {**body, "file": file()}, format="multipart")
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["id"] == again.json()["id"]
    assert queue.call_count == 1


def test_an_idempotency_key_makes_a_repeat_harmless(
    supplier: Supplier, supplier_user: User, api: Callable[[User], APIClient], queue: Mock
) -> None:
    client = api(supplier_user)
    answers = [
        client.post(
            "/api/v1/reading-batches/", {"supplier": supplier.code, "file": file()},
            format="multipart", headers={"Idempotency-Key": "october"},
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [a.status_code for a in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert queue.call_count == 1


def test_an_unknown_supplier_is_named_at_the_field(
    supplier_user: User, api: Callable[[User], APIClient], queue: Mock
) -> None:
    answer = api(supplier_user).post(
        "/api/v1/reading-batches/", {"supplier": "nobody", "file": file()}, format="multipart"
    )
    assert answer.status_code == 400
    assert "supplier" in answer.json()["errors"]
