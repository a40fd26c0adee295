"""The one mechanism of all list pages, shown on a model that exists everywhere."""

import re
from collections.abc import Sequence
from typing import Any

import django_filters
import pytest
from django.contrib.auth.models import Group
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.test import RequestFactory

from common.errors import Refused
from pages.lists import BulkAct, Column, ListPage, Preset, ReasonForm

pytestmark = pytest.mark.django_db


class GroupFilter(django_filters.FilterSet):
    id = django_filters.RangeFilter(label="Number")
    wind = django_filters.ChoiceFilter(
        label="Wind",
        method="blowing",
        choices=lambda: [("n", "from the north"), ("s", "from the south")],
    )

    def blowing(self, rows: QuerySet[Group], _name: str, value: str) -> QuerySet[Group]:
        return rows.filter(name__istartswith=value)


class GroupList(ListPage):
    title = "Groups"
    noun = "groups"
    columns = (
        Column("id", "Number", kind="number", sort="id"),
        Column("name", "Name", sort="name", phone="main", fill=True),
    )
    search = ("name__icontains",)
    filterset_class = GroupFilter
    presets = (
        Preset("all", "All"),
        Preset("north", "North", lambda _user: Q(name__contains="North")),
    )
    bulk = (BulkAct("rename", "Rename"), BulkAct("remove", "Remove…", form=ReasonForm))
    default_sort = "name"
    page_size = 3

    def queryset(self) -> QuerySet[Group]:
        return Group.objects.all()

    def bulk_rename(self, rows: Sequence[Group], _answers: dict[str, Any]) -> str:
        def rename(group: Group) -> None:
            group.name = f"new {group.name}"
            group.save()
            if "South" in group.name:
                raise Refused("The south keeps its name.")

        return self.each(rows, rename, lambda count: f"{count} renamed.")

    def bulk_remove(self, rows: Sequence[Group], answers: dict[str, Any]) -> str:
        Group.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return f"Removed: {answers['reason']}"


@pytest.fixture
def groups() -> list[Group]:
    names = ["North 1", "North 2", "South 1", "South 2", "West"]
    return [Group.objects.create(name=name) for name in names]


@pytest.fixture
def look(officer: Any, rf: RequestFactory) -> Any:
    def get(query: str = "", headers: dict[str, str] | None = None) -> str:
        request: Any = rf.get(f"/groups/{query}", headers=headers)
        request.user = officer
        response: Any = GroupList.as_view()(request)
        return str(response.content.decode())

    return get


@pytest.fixture
def act(officer: Any, rf: RequestFactory) -> Any:
    def post(**fields: Any) -> list[str]:
        request: Any = rf.post("/groups/", fields)
        request.user = officer
        request.session = {}
        request._messages = FallbackStorage(request)
        GroupList.as_view()(request)
        return [str(message) for message in request._messages]

    return post


def rows_of(page: str) -> list[str]:
    return re.findall(r"(?:North|South|West)(?: \d)?(?=</td>)", page)


@pytest.mark.usefixtures("groups")
def test_search_keeps_the_rows_that_hold_every_word(look: Any) -> None:
    assert rows_of(look("?q=north+2")) == ["North 2"]


@pytest.mark.usefixtures("groups")
def test_a_view_keeps_its_rows_and_counts_every_view(look: Any) -> None:
    page = look("?view=north")
    assert rows_of(page) == ["North 1", "North 2"]
    assert re.findall(r'class="count">(\d+)<', page)[-2:] == ["5", "2"]


@pytest.mark.usefixtures("groups")
def test_a_column_sorts_both_ways_and_says_so(look: Any) -> None:
    page = look("?sort=-name")
    assert rows_of(page) == ["West", "South 2", "South 1"]
    assert 'aria-sort="descending"' in page
    assert "?sort=name" in page


@pytest.mark.usefixtures("groups")
def test_a_sort_that_no_column_offers_is_ignored(look: Any) -> None:
    assert rows_of(look("?sort=permissions__name")) == ["North 1", "North 2", "South 1"]


