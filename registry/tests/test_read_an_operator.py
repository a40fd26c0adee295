"""An operator's page, the lists of records and the published lists."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from journal.selectors import history_of
from registry.models import Operator, Site
from registry.selectors.official import difference, listed_on
from registry.selectors.operators import operator_on
from registry.tests.factories import (
    ContactFactory,
    EquipmentFactory,
    FeeReturnFactory,
    ListedEntryFactory,
    OfficialListFactory,
    OperatorFactory,
    PrincipalFactory,
    RegistrationFactory,
    SiteFactory,
    SiteMeterFactory,
    SupplyContractFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["operators", "sites", "equipment", "contracts", "fee_returns", "official_lists"]
MAY_2023 = datetime(2023, 5, 1, tzinfo=UTC)


@pytest.fixture
def site():
    registration = RegistrationFactory(active=True, number="I-0042")
    return SiteFactory(registration=registration, name="Тобылғы-1", declared_kw=2000)


def recorded_on(row, moment, **as_then):
    """As if the row's first state, with these values, had been recorded at that moment."""
    history = row.pgh_event_model
    first = history.objects.filter(pgh_obj_id=row.pk).first()
    columns = [f.attname for f in history._meta.concrete_fields if not f.primary_key]
    values = {name: getattr(first, name) for name in columns}
    with time_machine.travel(moment, tick=False):
        history.objects.create(**{**values, **as_then})


def test_a_day_in_the_past_shows_name_and_power_as_they_were_recorded(site, officer):
    operator = site.registration.operator
    recorded_on(operator, MAY_2023, name="ТОО «Прежнее»")
    recorded_on(site, MAY_2023, declared_kw=750)
    view = operator_on(operator, date(2023, 6, 1), officer)
    assert view.name == "ТОО «Прежнее»"
    assert [float(one.row.declared_kw) for one in view.sites] == [750]
    assert not view.before_records
    today = operator_on(operator, date(2100, 1, 1), officer)
    assert float(today.sites[0].row.declared_kw) == 2000
    assert ("750.000", "2000.000") in [(c.before, c.after) for c, _who in today.changes]


def test_a_day_before_the_first_record_says_that_it_is_unknown(site, officer, signed_in):
    page = signed_in(officer).get(f"{site.registration.operator.get_absolute_url()}?on=2022-05-01")
    assert "what held before is unknown" in page.content.decode()


def test_a_site_that_passed_on_is_shown_with_the_operator_of_the_day(site, officer):
    before, after = site.registration, RegistrationFactory(active=True)
    recorded_on(site, MAY_2023)
    Site.objects.filter(pk=site.pk).update(registration=after)
    then = date(2023, 6, 1)
    assert len(operator_on(before.operator, then, officer).sites) == 1
    assert operator_on(after.operator, then, officer).sites == []
    assert operator_on(before.operator, date(2100, 1, 1), officer).sites == []


def test_devices_are_compared_with_the_declared_power_and_unknown_stays_unknown(site, officer):
    EquipmentFactory(site=site, count=1000)
    shown = operator_on(site.registration.operator, date(2026, 11, 1), officer).sites[0]
    assert shown.rated == pytest.approx(3068, rel=0.05)
    assert shown.exceeds
    EquipmentFactory(site=site, model=None, described="?", rated_w=None)
    shown = operator_on(site.registration.operator, date(2026, 11, 1), officer).sites[0]
    assert (shown.rated, shown.unknown_lots) == (None, 1)


def test_the_page_is_full_and_bounded(site, officer, signed_in, django_assert_max_num_queries):
    operator = site.registration.operator
    for _ in range(5):
        SiteMeterFactory(site=site)
        EquipmentFactory(site=site)
        SupplyContractFactory(operator=operator)
    FeeReturnFactory(operator=operator, paid_kzt=None)
    client = signed_in(officer)
    with django_assert_max_num_queries(32):
        page = client.get(operator.get_absolute_url()).content.decode()
    for told in ("I-0042", "Тобылғы-1", "Antminer S19j Pro", "unknown: no list", "1/2026"):
        assert told in page


def test_people_are_shown_to_who_may_see_them_and_the_reading_is_recorded(
    site, officer, analyst, signed_in
):
    operator = site.registration.operator
    PrincipalFactory(operator=operator, name="Демобеков Тайный")
    ContactFactory(operator=operator, value="+7 700 000 1234")
    page = signed_in(analyst).get(operator.get_absolute_url()).content.decode()
    assert "Демобеков Тайный" not in page
    assert "+7 700 000 1234" not in page
    assert not history_of(operator)
    page = signed_in(officer).get(operator.get_absolute_url()).content.decode()
    assert "Демобеков Тайный" in page
    (read,) = history_of(operator)
    assert (read.verb, read.actor_id) == ("registry.operator.read_personal", officer.pk)


