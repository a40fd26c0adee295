"""The list and the extracts of the public register, as files and pages that may be passed on."""

import csv
import io
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from python_calamine import CalamineWorkbook

from registry.choices import Kind, Status
from registry.tests.factories import (
    OperatorFactory,
    RegistrationFactory,
    SiteFactory,
    invented_bin,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_new_minute(settings):
    """No test feels the pace but that of the pace."""
    cache.clear()
    settings.REGISTER_FILES = 99


@pytest.fixture
def client():
    """Someone without an account who reads English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def entry():
    operator = OperatorFactory(bin=invented_bin(9200), name="ТОО «Көкжал Хэшрейт»")
    registration = RegistrationFactory(active=True, number="I-0042", operator=operator)
    SiteFactory(registration=registration, name="Тобылғы-1")
    return registration


def listed(client, **asked):
    """Numbers in the CSV of the list."""
    answer = client.get("/register/download/", asked)
    return [row["Number"] for row in rows_of(answer)]


def rows_of(answer, delimiter=","):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_the_list_holds_companies_only_and_nothing_asked_for(entry, client):
    RegistrationFactory(active=True, number="II-7", operator=OperatorFactory(person=True))
    RegistrationFactory(number="A-1", status=Status.APPLIED)
    assert listed(client) == ["I-0042"]
    page = client.get("/register/").content.decode()
    assert "I-0042" in page
    assert "II-7" not in page
    assert "A-1" not in page


def test_a_row_says_of_which_day_it_is_and_which_official_list_it_reflects(entry, client):
    [row] = rows_of(client.get("/register/download/", {"on": "2025-04-01"}))
    assert (row["Status as of"], row["Official list of"]) == ("2025-04-01", "")
    assert (row["Operator"], row["Declared, kW"], row["Status"]) == (
        "ТОО «Көкжал Хэшрейт»", "12000.0", "in force",
    )  # fmt: skip


def test_a_name_that_looks_like_a_formula_opens_as_text(client):
    RegistrationFactory(active=True, operator__name='=HYPERLINK("http://x","y")')
    [row] = rows_of(client.get("/register/download/"))
    assert row["Operator"].startswith("'=")
    book = client.get("/register/download/", {"format": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content)))
    assert str(sheet.get_sheet_by_index(0).to_python()[1][2]).startswith("=HYPERLINK")


@pytest.mark.parametrize(("language", "delimiter"), [("ru", ";"), ("kk", ";"), ("en", ",")])
def test_a_spreadsheet_of_the_readers_language_splits_the_columns(language, delimiter, entry):
    answer = Client(headers={"accept-language": language}).get("/register/download/")
    assert len(rows_of(answer, delimiter)[0]) == 12


def test_the_list_is_narrowed_by_status_kind_and_region(entry, client):
    suspended = RegistrationFactory(
        number="S-1", status=Status.SUSPENDED, valid_from=date(2025, 3, 15), kind=Kind.LICENCE_2
    )
    SiteFactory(registration=suspended, kato="550000000")
    over = {"valid_from": date(2025, 3, 15), "valid_to": date(2025, 6, 30)}
    RegistrationFactory(number="E-1", status=Status.ACTIVE, **over)
    assert listed(client, standing="in_force") == ["I-0042"]
    assert listed(client, standing="suspended") == ["S-1"]
    assert listed(client, standing="ended") == ["E-1"]
    assert listed(client, standing="in_force", on="2025-06-30") == ["E-1", "I-0042"]
    assert listed(client, kind=Kind.LICENCE_2) == ["S-1"]
    assert listed(client, region="55") == ["S-1"]
    assert listed(client, q="көкжал", region="63") == ["I-0042"]


def test_a_number_is_answered_whatever_else_was_chosen(entry, client):
    page = client.get("/register/", {"q": "I-0042", "standing": "ended"}).content.decode()
    assert "Extract as of" in page


def test_a_long_list_is_read_page_by_page(client):
    for n in range(60):
        RegistrationFactory(active=True, number=f"N-{n:03d}")
    first = client.get("/register/").content.decode()
    assert "50 entries on this page" in first
    assert "N-049" in first
    assert "N-050" not in first
    [onward] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get("/register/" + onward.replace("&amp;", "&")).content.decode()
    assert "N-059" in second
    assert 'rel="next"' not in second


def test_an_extract_carries_a_code_that_leads_back_to_it(entry, client):
    page = client.get("/register/I-0042/").content.decode()
    assert "http://testserver/register/I-0042/" in page
    assert re.search(r'<svg[^>]*class="qr"', page)
    assert " style=" not in page
    earlier = client.get("/register/I-0042/", {"on": "2025-04-01"}).content.decode()
    assert "/register/I-0042/?on=2025-04-01" in earlier


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_extract_is_printed_as_pdf_in_the_readers_language(language, entry):
    reader = Client(headers={"accept-language": language})
    answer = reader.get("/register/I-0042/extract.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_what_is_not_public_has_neither_page_nor_pdf(client):
    RegistrationFactory(number="A-1", status=Status.APPLIED)
    for number in ("A-1", "Z-9", "A%00"):
        hidden = client.get(f"/register/{number}/")
        assert hidden.status_code == 404
        assert client.get(f"/register/{number}/extract.pdf").status_code == 404


def test_a_hidden_entry_is_answered_like_one_that_never_was(client):
    RegistrationFactory(number="A-1", status=Status.APPLIED, operator__name="ТОО «Жасырын»")
    json = {"accept": "application/json"}
    hidden = client.get("/register/check/", {"q": "A-1"}, headers=json).json()
    absent = client.get("/register/check/", {"q": "A-2"}, headers=json).json()
    assert hidden | {"query": ""} == absent | {"query": ""}
    assert listed(client, q="жасырын") == []


def test_a_hidden_entry_costs_the_same_queries_as_none(client, django_assert_num_queries):
    RegistrationFactory(number="A-1", status=Status.APPLIED)
    client.get("/register/check/", {"q": "warm"})
    for number in ("A-1", "A-2"):
        with django_assert_num_queries(3):
            client.get("/register/check/", {"q": number}, headers={"accept": "application/json"})


@pytest.mark.parametrize("asked", [{"on": "2999-01-01"}, {"on": "yesterday"}, {"standing": "x"}])
def test_a_question_that_cannot_be_asked_is_refused_at_its_field(asked, client):
    page = client.get("/register/", asked)
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.content.decode()
    assert client.get("/register/download/", asked).status_code == 400
    check = client.get("/register/check/", asked, headers={"accept": "application/json"})
    assert (check.status_code, list(check.json()["errors"])) == (400, list(asked))


def test_the_api_refuses_a_day_to_come(client):
    answer = client.get(f"/api/v1/register/{invented_bin(9200)}/", {"on": "2999-01-01"})
    assert answer.status_code == 400


def test_a_persons_number_stays_in_no_cache(entry, client):
    person = OperatorFactory(person=True)
    assert client.get(f"/api/v1/register/{person.bin}/")["Cache-Control"] == "no-store"
    assert "max-age=60" in client.get(f"/api/v1/register/{entry.operator.bin}/")["Cache-Control"]


def test_files_are_given_at_a_slower_pace_than_pages(entry, client, settings):
    settings.REGISTER_FILES = 2
    assert [client.get("/register/download/").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/register/I-0042/extract.pdf").status_code == 429
    assert client.get("/register/").status_code == 200


@pytest.mark.parametrize("address", ["/register/", "/register/I-0042/"])
def test_a_page_costs_few_queries_whatever_its_length(
    address, entry, client, django_assert_max_num_queries
):
    for n in range(30):
        SiteFactory(registration__number=f"N-{n}")
    with django_assert_max_num_queries(4):
        client.get(address)
