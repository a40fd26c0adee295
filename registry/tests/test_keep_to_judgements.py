"""What people judged of a pair binds the matcher, wherever it is asked, until it is taken back."""

import csv
from datetime import date

import pytest
from django.core.management import call_command

from registry.actions import judge_pair, withdraw_judgement
from registry.actions.judging import known_operator
from registry.choices import PartySource, SameOrNot
from registry.models import Judgement, KnownParty, ProposedPair
from registry.selectors import standing
from registry.selectors.pairing import outside_key
from registry.tests.factories import OperatorFactory, RegistrationFactory, SiteFactory, invented_bin

pytestmark = pytest.mark.django_db
SAME, DIFFERENT, UNSURE = SameOrNot.SAME, SameOrNot.DIFFERENT, SameOrNot.UNSURE
DAY = date(2026, 11, 20)
NAME = "Kokzhal Data LLP"


def entry(name, number, **more):
    operator = OperatorFactory(name=name, **more)
    registration = RegistrationFactory(active=True, operator=operator, number=number)
    SiteFactory(registration=registration)
    return operator


@pytest.fixture
def kokzhal():
    return entry("ТОО «Көкжал Дата»", "I-0001")


@pytest.fixture
def judge(officer):
    def judge(one, other, verdict):
        first, second = sorted((one, other), key=lambda party: party.pk)
        pair, _made = ProposedPair.objects.get_or_create(
            first=first, second=second, defaults={"score": 0.9, "verdict": "possible"}
        )
        return judge_pair(pair=pair, verdict=verdict, reason="seen the papers", actor=officer)

    return judge


def outside(name=NAME, number=""):
    """The party as an outside list writes it."""
    return KnownParty.objects.create(
        source=PartySource.OFFICIAL_LIST, key=outside_key(name, number), name=name, bin=number
    )


def asked_by_api(api, user, name=NAME, **more):
    body = {"parties": [{"name": name, **more}]}
    return api(user).post("/api/v1/match/", body, format="json").json()["results"][0]


def matched(tmp_path, name=NAME):
    (tmp_path / "in.csv").write_text(f"id,name\na,{name}\n")
    call_command("match", tmp_path / "in.csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        [row] = csv.DictReader(file)
    return row


def shown(**asked):
    return [match.registration_number for match in standing(on=DAY, **asked).matches]


def test_a_pair_judged_different_is_suggested_nowhere_and_the_reason_says_so(
    kokzhal, judge, officer, api, tmp_path
):
    assert matched(tmp_path)["registration"] == "I-0001"
    judge(outside(), known_operator(kokzhal), DIFFERENT)
    answer = asked_by_api(api, officer)
    row = matched(tmp_path)
    assert (answer["verdict"], answer["candidates"]) == ("none", [])
    assert "другое лицо" in answer["reasons"][0]
    assert (row["registration"], row["verdict"]) == ("", "none")
    assert row["reasons"]
    assert shown(name=NAME) == []


def test_the_next_best_is_found_instead_of_the_one_judged_different(
    kokzhal, judge, officer, api, tmp_path
):
    entry("«Көкжал Дата» ЖШС", "I-0002")
    judge(outside(), known_operator(kokzhal), DIFFERENT)
    assert matched(tmp_path)["registration"] == "I-0002"
    [candidate] = asked_by_api(api, officer)["candidates"]
    assert candidate["registrations"] == ["I-0002"]


def test_a_pair_judged_the_same_is_the_same_whatever_the_names(
    kokzhal, judge, officer, api, tmp_path
):
    other = outside("Тобылғы Хэш")
    judge(other, known_operator(kokzhal), SAME)
    row = matched(tmp_path, "Тобылғы Хэш")
    assert (row["registration"], row["score"], row["verdict"]) == ("I-0001", "1.0", "same")
    answer = asked_by_api(api, officer, "Тобылғы Хэш ТОО")
    assert (answer["verdict"], answer["candidates"][0]["operator"]) == ("same", kokzhal.pk)
    assert "одно лицо" in answer["reasons"][0]
    assert shown(name="Тобылғы Хэш") == ["I-0001"]
    assert standing(name="Тобылғы Хэш", on=DAY).protected


def test_entries_of_operators_judged_one_party_come_together(kokzhal, judge):
    second = entry("ТОО «Тобылғы»", "I-0002", bin=invented_bin(9700))
    judge(known_operator(kokzhal), known_operator(second), SAME)
    assert sorted(shown(bin=kokzhal.bin)) == ["I-0001", "I-0002"]


def test_a_judgement_of_not_sure_changes_nothing(kokzhal, judge, tmp_path):
    before = matched(tmp_path)
    judge(outside(), known_operator(kokzhal), UNSURE)
    assert matched(tmp_path) == before


def test_a_judgement_taken_back_no_longer_binds(kokzhal, judge, officer, tmp_path):
    before = matched(tmp_path)
    made = judge(outside(), known_operator(kokzhal), DIFFERENT)
    assert matched(tmp_path) != before
    withdraw_judgement(judgement=made, actor=officer)
    assert matched(tmp_path) == before
    assert shown(name=NAME) == ["I-0001"]


def test_no_run_changes_a_judgement(kokzhal, judge, officer, api, tmp_path):
    judge(outside(), known_operator(kokzhal), DIFFERENT)
    before = list(Judgement.objects.values())
    matched(tmp_path)
    asked_by_api(api, officer)
    standing(name=NAME, on=DAY)
    assert list(Judgement.objects.values()) == before


def test_its_own_number_protects_an_operator_that_a_name_was_judged_different_from(kokzhal, judge):
    judge(outside(number=kokzhal.bin), known_operator(kokzhal), DIFFERENT)
    assert standing(name=NAME, bin=kokzhal.bin, on=DAY).protected


def test_namesakes_in_the_registry_do_not_hide_each_other_from_the_box(kokzhal):
    entry("«Көкжал Дата» ЖШС", "I-0002")
    assert sorted(shown(name=NAME)) == ["I-0001", "I-0002"]
