"""A list is walked to its end from row to row, forth and back, whatever it is sorted by."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Left
from django.http import QueryDict

from pages.lists import paging
from pages.lists.paging import Page, page_of

pytestmark = pytest.mark.django_db
NAMES = ["b1", "a1", "b2", "?1", "c1", "?2", "b3", "?3"]
ORDERS: list[list[Any]] = [
    ["name", "-pk"],
    ["-name", "-pk"],
    ["kind", "-pk"],
    ["-kind", "-pk"],
    [F("kind").desc(nulls_last=True), "name", "-pk"],
    [F("kind").asc(nulls_first=True), "-pk"],
]


@pytest.fixture
def groups() -> QuerySet[Group]:
    """Groups whose kind repeats, and is NULL for some."""
    for name in NAMES:
        Group.objects.create(name=name)
    unknown = When(name__startswith="?", then=Value(None))
    kind = Case(unknown, default=Left("name", 1), output_field=CharField(null=True))
    return Group.objects.annotate(kind=kind)


def at(rows: QuerySet[Group], order: list[Any], address: dict[str, str], size: int = 3) -> Page:
    query = QueryDict(mutable=True)
    query.update(address)
    return page_of(rows.order_by(*order), rows, order, query, size)


def names(pages: list[Page]) -> list[str]:
    return [row.name for page in pages for row in page.rows]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_next_leads_through_every_row_once_and_previous_back_again(
    order: list[Any], groups: QuerySet[Group]
) -> None:
    forth = [at(groups, order, {})]
    while forth[-1].after:
        forth.append(at(groups, order, forth[-1].after))
    assert names(forth) == [row.name for row in groups.order_by(*order)]
    back = [forth[-1]]
    while back[-1].before:
        back.append(at(groups, order, back[-1].before))
    assert names(back[::-1]) == names(forth)
    assert [page.number for page in back] == [3, 2, 1]


def test_rows_that_come_meanwhile_move_no_row_onto_the_next_page_again(
    groups: QuerySet[Group],
) -> None:
    first = at(groups, ["name", "-pk"], {})
    Group.objects.create(name="0 before all others")
    second = at(groups, ["name", "-pk"], first.after)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


@pytest.mark.parametrize(
    "text", ["0", "-1", "x", "²", "9" * 30, "\0", "1e3", "None", "999999999", "' OR 1=1"]
)
def test_a_row_that_is_not_there_leaves_the_number_of_the_page_to_count(
    text: str, groups: QuerySet[Group]
) -> None:
    order = ["name", "-pk"]
    expected = names([at(groups, order, {"page": "2"})])
    assert names([at(groups, order, {"page": "2", "after": text})]) == expected
    assert names([at(groups, order, {"page": "2", "before": text})]) == expected


def test_the_address_names_no_value_that_the_list_is_sorted_by(groups: QuerySet[Group]) -> None:
    page = at(groups, ["name", "-pk"], {})
    assert page.after == {"page": "2", "before": "", "after": str(page.rows[-1].pk)}


def test_a_number_alone_skips_no_more_than_is_counted(
    groups: QuerySet[Group], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED", 6)
    assert at(groups, ["name", "-pk"], {"page": "999999"}).number == 2


def test_a_deep_page_begins_at_its_row_and_skips_none(groups: QuerySet[Group]) -> None:
    order = ["name", "-pk"]
    place = at(groups, order, {}).rows[-1]
    rows = groups.order_by(*order)
    steps = [paging.Step.of(term) for term in order]
    found = rows.filter(paging.behind(steps, [place.name, place.pk]))[:4]
    assert "OFFSET" not in str(found.query)
    assert 'name" >= ' in str(found.query)
