"""A supplier's page: its calendar, and how its files are read, by two persons."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from changes.actions import approve_change
from changes.models import Change
from common.errors import NotAllowed
from grid.models import FeedDay, Supplier
from grid.selectors.arrivals import months_of

NOW = "2026-11-10T12:00+05:00"


def came(supplier: Supplier, day: date, share: float) -> None:
    FeedDay.objects.create(
        supplier=supplier, day=day, readings=int(100 * share), meters=4, expected=100
    )


def url(supplier: Supplier, name: str = "grid:supplier") -> str:
    return reverse(name, args=[supplier.code])


@time_machine.travel(NOW, tick=False)
def test_the_calendar_tells_whole_partial_and_missing_days(supplier: Supplier) -> None:
    for number in range(20, 32):
        came(supplier, date(2026, 10, number), 1.0)
    came(supplier, date(2026, 11, 1), 0.5)
    came(supplier, date(2026, 11, 3), 0.95)
    november, october = months_of(supplier)
    assert (october.whole, october.missing, october.count("ahead")) == (12, 0, 19)
    # Today is the 10th and two days are allowed: the 7th is the last day awaited.
    assert [day.state for day in november.days[:8]] == [
        *("partial", "missing", "whole"), *["missing"] * 4, "ahead",
    ]  # fmt: skip
    assert (november.awaited, november.whole, november.partial, november.missing) == (7, 1, 1, 5)


@time_machine.travel(NOW, tick=False)
def test_the_calendar_holds_thirteen_months_at_most(
    supplier: Supplier, django_assert_num_queries: Any
) -> None:
    assert months_of(supplier) == []
    for back in range(0, 600, 30):
        came(supplier, date(2026, 11, 9) - timedelta(days=back), 1.0)
    with django_assert_num_queries(2):
        months = months_of(supplier)
    assert [months[0].first, months[-1].first] == [date(2026, 11, 1), date(2025, 11, 1)]
    assert len(months) == 13


def test_the_page_shows_calendar_profile_and_files(
    supplier: Supplier, officer: User, signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    Supplier.objects.filter(pk=supplier.pk).update(
        zone="Asia/Almaty", mapping={"meter": "Прибор", "skip": ["Примечание"]}
    )
    came(supplier, date(2026, 10, 20), 1.0)
    client = signed_in(officer)
    client.get(url(supplier))
    with django_assert_max_num_queries(14):
        text = client.get(url(supplier)).content.decode()
    for told in ("Asia/Almaty", "Прибор", "Примечание", "2026-10"):
        assert told in text
    assert url(supplier, "grid:profile") not in text, "an official approves and does not propose"


def test_another_suppliers_people_do_not_find_the_page(
    other_supplier: Supplier, supplier_user: User, member: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    client = signed_in(supplier_user)
    assert client.get(url(other_supplier)).status_code == 404
    assert client.get(url(other_supplier, "grid:profile")).status_code == 404
    assert signed_in(member).get(url(other_supplier)).status_code == 403


def asked(**more: Any) -> dict[str, Any]:
    plain = {
        "zone": "", "convention": "start", "unit": "", "ratio": "", "header_row": 1,
        "interval": "", "days_allowed": 2, "shown": "interval", "register_digits": "", "skip": "",
        "reason": "Their files say no offset.",
    }  # fmt: skip
    return {**plain, **more}


def test_its_people_propose_and_an_official_approves(
    supplier: Supplier, supplier_user: User, officer: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(supplier_user)
    answer = client.post(
        url(supplier, "grid:profile"),
        asked(zone="Asia/Almaty", column_meter="Прибор учёта", skip="Примечание\nПодпись"),
    )
    assert answer["Location"] == url(supplier)
    supplier.refresh_from_db()
    assert supplier.zone == "", "until the second person approves, nothing moves"
    assert "waits for a second person" in client.get(url(supplier)).content.decode()
    change = Change.objects.get()
    with pytest.raises(NotAllowed):
        approve_change(change=change, actor=supplier_user)
    told = signed_in(officer).get(change.get_absolute_url()).content.decode()
    assert "Прибор учёта" in told
    approve_change(change=change, actor=officer)
    supplier.refresh_from_db()
    assert supplier.zone == "Asia/Almaty"
    assert supplier.mapping == {"meter": "Прибор учёта", "skip": ["Примечание", "Подпись"]}


def test_a_proposal_of_one_company_is_not_shown_to_another(
    other_supplier: Supplier, supplier: Supplier, supplier_user: User, admin_user_: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    signed_in(admin_user_).post(url(other_supplier, "grid:profile"), asked(zone="Asia/Oral"))
    change = Change.objects.get()
    assert signed_in(supplier_user).get(change.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"zone": "Asia/Atlantis"}, "There is no such time zone."),
        ({"ratio": "-3"}, "greater than or equal to 0"),
        ({"column_meter": "A", "column_start": "a"}, "stands twice"),
        ({"header_row": "0"}, "greater than or equal to 1"),
        ({"reason": ""}, "This field is required."),
        ({}, "Nothing would change."),
    ],
)
def test_what_cannot_be_is_not_proposed(
    given: dict[str, Any], told: str, supplier: Supplier, supplier_user: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    answer = signed_in(supplier_user).post(url(supplier, "grid:profile"), asked(**given))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Change.objects.exists()


def test_a_mapping_of_another_shape_is_refused(supplier: Supplier) -> None:
    for mapping in ({"owner": "A"}, {"meter": ""}, ["meter"], {"meter": "x" * 201}):
        supplier.mapping = mapping
        with pytest.raises(ValidationError):
            supplier.full_clean()
