"""An extract names the newest official list, by its own date, that the entry stands on."""

from datetime import date

import pytest
from django.test import Client

from intake import actions
from registry.choices import REGISTRATIONS_FILE
from registry.models import ListedEntry, OfficialList
from registry.selectors.behind import Reflected, behind_entry, reflected
from registry.tests.factories import invented_bin
from registry.tests.files import csv_file, row

pytestmark = pytest.mark.django_db
NUMBER = "I-00001"
DAY = date(2026, 11, 20)
MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def bring(*rows, act, day):
    batch = actions.check_file(
        kind=REGISTRATIONS_FILE, name="list.csv", content=csv_file(*rows), actor=None,
        act_reference=act, act_date=day,
    )  # fmt: skip
    return actions.apply_batch(batch=batch, actor=None)


def published(day, number=NUMBER, **line):
    found = OfficialList.objects.create(
        kind="licence_1", day=day, body="body", reference=f"published {day}"
    )
    line = {"operator_bin": invented_bin(1), "operator_name": "name", **line}
    ListedEntry.objects.create(official_list=found, number=number, **line)


def test_an_older_list_that_is_applied_later_is_not_the_newest():
    bring(row(1), act="No. 2", day=JUNE)
    bring(row(1), row(2), act="No. 1", day=MARCH)
    assert reflected() == Reflected(JUNE, "No. 2")
    assert behind_entry(NUMBER, DAY) == Reflected(JUNE, "No. 2")


def test_a_newer_list_that_leaves_the_entry_the_same_counts_and_one_without_it_does_not():
    bring(row(1), act="No. 1", day=MARCH)
    bring(row(1), act="No. 2", day=JUNE)
    bring(row(2), act="No. 3", day=SEPTEMBER)
    assert behind_entry(NUMBER, DAY) == Reflected(JUNE, "No. 2")
    assert reflected() == Reflected(SEPTEMBER, "No. 3"), "the register as a whole is newer"


def test_a_published_list_that_names_the_entry_counts_by_its_own_day():
    bring(row(1), act="No. 2", day=JUNE)
    published(MARCH)
    assert behind_entry(NUMBER, DAY).day == JUNE
    published(SEPTEMBER)
    assert behind_entry(NUMBER, DAY) == Reflected(SEPTEMBER, f"published {SEPTEMBER}")


def test_a_list_after_the_day_asked_about_does_not_count():
    bring(row(1), act="No. 1", day=MARCH)
    published(SEPTEMBER)
    assert behind_entry(NUMBER, JUNE) == Reflected(MARCH, "No. 1")


def test_a_line_under_another_bin_is_not_about_the_entry():
    bring(row(1), act="No. 1", day=MARCH)
    published(SEPTEMBER, operator_bin=invented_bin(2))
    assert behind_entry(NUMBER, DAY) == Reflected(MARCH, "No. 1")


def test_an_undone_list_no_longer_stands_behind_the_entry():
    bring(row(1), act="No. 1", day=MARCH)
    second = bring(row(1, declared_kw="1300"), act="No. 2", day=JUNE)
    actions.undo_batch(batch=second, actor=None, reason="mistaken")
    assert behind_entry(NUMBER, DAY) == Reflected(MARCH, "No. 1")


def test_the_extract_says_the_list_of_the_entry_and_not_the_last_one_applied():
    bring(row(1), act="No. 2", day=JUNE)
    bring(row(2), act="No. 3", day=SEPTEMBER)
    reader = Client(headers={"accept-language": "en"})
    page = reader.get(f"/register/{NUMBER}/").content.decode()
    assert "No. 2" in page
    assert "No. 3" not in page
