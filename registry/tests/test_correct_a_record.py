"""A correction is proposed from a record's page and made by another person."""

import pytest

from changes import guarded
from changes.actions import approve_change
from changes.models import Change
from common.errors import NotAllowed, Refused
from registry.models import CORRECTED, Site
from registry.tests.factories import (
    EquipmentFactory,
    FeeReturnFactory,
    OperatorFactory,
    RegistrationFactory,
    SiteFactory,
    SupplyContractFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteFactory(name="Тобылғы-1", declared_kw=2000)


def proposed(client, site, **values):
    page = f"/registry/corrections/site/{site.pk}/"
    form = client.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return client.post(page, {**sent, "reason": "Письмо № 1", **values})


def test_a_correction_waits_for_another_person(site, officer, head, signed_in):
    answer = proposed(signed_in(officer), site, declared_kw="2500")
    change = Change.objects.get()
    assert answer.url == change.get_absolute_url()
    assert change.values == {"declared_kw": "2500"}
    site.refresh_from_db()
    assert site.declared_kw == 2000
    with pytest.raises(NotAllowed):
        approve_change(change=change, actor=officer)
    approve_change(change=change, actor=head)
    site.refresh_from_db()
    assert site.declared_kw == 2500


def test_a_correction_is_refused_when_the_record_moved_meanwhile(site, officer, head, signed_in):
    proposed(signed_in(officer), site, declared_kw="2500")
    Site.objects.filter(pk=site.pk).update(declared_kw=1800)
    with pytest.raises(Refused):
        approve_change(change=Change.objects.get(), actor=head)
    site.refresh_from_db()
    assert site.declared_kw == 1800


def test_a_correction_without_a_change_or_a_reason_is_refused(site, officer, signed_in):
    client = signed_in(officer)
    assert proposed(client, site).status_code == 400
    assert proposed(client, site, declared_kw="2500", reason=" ").status_code == 400
    assert not Change.objects.exists()


def test_who_may_not_correct_is_refused_and_who_may_not_see_finds_nothing(
    site, analyst, stranger, signed_in
):
    page = f"/registry/corrections/site/{site.pk}/"
    assert signed_in(analyst).get(page).status_code == 403
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(stranger).get("/registry/corrections/nothing/1/").status_code == 404


def test_a_site_passes_to_an_entry_that_is_typed_by_its_number(site, officer, head, signed_in):
    other = RegistrationFactory(active=True, number="I-0900")
    client = signed_in(officer)
    assert proposed(client, site, registration="I-0901").status_code == 400
    proposed(client, site, registration="I-0900")
    approve_change(change=Change.objects.get(), actor=head)
    site.refresh_from_db()
    assert site.registration == other


@pytest.mark.parametrize(
    ("kind", "factory"),
    [
        ("registration", RegistrationFactory),
        ("equipment", EquipmentFactory),
        ("contract", SupplyContractFactory),
        ("return", FeeReturnFactory),
        ("operator", OperatorFactory),
    ],
)
def test_every_record_has_a_form_that_does_not_list_the_whole_registry(
    kind, factory, officer, signed_in
):
    row = factory()
    stranger_to_it = RegistrationFactory(number="NOT-LISTED")
    page = signed_in(officer).get(f"/registry/corrections/{kind}/{row.pk}/")
    assert page.status_code == 200
    assert stranger_to_it.number not in page.content.decode()


def test_neither_number_nor_status_is_corrected():
    for model in CORRECTED.values():
        fields = set(guarded.of(model._meta.label_lower).fields)
        assert not fields & {"bin", "status", "act_reference", "status_from", "key"}
        assert fields <= {field.name for field in model._meta.concrete_fields}
