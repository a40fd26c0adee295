"""Anyone may ask whether an operator is registered; nothing personal comes out."""

import pytest
from django.core.cache import cache
from django.test import Client

from registry.choices import Status
from registry.tests.factories import (
    OperatorFactory,
    RegistrationFactory,
    SiteFactory,
    SiteMeterFactory,
    invented_bin,
)

pytestmark = pytest.mark.django_db
BIN = invented_bin(9100)


@pytest.fixture
def client():
    """Someone without an account who reads English, at the beginning of a minute."""
    cache.clear()
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def entry():
    operator = OperatorFactory(bin=BIN, name="ТОО «Көкжал Хэшрейт»")
    registration = RegistrationFactory(active=True, number="I-0042", operator=operator)
    site = SiteFactory(registration=registration, name="Тобылғы-1", address="көше 5")
    SiteMeterFactory(site=site, code="KZ-M-7")
    return registration


@pytest.fixture
def person():
    operator = OperatorFactory(person=True, name="ИП Серікова")
    return RegistrationFactory(active=True, number="II-7", operator=operator)


def ask(client, text, **more):
    return client.get("/register/", {"q": text, **more}).content.decode()


@pytest.mark.parametrize(
    "text",
    ["I-0042", "i-0042", BIN, f"{BIN[:6]} {BIN[6:]}", "кокжал", "Kokzhal Heshreit", "Тобылғы"],
)
def test_a_company_is_found_by_number_bin_name_and_site(text, entry, client):
    page = ask(client, text)
    assert "ТОО «Көкжал Хэшрейт»" in page
    assert "No restriction applies" in page


def test_no_meter_and_no_address_comes_out(entry, client):
    for page in (ask(client, "I-0042"), client.get("/register/I-0042/").content.decode()):
        assert "KZ-M-7" not in page
        assert "көше 5" not in page


def test_a_sole_entrepreneur_is_found_by_exact_number_only_and_stays_unnamed(person, client):
    assert "II-7" not in ask(client, "Серікова")
    for text in ("II-7", person.operator.bin):
        page = client.get("/register/check/", {"q": text}, headers={"accept": "application/json"})
        found = page.json()["entries"]
        assert [(one["number"], one["name"], one["bin"]) for one in found] == [
            ("II-7", "Sole entrepreneur", None)
        ]
    assert "Серікова" not in client.get("/register/II-7/").content.decode()


@pytest.mark.parametrize("status", [Status.APPLIED, Status.IN_REVIEW])
def test_what_was_only_asked_for_is_no_entry(status, client):
    RegistrationFactory(number="A-1", status=status)
    assert client.get("/register/A-1/").status_code == 404


def test_no_entry_is_said_to_prove_nothing(client):
    assert "This proves nothing" in ask(client, "991340055501")


def test_the_register_is_read_as_of_a_day(entry, client):
    assert "No entry" in ask(client, "I-0042", on="2025-03-14")
    assert "No restriction applies" in ask(client, "I-0042", on="2025-03-15")
    assert client.get("/register/I-0042/", {"on": "2025-03-14"}).status_code == 404


def test_machines_get_the_same_answer_without_a_token(entry, client):
    asked = client.get("/register/check/", {"q": BIN}, headers={"accept": "application/json"})
    answer = asked.json()
    assert (answer["registered"], answer["found_by"]) == (True, "bin")
    assert answer["entries"][0]["regions"] == ["East Kazakhstan Region"]
    assert client.get(f"/api/v1/register/{BIN}/").json() == answer


def test_a_name_alone_is_never_called_registered(entry, client):
    asked = client.get("/register/check/", {"q": "кокжал"}, headers={"accept": "application/json"})
    assert (asked.json()["registered"], len(asked.json()["entries"])) == (False, 1)


def test_the_api_refuses_a_wrong_number_with_its_repair(client):
    answer = client.get("/api/v1/register/20240000555/")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "020240000555" in answer.json()["errors"]["bin"][0]


def test_a_browser_gets_the_page_of_the_check(entry, client):
    page = client.get("/register/check/", {"q": BIN}, headers={"accept": "text/html,*/*"})
    assert page["Content-Type"].startswith("text/html")


def test_one_address_asks_at_a_human_pace(entry, client, settings):
    settings.REGISTER_CALLS = 3
    answers = [client.get("/register/", {"q": "I-0042"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    refused = client.get("/register/check/", headers={"accept": "application/json"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


def test_a_search_costs_few_queries_whatever_it_finds(client, django_assert_max_num_queries):
    for n in range(20):
        SiteFactory(registration__operator__name=f"ТОО «Көкжал {n}»")
    with django_assert_max_num_queries(6):
        ask(client, "кокжал")
