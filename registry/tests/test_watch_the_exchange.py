"""The exchange pilot: read by officials and its supervisors, who see nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from registry.models import Venue
from registry.tests.factories import PoolReportFactory, SaleFactory

pytestmark = pytest.mark.django_db
PAGES = ["exchange", "sales", "pool_reports", "venues"]


def supervisor(code):
    return UserFactory(role=Role.SUPERVISOR, agency=AgencyFactory(code=code, kind="partner"))


@pytest.fixture
def bank(db):
    return supervisor("national_bank")


@pytest.fixture
def aifc(db):
    return supervisor("aifc")


@pytest.mark.parametrize("name", PAGES)
def test_supervisors_and_officials_read_the_pilot(name, bank, aifc, officer, signed_in):
    SaleFactory()
    PoolReportFactory()
    for reader in (bank, aifc, officer):
        assert signed_in(reader).get(reverse(f"registry:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_members_and_suppliers_do_not(name, member, supplier_user, signed_in):
    for other in (member, supplier_user):
        assert signed_in(other).get(reverse(f"registry:{name}")).status_code == 403


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_list_of_the_pilot_costs_few_queries(
    name, bank, signed_in, django_assert_max_num_queries
):
    for _n in range(5):
        SaleFactory()
        PoolReportFactory()
    client = signed_in(bank)
    with django_assert_max_num_queries(12):
        client.get(reverse(f"registry:{name}"), headers={"HX-Target": "list"})


@pytest.mark.parametrize(
    "address", ["/registry/", "/registry/operators/", "/leads/", "/cases/", "/checks/"]
)
def test_a_supervisor_sees_nothing_else(address, bank, signed_in):
    assert signed_in(bank).get(address).status_code in {403, 404}


def test_a_share_below_an_unverified_quota_is_a_hint(bank, signed_in):
    SaleFactory(mined=10, sold=6)
    SaleFactory(mined=None, sold=6)
    page = signed_in(bank).get(reverse("registry:sales")).content.decode()
    assert "below the quota, unverified" in page
    assert "60" in page
    assert "unknown" in page


def test_wallets_and_numbers_of_persons_are_masked_for_supervisors(bank, officer, signed_in):
    row = PoolReportFactory(number="991335000124")
    assert row.number not in signed_in(bank).get(reverse("registry:pool_reports")).content.decode()
    assert row.number in signed_in(officer).get(reverse("registry:pool_reports")).content.decode()
    found = signed_in(bank).get(reverse("registry:pool_reports"), {"q": row.number})
    assert row.name not in found.content.decode()


def test_only_the_aifc_or_an_administrator_admits_a_venue(bank, aifc, signed_in):
    given = {"name": "Demo exchange", "code": "demo-x", "admitted_from": "2024-01-01",
             "source": "register of the AIFC"}  # fmt: skip
    address = reverse("registry:exchange")
    assert signed_in(bank).post(address, given).status_code == 403
    assert signed_in(aifc).post(address, given).status_code == 302
    assert Venue.objects.get().admitted_from == date(2024, 1, 1)
    again = signed_in(aifc).post(address, given)
    assert again.status_code == 422
    assert "taken" in again.content.decode()