def test_an_exact_iin_confirms_nothing_to_who_may_not_see_it(officer, analyst, signed_in, api):
    person = OperatorFactory(person=True)
    RegistrationFactory(operator=person, number="P-1")
    for who, found in ((officer, 1), (analyst, 0)):
        client = signed_in(who)
        for page in ("/registry/", "/registry/operators/"):
            assert (person.name in client.get(page, {"q": person.bin}).content.decode()) == found
        for path, name in (("operators", "bin"), ("registrations", "operator_bin")):
            answer = api(who).get(f"/api/v1/{path}/", {name: person.bin}).json()
            assert len(answer["results"]) == found


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_whatever_their_size(
    name, site, officer, stranger, signed_in, django_assert_max_num_queries
):
    for _ in range(15):
        EquipmentFactory(site__registration=RegistrationFactory(active=True))
        SupplyContractFactory()
        FeeReturnFactory()
    ListedEntryFactory()
    client = signed_in(officer)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(f"registry:{name}")).status_code == 200
    assert client.get(reverse(f"registry:{name}"), {"q": "кокжал"}).status_code == 200
    assert signed_in(stranger).get(reverse(f"registry:{name}")).status_code == 403


def test_lists_filter_by_region(site, officer, signed_in):
    SiteFactory(name="Далеко", kato="710000000")
    page = signed_in(officer).get("/registry/sites/?region=63").content.decode()
    assert "Тобылғы-1" in page
    assert "Далеко" not in page


def test_vanishing_from_the_official_list_is_a_fact_with_a_date(site):
    days = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    lists = [OfficialListFactory(day=day) for day in days]
    ListedEntryFactory(official_list=lists[0], number="I-0042")
    stays = [ListedEntryFactory(official_list=one, number="I-7") for one in lists[:2]]
    (now,) = listed_on([site.registration], date(2026, 11, 1))
    assert (now.present, now.since, now.latest) == (False, date(2026, 9, 1), lists[2])
    (then,) = listed_on([site.registration], date(2026, 8, 15))
    assert (then.present, then.since) == (True, date(2026, 8, 1))
    found = difference(lists[0], lists[1])
    assert [line.number for line in found.vanished] == ["I-0042"]
    assert found.came == []
    assert [line.number for line in found.changed] == [stays[1].number]


def test_the_difference_of_two_lists_has_a_page(officer, analyst, signed_in):
    earlier, later = OfficialListFactory(day=date(2026, 9, 1)), OfficialListFactory()
    person = OperatorFactory(person=True)
    ListedEntryFactory(official_list=earlier, number="GONE-1", operator_bin=person.bin)
    ListedEntryFactory(official_list=later, number="CAME-1")
    page = signed_in(officer).get(later.get_absolute_url()).content.decode()
    assert "GONE-1" in page
    assert "CAME-1" in page
    assert person.bin in page
    assert person.bin not in signed_in(analyst).get(later.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "path", ["equipment", "equipment-models", "supply-contracts", "fee-returns", "official-lists"]
)
def test_records_are_read_by_the_api_with_an_etag(path, officer, stranger, api):
    EquipmentFactory()
    SupplyContractFactory()
    FeeReturnFactory()
    ListedEntryFactory()
    rows = api(officer).get(f"/api/v1/{path}/").json()["results"]
    one = api(officer).get(f"/api/v1/{path}/{rows[0]['id']}/")
    assert one["ETag"]
    assert one.json() == rows[0]
    assert api(stranger).get(f"/api/v1/{path}/").json()["results"] == []


def test_the_api_keeps_a_contract_of_another_day_out(officer, api):
    SupplyContractFactory(valid_from=date(2025, 4, 1), valid_to=date(2025, 12, 31))
    asked = api(officer).get
    assert len(asked("/api/v1/supply-contracts/?on=2025-12-31").json()["results"]) == 1
    assert asked("/api/v1/supply-contracts/?on=2026-01-01").json()["results"] == []


def test_everything_in_the_admin_opens(administrator, signed_in):
    EquipmentFactory()
    client = signed_in(administrator)
    for name in ("contact", "equipment", "equipmentmodel", "feereturn", "listedentry",
                 "officiallist", "principal", "supplycontract"):  # fmt: skip
        assert client.get(f"/admin/registry/{name}/?q=1").status_code == 200
    assert Operator.objects.exists()
