"""A party is looked up as one types: by numbers, in any script, with a slip of the pen."""

import pytest

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from registry.actions import count_name_words
from registry.selectors.candidates import look_up
from registry.selectors.lookup import hits_for
from registry.tests.factories import (
    OperatorFactory,
    RegistrationFactory,
    SiteMeterFactory,
    invented_bin,
)

pytestmark = pytest.mark.django_db
BIN = invented_bin(9300)


def names(text, user):
    return [hit.operator.name for hit in hits_for(text, user)]


@pytest.fixture
def zharyk():
    return OperatorFactory(bin=BIN, name="ТОО «Қарағанды Жарық»")


@pytest.mark.parametrize(
    "typed",
    [
        "қар", "караг", "Karagandy", "qaragandy jar", "Жарық", "жарық қара", "ТОО «Қарағ",
        "Қарағанды Жарық ЖШС", BIN[:5], BIN, f"{BIN[:6]} {BIN[6:9]}",
    ],
)  # fmt: skip
def test_a_company_is_found_in_any_script_and_by_the_beginning_of_its_number(
    typed, zharyk, officer
):
    assert names(typed, officer) == ["ТОО «Қарағанды Жарық»"]


def test_an_entry_is_found_by_its_number_and_by_a_meter(officer):
    meter = SiteMeterFactory(code="KZ-M-77", site__registration__number="I-0042")
    operator = meter.site.registration.operator
    for typed in ("i-00", "I-0042", "kz-m-7", "KZ-M-77"):
        [hit] = hits_for(typed, officer)
        assert (hit.operator, hit.registration) == (operator, meter.site.registration_id)


@pytest.mark.parametrize("typed", ["қаргаанды", "караганда жарик", "karagandi jrik", "карзганды"])
def test_a_slip_of_the_pen_finds_what_was_meant(typed, zharyk, officer):
    count_name_words()
    assert names(typed, officer) == ["ТОО «Қарағанды Жарық»"]


def test_a_word_that_nobody_bears_is_not_bent_into_another(zharyk, officer):
    count_name_words()
    assert names("қазақстан", officer) == []


def test_the_exact_name_comes_first_then_what_begins_so_then_the_words_inside(officer):
    for name in ("ТОО «Ұлы Дала»", "ТОО «Дала Энерго»", "ТОО «Дала»"):
        OperatorFactory(name=name)
    assert names("дала", officer) == ["ТОО «Дала»", "ТОО «Дала Энерго»", "ТОО «Ұлы Дала»"]


def test_a_common_word_still_finds_its_exact_bearer(officer):
    for n in range(250):
        OperatorFactory(name=f"ТОО «Строй {n} Сервис»")
    OperatorFactory(name="ТОО «Строй»")
    assert names("строй", officer)[0] == "ТОО «Строй»"


def test_a_persons_number_is_not_found_out_digit_by_digit(analyst, officer):
    person = OperatorFactory(person=True, name="ИП Серікова")
    assert names(person.bin[:6], analyst) == []
    assert names(person.bin, analyst) == ["ИП Серікова"]
    assert names(person.bin[:6], officer) == ["ИП Серікова"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPPLIER])
def test_who_may_not_see_the_registry_finds_nothing(role, zharyk):
    RegistrationFactory(number="I-0042", operator=zharyk)
    user = UserFactory(role=role, agency=AgencyFactory(association=True))
    for typed in ("қарағанды", BIN, "I-0042"):
        assert hits_for(typed, user) == []


@pytest.mark.parametrize("typed", ["", " ", "қ", "\x00", "%", "__", "  %_ "])
def test_too_little_to_go_by_finds_nothing(typed, zharyk, officer):
    assert hits_for(typed, officer) == []


def test_a_look_up_costs_few_queries_whatever_it_finds(
    zharyk, officer, django_assert_max_num_queries
):
    count_name_words()
    for n in range(30):
        RegistrationFactory(operator__name=f"ТОО «Энергия-{n}»")
    hits_for("x9", officer)
    for typed in ("энергия", "энергия-1", "энерия 2 жарк"):
        with django_assert_max_num_queries(10):
            hits_for(typed, officer)


def test_words_are_counted_again_only_after_a_change(zharyk):
    assert count_name_words() is True
    assert count_name_words() is False
    zharyk.name = "ТОО «Тобылғы»"
    zharyk.save()
    assert count_name_words() is True


def test_the_letters_that_fit_are_marked_in_the_readers_own_script(zharyk, officer):
    [found] = look_up("karag", officer)
    assert [piece.text for piece in found.pieces if piece.matched] == ["Қарағ"]


def test_the_entry_in_force_is_told_with_the_operator(zharyk, officer):
    RegistrationFactory(number="A-1", operator=zharyk)
    RegistrationFactory(number="I-0042", operator=zharyk, active=True)
    [found] = look_up("қарағанды", officer)
    assert (found.number, found.in_force) == ("I-0042", True)


def test_a_form_gets_options_with_the_number_that_the_reader_may_know(
    zharyk, officer, analyst, signed_in
):
    person = OperatorFactory(person=True, name="ИП Қарағанова")
    asked = {"field": "party_name", "party_name": "қараға"}
    full = signed_in(officer).get("/registry/lookup/", asked).content.decode()
    assert f'data-bin="{BIN}"' in full
    assert f'data-bin="{person.bin}"' in full
    assert "2 operators fit" in full
    masked = signed_in(analyst).get("/registry/lookup/", asked).content.decode()
    assert person.bin not in masked
    assert f"••••{person.bin[-4:]}" in masked


def test_outsiders_are_refused_the_list(member, signed_in, client):
    assert signed_in(member).get("/registry/lookup/", {"q": "қара"}).status_code == 403
    assert client.get("/registry/lookup/", {"q": "қара"}).status_code == 302


def test_the_api_matches_as_one_types(zharyk, officer, analyst, member, api):
    person = OperatorFactory(person=True, name="ИП Қарағанова")
    RegistrationFactory(number="I-0042", operator=zharyk, active=True)
    [first, second] = api(analyst).get("/api/v1/match/", {"q": "қараға"}).json()["results"]
    assert (first["name"], first["bin"][-4:]) == ("ИП Қарағанова", person.bin[-4:])
    assert person.bin != first["bin"]
    assert (second["bin"], second["registration"], second["in_force"], second["by"]) == (
        BIN, "I-0042", True, "name",
    )  # fmt: skip
    assert api(member).get("/api/v1/match/", {"q": "қара"}).status_code == 403


def test_the_search_of_the_portal_finds_a_party_in_any_script(zharyk, officer, signed_in):
    RegistrationFactory(number="I-0042", operator=zharyk, active=True)
    page = signed_in(officer).get("/search/", {"q": "qaragandy"}).content.decode()
    assert "<mark>Қарағанды</mark>" in page
