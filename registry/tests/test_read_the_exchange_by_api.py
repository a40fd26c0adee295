"""The exchange pilot by the API: for officials and supervisors, with persons and wallets masked."""

import pytest

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from journal.selectors import history_of
from registry.tests.factories import (
    OperatorFactory,
    PoolReportFactory,
    RegistrationFactory,
    SaleFactory,
    SupplyContractFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
ADDRESSES = ("pilot-stages", "venues", "exchange-sales", "pool-reports")
PERSON = "991335000124"


@pytest.fixture
def bank(db):
    agency = AgencyFactory(code="national_bank", kind="partner")
    return UserFactory(role=Role.SUPERVISOR, agency=agency)


def read(api, who, path, **asked):
    answer = api(who).get(f"/api/v1/{path}/", asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_officials_and_supervisors_read_it_and_others_nothing(path, api, bank, officer, member):
    VenueFactory()
    SaleFactory()
    PoolReportFactory()
    assert read(api, officer, path)
    assert read(api, bank, path)
    assert not read(api, member, path)


def test_a_sale_says_its_share_and_an_unknown_one_none(api, officer):
    SaleFactory(mined=10, sold=6, venue=VenueFactory(code="demo-a"))
    SaleFactory(mined=None, sold=6)
    (known,) = read(api, officer, "exchange-sales", venue="demo-a")
    assert known["share"] == 0.6
    assert {row["share"] for row in read(api, officer, "exchange-sales")} == {0.6, None}


def test_lines_of_whom_the_registry_does_not_know_are_found(api, officer):
    PoolReportFactory(operator=OperatorFactory())
    stranger = PoolReportFactory(operator=None)
    rows = read(api, officer, "pool-reports", in_registry="false")
    assert [row["id"] for row in rows] == [stranger.pk]


def test_numbers_of_persons_and_wallets_are_masked_by_policy(api, bank, officer):
    PoolReportFactory(number=PERSON, wallet="demo-wallet-12345")
    (masked,) = read(api, bank, "pool-reports")
    assert (masked["number"], masked["wallet"]) == (f"{'•' * 8}{PERSON[-4:]}", "…2345")
    (whole,) = read(api, officer, "pool-reports")
    assert (whole["number"], whole["wallet"]) == (PERSON, "demo-wallet-12345")


def test_a_person_who_supplies_power_is_masked_for_an_analyst(api, officer, analyst):
    SupplyContractFactory(supplier_bin=PERSON)
    assert read(api, analyst, "supply-contracts")[0]["supplier_bin"] == f"{'•' * 8}{PERSON[-4:]}"
    assert read(api, officer, "supply-contracts")[0]["supplier_bin"] == PERSON


@pytest.mark.parametrize("path", ["operators", "registrations", "exchange-sales"])
def test_whose_persons_number_was_shown_is_recorded(path, api, officer, analyst):
    person = OperatorFactory(person=True)
    for row in (person, OperatorFactory()):
        RegistrationFactory(operator=row)
        SaleFactory(operator=row)
    assert person.bin not in str(read(api, analyst, path))
    assert not history_of(person)
    assert person.bin in str(read(api, officer, path))
    (told,) = history_of(person)
    assert (told.verb, told.actor_id) == ("registry.operator.read_personal", officer.pk)
