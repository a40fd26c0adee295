"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from registry.models import Operator, Registration
from registry.tests.factories import (
    ContactFactory,
    EquipmentFactory,
    FeeReturnFactory,
    ListedEntryFactory,
    OfficialListFactory,
    OperatorFactory,
    PoolReportFactory,
    PrincipalFactory,
    RegistrationFactory,
    SaleFactory,
    SiteFactory,
    SiteMeterFactory,
    SupplyContractFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
SPOILED = [
    (OperatorFactory, {"bin": "12345678901"}),
    (OperatorFactory, {"kind": "iin"}),
    (OperatorFactory, {"name": ""}),
    (OperatorFactory, {"kato": "63"}),
    (RegistrationFactory, {"number": ""}),
    (RegistrationFactory, {"active": True, "valid_to": date(2020, 1, 1)}),
    (RegistrationFactory, {"status": "active"}),
    (RegistrationFactory, {"status": "banned"}),
    (SiteFactory, {"declared_kw": 0}),
    (SiteFactory, {"kato": ""}),
    (SiteFactory, {"lat": None}),
    (SiteFactory, {"lat": 82.3, "lon": 50.1}),
    (SiteMeterFactory, {"code": ""}),
    (ContactFactory, {"value": ""}),
    (PrincipalFactory, {"number": "123"}),
    (PrincipalFactory, {"share": 60}),
    (PrincipalFactory, {"owner": True, "share": 101}),
    (EquipmentFactory, {"count": 0}),
    (EquipmentFactory, {"described": ""}),
    (SupplyContractFactory, {"kw": -1}),
    (SupplyContractFactory, {"valid_to": date(2020, 1, 1)}),
    (FeeReturnFactory, {"quarter": 5}),
    (FeeReturnFactory, {"year": 2021}),
    (FeeReturnFactory, {"kwh": -1}),
    (OfficialListFactory, {"reference": ""}),
    (ListedEntryFactory, {"operator_bin": "1"}),
    (VenueFactory, {"source": ""}),
    (SaleFactory, {"asset": "bitcoin!"}),
    (SaleFactory, {"period_to": date(2026, 8, 1)}),
    (PoolReportFactory, {"wallet": ""}),
]


@pytest.mark.parametrize(("factory", "spoiled"), SPOILED)
def test_a_spoiled_row_is_refused(factory, spoiled):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**spoiled)


def test_a_meter_is_declared_by_one_site_at_a_time():
    SiteMeterFactory(code="M", valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30))
    SiteMeterFactory(code="M", valid_from=date(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteMeterFactory(code="M", valid_from=date(2026, 1, 1))


def test_every_change_of_a_field_is_kept_before_and_after():
    operator = OperatorFactory(name="Бұрынғы")
    Operator.objects.filter(pk=operator.pk).update(name="Жаңа")
    kept = operator.events.order_by("pgh_id").values_list("pgh_label", "name")
    assert list(kept) == [("insert", "Бұрынғы"), ("update", "Жаңа")]


def test_what_was_kept_cannot_be_changed():
    operator = OperatorFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        operator.events.update(name="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        operator.events.all().delete()


def test_an_operator_with_a_registration_is_not_deleted():
    registration = RegistrationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        registration.operator.delete()
    assert Registration.objects.exists()
