"""From an extract of the public register to a tip, for those who may file one."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from registry.choices import Status
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SLOT = {"registration": "I-0042"}


@pytest.fixture
def bin_of_entry() -> str:
    site = SiteFactory(
        registration__number="I-0042", registration__operator__name="ТОО «Көкжал Хэшрейт»"
    )
    return str(site.registration.operator.bin)


def test_a_member_is_offered_the_tip(member: User, signed_in: SignIn, bin_of_entry: str) -> None:
    slot = signed_in(member).get("/tips/mismatch/", SLOT).content.decode()
    assert "/tips/new/?registration=I-0042" in slot


def test_an_official_and_a_visitor_are_told_who_may_report(
    officer: User, signed_in: SignIn, bin_of_entry: str
) -> None:
    for reader in (signed_in(officer), Client(headers={"accept-language": "en"})):
        slot = reader.get("/tips/mismatch/", SLOT).content.decode()
        assert "members of the Blockchain Association" in slot
        assert 'href="/tips/new/' not in slot


def test_the_tip_begins_with_what_everyone_may_read(
    member: User, signed_in: SignIn, bin_of_entry: str
) -> None:
    page = signed_in(member).get("/tips/new/", SLOT).content.decode()
    assert "Entry I-0042 of the public register" in page
    assert f'value="{bin_of_entry}"' in page
    assert 'value="East Kazakhstan Region"' in page


def test_nothing_personal_and_nothing_hidden_goes_into_the_tip(
    member: User, signed_in: SignIn
) -> None:
    person = OperatorFactory(person=True, name="ИП Серікова")
    RegistrationFactory(active=True, number="II-7", operator=person)
    RegistrationFactory(number="A-1", status=Status.APPLIED, operator__name="ТОО «Жасырын»")
    for number in ("II-7", "A-1"):
        page = signed_in(member).get("/tips/new/", {"registration": number}).content.decode()
        assert "Серікова" not in page
        assert person.bin not in page
        assert "Жасырын" not in page
