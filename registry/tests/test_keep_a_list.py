"""Columns chosen, views kept and shared, and the list as a file: of exactly what is shown."""

import csv
import io

import pytest
from django.apps import apps
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from pages.lists import Column
from pages.lists.keeping import MOST_SHARED, chosen
from pages.models import KeptList
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteFactory

pytestmark = pytest.mark.django_db
LIST = "/registry/"
Event = apps.get_model("journal", "Event")
KEY = "registry.RegistrationList"


@pytest.fixture
def rows(db):
    return [SiteFactory(declared_kw=kw).registration for kw in (1500, 12000, 250)]


def text(client, address):
    return client.get(address).content.decode()


def export(client, address, language="en"):
    client.cookies["django_language"] = language
    answer = client.get(address, headers={"Accept-Language": language})
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_chosen_columns_are_shown_in_their_order_and_kept_for_their_person(
    rows, officer, head, signed_in
):
    client = signed_in(officer)
    ticked = {"show-number": "on", "place-number": "1", "show-declared_kw": "on",
              "place-declared_kw": "2"}  # fmt: skip
    client.post(LIST, {"keep": "columns", **ticked})
    page = text(client, LIST)
    assert page.index(">Number<") < page.index(">Declared, kW<")
    assert "Valid to</a>" not in page.split("<tbody>")[0].split("<thead>")[1]
    assert "Valid to" in text(signed_in(head), LIST).split("<tbody>")[0].split("<thead>")[1]
    client.post(LIST, {"keep": "columns", "reset": "1"})
    assert not KeptList.objects.exists()


def test_no_column_at_all_is_refused(rows, officer, signed_in):
    client = signed_in(officer)
    client.post(LIST, {"keep": "columns"})
    assert not KeptList.objects.exists()


def test_a_view_keeps_filters_order_and_columns_under_a_name(rows, officer, signed_in):
    client = signed_in(officer)
    number = rows[1].number
    client.post(
        LIST, {"keep": "view", "name": "Mine", "query": f"q={number}&sort=-declared_kw&page=3"}
    )
    view = KeptList.objects.get(name="Mine")
    assert view.query == f"q={number}&sort=-declared_kw"
    page = text(client, f"{LIST}?{view.query}&saved={view.pk}")
    assert rows[1].number in page
    assert rows[0].number not in page
    client.post(LIST, {"keep": "forget", "view": view.pk})
    assert not KeptList.objects.filter(name="Mine").exists()


def test_a_shared_view_is_seen_by_who_sees_the_list_and_forgotten_by_its_owner(
    rows, officer, head, member, signed_in
):
    signed_in(officer).post(LIST, {"keep": "view", "name": "Large", "share": "all", "query": "q=T"})
    assert Event.objects.filter(verb="pages.view.share").exists()
    other = signed_in(head)
    assert "Large" in text(other, LIST)
    view = KeptList.objects.get(name="Large")
    other.post(LIST, {"keep": "forget", "view": view.pk})
    assert KeptList.objects.filter(pk=view.pk).exists()
    assert signed_in(member).get(LIST).status_code == 403


def test_an_own_view_that_is_not_shared_is_nobody_elses(rows, officer, head, signed_in):
    signed_in(officer).post(LIST, {"keep": "view", "name": "Secret", "query": ""})
    assert "Secret" not in text(signed_in(head), LIST)


def test_an_address_with_a_filter_that_is_gone_says_so(rows, officer, signed_in):
    assert "not known here" in text(signed_in(officer), f"{LIST}?colour=red")


def test_a_file_holds_what_the_list_shows_and_is_journalled(rows, officer, signed_in):
    told = export(signed_in(officer), f"{LIST}?q={rows[1].number}&export=csv")
    found = list(csv.DictReader(io.StringIO(told)))
    assert [row["Number"] for row in found] == [rows[1].number]
    assert found[0]["Declared, kW"] == "12000"
    event = Event.objects.get(verb="pages.list.export")
    assert (event.facts["rows"], event.facts["list"]) == (1, KEY)


def test_a_file_for_the_russian_excel_has_semicolons_and_commas(rows, officer, signed_in):
    officer.language = "ru"
    officer.save()
    SiteFactory(declared_kw=0.25)
    told = export(signed_in(officer), f"{LIST}?export=csv&sort=declared_kw", "ru")
    assert told.splitlines()[0].count(";") > 5
    assert ";250;" in told
    assert ";0,25;" in told


def test_a_formula_in_a_name_is_harmless_in_a_file(officer, signed_in):
    RegistrationFactory(operator=OperatorFactory(name='=HYPERLINK("http://x")'))
    assert "'=HYPERLINK" in export(signed_in(officer), f"{LIST}?export=csv")


