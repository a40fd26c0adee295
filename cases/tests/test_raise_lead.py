"""The one door for leads."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from cases.actions import raise_lead
from cases.models import Lead, NumberSeries
from common import clock
from journal.selectors import history_of

TITLE = {"kk": "Есептеуіш", "ru": "Счётчик М-1", "en": "Meter M-1"}
REASONS = [{"text": TITLE, "weight": 0.4, "source": TITLE, "origin": "readings:north"}]

pytestmark = pytest.mark.django_db


def raised(key: str = "undeclared:M-1", **more: Any) -> Lead:
    return raise_lead(
        source="finding", key=key, title=TITLE, reasons=REASONS, kato="630000000", **more
    )


def test_the_same_key_raises_one_lead() -> None:
    first, again = raised(), raised()
    assert first == again
    assert Lead.objects.count() == 1
    assert len(history_of(first)) == 1


def test_numbers_follow_each_other_within_the_year() -> None:
    numbers = [raised(f"k{n}").number for n in range(3)]
    year = clock.today().year
    assert numbers == [f"L-{year}-000{n}" for n in (1, 2, 3)]


def test_a_number_that_was_rolled_back_is_given_out_again() -> None:
    raised("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        raised("b", confidence=7.0)
    assert raised("c").number.endswith("0002")
    assert NumberSeries.objects.get(prefix="L").last == 2


def test_a_lead_knows_its_region_cell_and_term() -> None:
    lead = raised(lat=49.95, lon=82.61, party_name="ТОО «Тұман Нода»")
    assert lead.region == "63"
    assert lead.cell.startswith("87")
    assert lead.party_folded == "туман нода"
    assert lead.due_on
    assert lead.due_on > clock.today()


def test_kazakh_letters_are_found_by_russian_ones(officer: User) -> None:
    lead = raised(place="Ақсу, Тобылғы")
    assert list(Lead.objects.visible_to(officer).searched("аксу тобылгы")) == [lead]


def test_the_database_refuses_a_promoted_lead_without_a_case() -> None:
    lead = raised()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(state="promoted")


def test_texts_are_told_in_the_readers_language() -> None:
    assert raised().words == "Meter M-1"
