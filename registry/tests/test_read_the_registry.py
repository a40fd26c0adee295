"""The registry's pages and API: who sees them, what they say, how many queries they cost."""

from datetime import date

import pytest
from django.urls import reverse

from registry.models import Registration
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteMeterFactory

pytestmark = pytest.mark.django_db
MAY_SEE = ["officer", "head", "analyst", "atameken_officer", "auditor", "administrator"]
MAY_NOT = ["member", "supplier_user", "stranger"]


@pytest.fixture
def entry():
    registration = RegistrationFactory(active=True, number="I-0042")
    SiteMeterFactory(site__registration=registration, code="KZ-M-7")
    return registration


@pytest.mark.parametrize("who", MAY_SEE)
def test_those_who_may_see_the_registry_read_list_entry_and_api(
    who, entry, signed_in, api, request
):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    assert "I-0042" in client.get("/registry/").content.decode()
    page = client.get("/registry/I-0042/").content.decode()
    assert "KZ-M-7" in page
    assert "No restriction applies" in page
    assert len(api(user).get("/api/v1/registrations/").json()["results"]) == 1


@pytest.mark.parametrize("who", MAY_NOT)
def test_others_are_refused_the_list_and_do_not_find_the_entry(who, entry, signed_in, api, request):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    assert client.get("/registry/").status_code == 403
    assert client.get("/registry/I-0042/").status_code == 404
    assert client.get("/registry/I-0042/acts/suspend/").status_code == 404
    for name in ("registrations", "operators", "sites"):
        assert api(user).get(f"/api/v1/{name}/").json()["results"] == []
    assert api(user).get(f"/api/v1/registrations/{entry.pk}/").status_code == 404


def test_the_list_costs_the_same_whatever_its_size(
    entry, officer, signed_in, django_assert_max_num_queries
):
    for _ in range(30):
        RegistrationFactory(active=True)
    client = signed_in(officer)
    with django_assert_max_num_queries(12):
        assert client.get("/registry/").status_code == 200


@pytest.mark.parametrize("text", ["0042", "кокжал", "KOKZHAL heshreit", "KZ-M-7"])
def test_the_list_finds_by_number_name_in_any_script_and_meter(text, entry, officer, signed_in):
    RegistrationFactory(number="X-9", operator=OperatorFactory(name="ТОО «Басқа»"))
    page = signed_in(officer).get("/registry/", {"q": text}).content.decode()
    assert "I-0042" in page
    assert "X-9" not in page


def test_the_list_filters_by_status_and_region(entry, officer, signed_in):
    RegistrationFactory(number="X-9")
    client = signed_in(officer)
    in_east = client.get("/registry/", {"region": "63"}).content.decode()
    assert "I-0042" in in_east
    assert "X-9" not in in_east
    assert "X-9" in client.get("/registry/", {"status": "applied"}).content.decode()


def test_an_entry_is_read_as_of_a_day(entry, officer, signed_in):
    page = signed_in(officer).get("/registry/I-0042/", {"on": "2025-01-01"}).content.decode()
    assert "not yet entered" in page
    assert "No restriction applies" not in page


@pytest.mark.parametrize(
    ("who", "shown"), [("officer", True), ("auditor", True), ("analyst", False)]
)
def test_an_iin_is_masked_for_those_who_may_not_see_it(who, shown, signed_in, api, request):
    operator = OperatorFactory(person=True)
    RegistrationFactory(active=True, number="I-7", operator=operator)
    user = request.getfixturevalue(who)
    client = signed_in(user)
    pages = [client.get(path).content.decode() for path in ("/registry/", "/registry/I-7/")]
    pages.append(api(user).get("/api/v1/operators/").content.decode())
    assert [operator.bin in page for page in pages] == [shown] * 3


def test_an_officer_records_an_act_on_its_page(entry, officer, signed_in):
    address = reverse("registry:act", args=["I-0042", "suspend"])
    given = {
        "act_reference": "Приказ № 12",
        "act_body": "digital",
        "act_date": "2026-05-04",
        "effective_from": "2026-05-03",
    }
    client = signed_in(officer)
    refused = client.post(address, given)
    assert refused.status_code == 400
    assert "takes effect on its own date" in refused.content.decode()
    mended = given | {"effective_from": "2026-05-04"}
    other = client.post(address, mended | {"act_body": "national_bank"})
    assert other.status_code == 400
    assert "was not competent" in other.content.decode()
    assert client.post(address, mended).status_code == 302
    assert Registration.objects.get().status == "suspended"


def test_someone_who_sees_the_entry_but_may_not_record_gets_403(entry, atameken_officer, signed_in):
    client = signed_in(atameken_officer)
    assert client.get(reverse("registry:act", args=["I-0042", "suspend"])).status_code == 403
    assert client.get(reverse("registry:act", args=["I-0042", "explode"])).status_code == 404


def test_the_api_answers_with_an_etag_and_nested_operator(entry, officer, api):
    answer = api(officer).get(f"/api/v1/registrations/{entry.pk}/")
    assert answer["ETag"]
    assert answer.json()["operator"]["bin"] == entry.operator.bin
    assert answer.json()["valid_to"] == str(date(2028, 3, 14))
    site = api(officer).get("/api/v1/sites/", {"meter": "KZ-M-7"}).json()["results"][0]
    assert (site["registration"], site["meters"][0]["code"]) == ("I-0042", "KZ-M-7")


def test_the_api_needs_somebody(entry, client):
    assert client.get("/api/v1/registrations/").status_code in {401, 403}