def test_a_workbook_holds_numbers_and_days_as_such(rows, officer, signed_in):
    answer = signed_in(officer).get(f"{LIST}?export=xlsx&sort=declared_kw")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    table = book.get_sheet_by_index(0).to_python()
    first = dict(zip(table[0], table[1], strict=True))
    assert first["Declared, kW"] == 250.0
    assert str(first["Valid to"]).startswith("2028-03-14")


def test_a_masked_number_stays_masked_in_the_file(analyst, signed_in):
    person = OperatorFactory(person=True)
    RegistrationFactory(operator=person)
    told = export(signed_in(analyst), f"{LIST}?export=csv")
    assert person.bin not in told
    assert person.bin[-4:] in told


def test_a_file_of_many_rows_takes_few_queries(officer, signed_in, django_assert_max_num_queries):
    for _n in range(30):
        RegistrationFactory()
    client = signed_in(officer)
    with django_assert_max_num_queries(15):
        export(client, f"{LIST}?export=csv")


def test_the_list_with_views_stays_within_its_queries(
    rows, officer, signed_in, django_assert_max_num_queries
):
    client = signed_in(officer)
    for n in range(5):
        client.post(LIST, {"keep": "view", "name": f"V{n}", "query": f"sort=number&q={n}"})
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_a_persons_number_is_not_shared_with_those_who_may_not_see_it(officer, analyst, signed_in):
    person = OperatorFactory(person=True)
    client = signed_in(officer)
    for number in (person.bin, f"{person.bin[:6]} {person.bin[6:]}"):
        client.post(LIST, {"keep": "view", "name": "S", "share": "all", "query": f"q={number}"})
        client.post(LIST, {"keep": "view", "name": number, "share": "all", "query": ""})
    assert not KeptList.objects.exists()
    client.post(LIST, {"keep": "view", "name": "Mine", "query": f"q={person.bin}"})
    assert KeptList.objects.get().query == f"q={person.bin}"
    assert person.bin not in text(signed_in(analyst), LIST)


def test_a_companys_number_may_be_shared(officer, signed_in):
    query = f"q={OperatorFactory().bin}"
    signed_in(officer).post(LIST, {"keep": "view", "name": "B", "share": "all", "query": query})
    assert KeptList.objects.get().query == query


def test_the_journal_keeps_no_persons_number_of_a_downloads_search(officer, signed_in):
    person = OperatorFactory(person=True)
    RegistrationFactory(operator=person)
    export(signed_in(officer), f"{LIST}?q={person.bin}&export=csv")
    kept = QueryDict(Event.objects.get(verb="pages.list.export").facts["query"])["q"]
    assert person.bin not in kept
    assert kept.endswith(person.bin[-4:])


def test_asking_for_the_head_of_a_file_is_no_download(rows, officer, signed_in):
    signed_in(officer).head(f"{LIST}?export=csv")
    assert not Event.objects.filter(verb="pages.list.export").exists()


def test_a_value_that_does_not_fit_lists_nothing_and_says_so(rows, officer, signed_in):
    client = signed_in(officer)
    page = text(client, f"{LIST}?status=nonsense&q=")
    assert "nothing is listed" in page
    assert rows[0].number not in page
    assert export(client, f"{LIST}?status=nonsense&export=csv").count("\r\n") == 1


@pytest.mark.parametrize("address", ["?view=gone", "?saved=999999"])
def test_an_address_with_a_view_that_is_gone_says_so(address, rows, officer, signed_in):
    assert "not known here" in text(signed_in(officer), f"{LIST}{address}")


def test_columns_chosen_in_an_open_view_are_shown_at_once(rows, officer, signed_in):
    client = signed_in(officer)
    client.post(LIST, {"keep": "view", "name": "V", "query": "sort=number"})
    query = f"sort=number&saved={KeptList.objects.get(name='V').pk}"
    answer = client.post(
        LIST, {"keep": "columns", "show-number": "on", "place-number": "1", "query": query}
    )
    head = text(client, answer.url).split("<thead>")[1].split("</thead>")[0]
    assert "Number" in head
    assert "Valid to" not in head


@pytest.mark.parametrize(
    "posted",
    [
        {"keep": "columns", "show-number": "on", "place-number": "²"},
        {"keep": "columns", "show-number": "on", "place-number": "9" * 5000},
        {"keep": "view", "name": "Long", "query": "q=" + "я" * 400},
        {"keep": "view", "name": "a\x00b", "query": ""},
    ],
)
def test_a_strange_form_is_answered_not_broken(posted, rows, officer, signed_in):
    assert signed_in(officer).post(LIST, posted).status_code == 302
    assert not KeptList.objects.filter(name="Long").exists()


@pytest.mark.parametrize("page", ["²", "-1", "x", "9" * 5000])
def test_a_strange_page_is_the_first(page, rows, officer, signed_in):
    assert rows[0].number in text(signed_in(officer), f"{LIST}?page={page}")


def kept(client, name, **more):
    client.post(LIST, {"keep": "view", "name": name, "query": "sort=number", **more})
    return KeptList.objects.get(name=name)


