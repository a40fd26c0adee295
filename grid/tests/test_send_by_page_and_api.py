"""Sending a file by the page and by the API, and following it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from changes.actions import approve_change
from changes.models import Change
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


NAMED = "Прибор учёта;Начало;Показание, кВт·ч;Подпись\nM1;2026-10-01T00:00+05:00;1,5;Иванова\n"


def looked(client: Client, supplier: Supplier, content: bytes) -> str:
    answer = client.post(
        reverse("grid:upload"), {"supplier": supplier.pk, "file": file(content), "look": ""}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def token(text: str) -> str:
    return text.split('name="looked" value="')[1].split('"', maxsplit=1)[0]


def test_a_file_that_was_looked_at_is_sent_without_choosing_it_again(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client], queue: Mock
) -> None:
    client = signed_in(supplier_user)
    text = looked(client, supplier, GOOD)
    assert "october.csv" in text
    assert "a row a reading" in text
    assert not ReadingBatch.objects.exists()
    sent = {"supplier": supplier.pk, "looked": token(text), "send": ""}
    answer = client.post(reverse("grid:upload"), sent)
    batch = ReadingBatch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    assert batch.file_name == "october.csv"
    queue.assert_called_once_with(batch.pk)
    again = client.post(reverse("grid:upload"), sent)
    assert again.status_code == 422, "it was kept for one sending"
    assert "Choose a file." in again.content.decode()


def test_nobody_sends_what_another_person_looked_at(
    supplier: Supplier, supplier_user: User, administrator: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    kept = token(looked(signed_in(supplier_user), supplier, GOOD))
    for given in (kept, kept[:-1] + "x", "nonsense", ""):
        answer = signed_in(administrator).post(
            reverse("grid:upload"), {"supplier": supplier.pk, "looked": given, "send": ""}
        )
        assert answer.status_code == 422
    assert not ReadingBatch.objects.exists()


def test_a_kept_file_goes_after_a_day(
    supplier: Supplier, supplier_user: User, signed_in: Callable[[User], Client]
) -> None:
    looked(signed_in(supplier_user), supplier, GOOD)
    assert actions.forget_looked_at() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert actions.forget_looked_at() == 1
    assert actions.forget_looked_at() == 0


def test_unknown_headings_are_shown_with_their_values_and_proposed(
    supplier: Supplier, supplier_user: User, officer: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    client = signed_in(supplier_user)
    text = looked(client, supplier, NAMED.encode())
    for told in ("Прибор учёта", "not known", "Иванова", "Propose these headings"):
        assert told in text
    names = ["Прибор учёта", "Начало", "Показание, кВт·ч", "Подпись"]
    sent = {
        "supplier": supplier.pk, "looked": token(text), "map": "", "heading": names,
        "role": ["meter", "start", "value", "skip"],
    }  # fmt: skip
    twice = client.post(reverse("grid:upload"), sent | {"role": ["meter", "meter", "", ""]})
    assert "two columns stand for it" in twice.content.decode()
    answer = client.post(reverse("grid:upload"), sent)
    assert answer["Location"] == supplier.get_absolute_url()
    approve_change(change=Change.objects.get(), actor=officer)
    supplier.refresh_from_db()
    assert supplier.mapping == {
        "meter": "Прибор учёта", "start": "Начало", "value": "Показание, кВт·ч",
        "skip": ["Подпись"],
    }  # fmt: skip
    assert "The file is in order" in looked(client, supplier, NAMED.encode())


def test_the_receipt_tells_file_hash_sender_and_outcome(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User,
    signed_in: Callable[[User], Client], queue: Mock,
) -> None:  # fmt: skip
    client = signed_in(supplier_user)
    client.post(reverse("grid:upload"), {"supplier": supplier.pk, "file": file(), "send": ""})
    batch = actions.store_batch(ReadingBatch.objects.get().pk)
    text = client.get(reverse("grid:batch-receipt", args=[batch.pk])).content.decode()
    for told in (batch.sha256, "october.csv", supplier_user.full_name):
        assert told in text
    ReadingBatch.objects.filter(pk=batch.pk).update(supplier=other_supplier)
    assert client.get(reverse("grid:batch-receipt", args=[batch.pk])).status_code == 404
