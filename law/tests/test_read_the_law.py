"""The pages and the API of the law: what is in force on a day, and what was merely said."""

import pytest
from django.urls import reverse

from law.models import Act, Norm, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(member, signed_in):
    return signed_in(member)


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("day", "paper"), [("2022-05-01", "notification"), ("2023-06-05", "licence, type 1 or 2")]
)
def test_the_first_page_tells_what_was_needed_on_a_day(reader, day, paper):
    assert paper in text(reader, f"{reverse('law:home')}?on={day}")


def test_whether_mining_is_banned_is_answered_with_what_was_said_and_what_is_in_force(reader):
    page = text(reader, reverse("law:banned"))
    assert "bans it" in page
    assert "every type of mining" in page
    assert "not competent" in page
    assert "Law on digital assets" in page
    assert "no legal advice" in page


@pytest.mark.parametrize("name", ["acts", "positions", "rates"])
def test_a_list_of_the_law_stays_within_its_queries(reader, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        reader.get(reverse(f"law:{name}"))


def test_acts_are_found_by_number_matter_and_day(reader):
    address = reverse("law:acts")
    assert "Digital Code" not in text(reader, f"{address}?q=193-VII")
    assert "Law on digital assets" in text(reader, f"{address}?q=193-VII")
    assert "Law on digital assets" not in text(reader, f"{address}?on=2023-03-01")


def test_every_act_norm_and_statement_has_a_page(reader):
    for row in [*Act.objects.all(), *Norm.objects.all(), *Position.objects.all()]:
        assert str(row.title) in text(reader, row.get_absolute_url()).replace("&#x27;", "'")


def test_the_page_of_an_act_answers_for_the_day_that_is_asked(reader):
    act = Act.objects.get(code="order-384").get_absolute_url()
    assert "Yes." in text(reader, f"{act}?on=2022-05-01")
    assert "not in force" in text(reader, f"{act}?on=2024-05-01")


def test_nobody_reads_the_law_here_without_signing_in(client):
    assert client.get(reverse("law:home")).status_code == 302


def test_the_api_gives_acts_with_their_norms_and_how_sure_they_are(member, api):
    client = api(member)
    act = client.get("/api/v1/acts/law-193-vii/").json()
    assert (act["verified"], act["confirmed_by"]) == (False, 5)
    assert "Art. 8(4)" in [norm["label"] for norm in act["norms"]]
    on = client.get("/api/v1/acts/?on=2023-03-01").json()["results"]
    assert "law-193-vii" not in [one["code"] for one in on]
    assert client.get("/api/v1/statements/akishev-2018-03-30/").status_code == 200
    rates = client.get("/api/v1/fee-rates/?on=2026-03-01").json()["results"]
    assert [one["rate"] for one in rates] == [None]