def test_a_view_is_renamed_shared_and_taken_back_by_its_owner(rows, officer, head, signed_in):
    client, other = signed_in(officer), signed_in(head)
    view = kept(client, "Mine")
    told = {"keep": "views", f"name-{view.pk}": "Ours", f"share-{view.pk}": "all", "first": ""}
    client.post(LIST, told)
    assert "Ours" in text(other, LIST)
    client.post(LIST, told | {f"share-{view.pk}": ""})
    assert "Ours" not in text(other, LIST)
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Ours", False)


def test_another_persons_view_is_not_renamed(rows, officer, head, signed_in):
    view = kept(signed_in(officer), "Mine", share="all")
    signed_in(head).post(LIST, {"keep": "views", f"name-{view.pk}": "Theirs", "first": ""})
    view.refresh_from_db()
    assert view.name == "Mine"


def test_two_own_views_do_not_get_one_name(rows, officer, signed_in):
    client = signed_in(officer)
    kept(client, "One")
    view = kept(client, "Two")
    answer = client.post(LIST, {"keep": "views", f"name-{view.pk}": "One"}, follow=True)
    assert "already" in answer.content.decode()
    view.refresh_from_db()
    assert view.name == "Two"


def test_a_view_shared_with_a_body_is_seen_by_its_people_only(
    rows, officer, head, atameken_officer, signed_in
):
    view = kept(signed_in(officer), "Energy", share="body")
    assert "Energy ·" in text(signed_in(head), LIST)
    stranger = signed_in(atameken_officer)
    assert "Energy ·" not in text(stranger, LIST)
    assert "not known here" in text(stranger, f"{LIST}{view.address}")


def test_the_view_that_opens_first_is_where_the_bare_address_leads(rows, officer, signed_in):
    client = signed_in(officer)
    view = kept(client, "Morning")
    assert client.get(LIST).status_code == 200
    client.post(LIST, {"keep": "views", f"name-{view.pk}": "Morning", "first": view.pk})
    answer = client.get(LIST)
    assert answer.url == f"{LIST}{view.address}"
    assert client.get(f"{LIST}?view=all").status_code == 200
    assert export(client, f"{LIST}?export=csv").count("\r\n") == len(rows) + 1
    client.post(LIST, {"keep": "views", "view": view.pk})
    assert client.get(LIST).status_code == 200


def test_the_first_view_and_the_columns_do_not_forget_each_other(rows, officer, signed_in):
    client = signed_in(officer)
    view = kept(client, "Morning")
    client.post(LIST, {"keep": "views", "first": view.pk})
    client.post(LIST, {"keep": "columns", "show-number": "on"})
    client.post(LIST, {"keep": "columns", "reset": "1"})
    assert client.get(LIST).status_code == 302
    client.post(LIST, {"keep": "views", "first": ""})
    assert not KeptList.objects.filter(name="").exists()


def test_however_many_views_others_share_few_are_counted(
    rows, officer, head, signed_in, django_assert_max_num_queries
):
    for n in range(30):
        KeptList.objects.create(owner=head, page=KEY, name=f"Shared {n:02d}", shared=True)
    client = signed_in(officer)
    with django_assert_max_num_queries(12):
        page = text(client, LIST)
    tabs = page.split('class="views"')[1].split("</nav>")[0]
    assert tabs.count("Shared") == MOST_SHARED
    dialog = page.split('id="list-views"')[1]
    assert dialog.count('class="others"') == 30


def test_many_files_in_a_minute_are_asked_to_wait(rows, officer, signed_in, settings):
    settings.LIST_FILES = "2/min"
    client = signed_in(officer)
    for _n in range(2):
        assert client.get(f"{LIST}?export=csv").status_code == 200
    answer = client.get(f"{LIST}?export=csv")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Too many files" in answer.content.decode()
    asked = client.get(f"{LIST}?export=csv", headers={"Accept": "application/json"})
    assert asked.json()["status"] == 429
    assert Event.objects.filter(verb="pages.list.export").count() == 2


def test_a_kept_column_is_shown_also_after_it_got_another_key():
    now = Column("sites_count", "Sites", was=("places",))
    hidden = Column("old", "Old", shown=False)
    assert chosen((now, hidden), ["places", "gone"]) == [now]
    assert chosen((now, hidden), ["places", "sites_count", "old"]) == [now, hidden]
    assert chosen((now, hidden), ["gone"]) == [now]


def test_a_search_finds_by_each_of_its_ways_through_one_union(rows, officer, signed_in):
    site = SiteFactory(name="Алтын алаң")
    client = signed_in(officer)
    for asked in (site.registration.number, site.registration.operator.name):
        assert site.registration.number in text(client, f"{LIST}?q={asked}")
    assert "Алтын" in text(client, "/registry/sites/?q=алтын")
    assert "Алтын" in text(client, f"/registry/sites/?q={site.registration.operator.name}")