@pytest.mark.usefixtures("groups")
def test_pages_neither_overlap_nor_lose_rows(look: Any) -> None:
    assert rows_of(look()) + rows_of(look("?page=2")) == [
        *("North 1", "North 2", "South 1", "South 2", "West"),
    ]


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize("page", ["0", "-1", "x", "99"])
def test_a_strange_page_number_is_no_error(look: Any, page: str) -> None:
    assert "Groups" in look(f"?page={page}")


def test_a_chip_tells_its_filter_and_leads_to_the_list_without_it(
    look: Any, groups: list[Group]
) -> None:
    page = look(f"?q=North&id_min={groups[1].pk}")
    assert f"from {groups[1].pk}" in page
    assert 'href="?q=North"' in page
    assert rows_of(page) == ["North 2"]


@pytest.mark.usefixtures("groups")
def test_a_chip_tells_the_word_of_a_choice_also_of_choices_made_late(look: Any) -> None:
    page = look("?wind=s")
    assert "from the south" in re.findall(r'class="chip on"[^>]*>(.*?)<svg', page, re.S)[0]
    assert rows_of(page) == ["South 1", "South 2"]


@pytest.mark.usefixtures("groups")
def test_htmx_gets_the_list_with_its_chips_and_count_but_not_the_frame(look: Any) -> None:
    part = look("?q=west", headers={"HX-Target": "list"})
    assert part.strip().startswith('<div id="list"')
    assert "1–1 of 1" in part
    assert "<html" not in part


def test_an_empty_list_says_what_to_do(look: Any) -> None:
    assert "No groups" in look()


@pytest.mark.usefixtures("groups")
def test_a_list_emptied_by_a_filter_offers_to_drop_it(look: Any) -> None:
    assert "Reset the filters" in look("?q=nowhere")


@pytest.mark.usefixtures("groups")
def test_a_list_costs_few_queries_whatever_its_size(
    look: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        look("?q=o", headers={"HX-Target": "list"})


def test_a_bulk_act_touches_only_what_was_picked(act: Any, groups: list[Group]) -> None:
    assert act(act="rename", pick=[groups[0].pk]) == ["1 renamed."]
    assert Group.objects.filter(name__startswith="new").count() == 1


def test_a_refused_row_is_rolled_back_alone_and_told(act: Any, groups: list[Group]) -> None:
    (told,) = act(act="rename", pick=[group.pk for group in groups[1:3]])
    assert "1 renamed." in told
    assert "The south keeps its name." in told
    assert list(Group.objects.filter(name__startswith="new").values_list("name", flat=True)) == [
        "new North 2"
    ]


@pytest.mark.usefixtures("groups")
def test_select_all_means_the_query_and_not_the_page(act: Any) -> None:
    act(act="remove", all="2", query="view=north", **{"remove-reason": "merged"})
    assert Group.objects.count() == 3


@pytest.mark.usefixtures("groups")
def test_select_all_does_nothing_when_the_list_has_changed_meanwhile(act: Any) -> None:
    Group.objects.create(name="North 3")
    (told,) = act(act="remove", all="2", query="view=north", **{"remove-reason": "merged"})
    assert "there are now 3 rows" in told
    assert Group.objects.count() == 6


def test_an_act_that_needs_a_reason_is_not_done_without_one(act: Any, groups: list[Group]) -> None:
    (told,) = act(act="remove", pick=[groups[0].pk])
    assert told.startswith("Nothing was done")
    assert Group.objects.count() == 5


@pytest.mark.usefixtures("groups")
def test_nothing_picked_is_said(act: Any) -> None:
    assert act(act="rename") == ["Nothing is picked. Tick at least one row."]
    assert act(act="rename", pick=["²"]) == ["Nothing is picked. Tick at least one row."]


def test_a_filter_whose_value_does_not_fit_lets_no_act_reach_every_row(
    act: Any, groups: list[Group]
) -> None:
    (told,) = act(act="rename", query="wind=up", all=str(len(groups)))
    assert told.startswith("The list has changed")
    assert not Group.objects.filter(name__startswith="new").exists()


def test_an_act_that_the_list_does_not_offer_is_refused(act: Any, groups: list[Group]) -> None:
    with pytest.raises(PermissionDenied):
        act(act="promote", pick=[groups[0].pk])
