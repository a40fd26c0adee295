"""POST /api/v1/match/: parties in, candidates out, with score and reasons."""

import pytest
from django.utils import translation

from registry.actions import count_name_words
from registry.models import ProposedPair
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteFactory, invented_bin

pytestmark = pytest.mark.django_db
PATH = "/api/v1/match/"
BIN = invented_bin(9500)


@pytest.fixture
def zharyk():
    operator = OperatorFactory(bin=BIN, name="ТОО «Қарағанды Жарық»", address="Караганда, Абая 5")
    RegistrationFactory(number="I-0042", operator=operator, active=True)
    return operator


def ask(api, user, *parties, **headers):
    answer = api(user).post(PATH, {"parties": list(parties)}, format="json", headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_a_party_in_any_script_gets_its_operator_with_score_and_reasons(zharyk, officer, api):
    [answer] = ask(api, officer, {"id": "7", "name": "Karagandy Zharyk LLP"}, accept_language="en")
    [candidate] = answer["candidates"]
    assert (answer["id"], answer["verdict"]) == ("7", "possible")
    assert (candidate["operator"], candidate["registrations"]) == (zharyk.pk, ["I-0042"])
    assert candidate["score"] > 0.5
    assert "the name is the same" in candidate["reasons"]


def test_reasons_are_in_the_askers_language(zharyk, officer, api):
    with translation.override("ru"):
        [answer] = ask(api, officer, {"bin": BIN}, accept_language="ru")
    assert answer["verdict"] == "same"
    assert "БИН или ИИН тот же" in answer["candidates"][0]["reasons"]


def test_a_number_that_lost_its_zeros_or_has_a_slip_suggests_and_never_decides(officer, api):
    OperatorFactory(bin="020240000555", name="ТОО «Тобылғы»")
    for party in ({"bin": "20240000555"}, {"bin": "020240000556", "name": "Тобылгы"}):
        [answer] = ask(api, officer, party)
        assert answer["verdict"] == "possible"
        assert any("020240000555" in reason for reason in answer["reasons"])


def test_a_misspelt_name_is_found_by_what_was_meant(zharyk, officer, api):
    count_name_words()
    [answer] = ask(api, officer, {"name": "Караганды Жарк", "address": "Қарағанды, Абай 5"})
    assert [one["operator"] for one in answer["candidates"]] == [zharyk.pk]


def test_a_place_on_the_map_finds_and_namesakes_are_told_apart(officer, api):
    here, there = (OperatorFactory(name="ТОО «КРЭК»") for _ in range(2))
    SiteFactory(registration__operator=here, lat=49.8, lon=73.1)
    SiteFactory(registration__operator=there, lat=44.8, lon=65.5)
    [answer] = ask(api, officer, {"name": "КРЭК", "lat": 49.8005, "lon": 73.1})
    assert answer["candidates"][0]["operator"] == here.pk
    assert answer["verdict"] == "same"


def test_a_persons_number_cannot_be_found_out_by_who_may_not_see_it(analyst, officer, api):
    person = OperatorFactory(person=True, name="ИП Асанов")
    slip = f"{person.bin[:-1]}{(int(person.bin[-1]) + 1) % 10}"
    for number in (person.bin, slip, person.bin.lstrip("0")):
        [seen, named, other] = ask(
            api, analyst, {"bin": number}, {"bin": number, "name": "Асанов"},
            {"bin": invented_bin(77, "991335"), "name": "Асанов"},
        )  # fmt: skip
        assert seen["candidates"] == []
        assert named["candidates"] == other["candidates"]  # right or wrong, the answer is one
        assert person.bin not in str(named)
    [seen] = ask(api, officer, {"bin": person.bin})
    assert seen["candidates"][0]["bin"] == person.bin


@pytest.mark.parametrize("name", ["member", "supplier_user", "stranger"])
def test_only_who_sees_the_registry_asks(name, api, request):
    user = request.getfixturevalue(name)
    assert api(user).post(PATH, {"parties": [{"name": "Қуат"}]}, format="json").status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {}, [], {"parties": []}, {"parties": "Қуат"}, {"parties": [{}]}, {"parties": [7]},
        {"parties": [{"name": "Қуат"}] * 101}, {"parties": [{"name": "x" * 301}]},
        {"parties": [{"name": "Қуат", "lat": 49.8}]}, {"parties": [{"lat": 91, "lon": 0}]},
        {"parties": [{"lat": "NaN", "lon": "NaN"}]}, {"parties": [{"name": "Қу\x00ат"}]},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(body, officer, api):
    answer = api(officer).post(PATH, body, format="json")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "party",
    [
        {"name": "…"}, {"name": "%_\\'"}, {"bin": "０２０２４００００５５５"}, {"name": "9" * 300},
        {"name": "Қуат", "address": "Абая 99999999999999999999"}, {"name": "ТОО"}, {"bin": "-"},
    ],
)  # fmt: skip
def test_strange_text_is_answered(party, zharyk, officer, api):
    [answer] = ask(api, officer, party)
    assert answer["verdict"] == "none"


def test_a_call_writes_nothing_and_asks_few_queries(
    zharyk, officer, api, django_assert_max_num_queries
):
    client = api(officer)
    parties = [{"name": f"Karagandy Zharyk {n}", "bin": BIN} for n in range(10)]
    client.post(PATH, {"parties": parties}, format="json")
    with django_assert_max_num_queries(12 + 4 * len(parties)):
        client.post(PATH, {"parties": parties}, format="json")
    assert not ProposedPair.objects.exists()
