"""Whether two parties are one is decided by people; a run proposes and never overrules."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from common import clock
from common.errors import NotAllowed, Refused, WrongState
from journal.selectors import history_of
from registry.actions import judge_pair, search_pairs, withdraw_judgement
from registry.actions.judging import known_operator
from registry.choices import Kind, SameOrNot
from registry.models import Judgement, ListedEntry, OfficialList, PairSearch, ProposedPair
from registry.selectors.judgements import judged
from registry.tests.factories import OperatorFactory, SiteFactory

pytestmark = pytest.mark.django_db
SAME, DIFFERENT, UNSURE = SameOrNot.SAME, SameOrNot.DIFFERENT, SameOrNot.UNSURE


@pytest.fixture
def parties():
    """Four parties of the registry."""
    return [known_operator(OperatorFactory(name=f"ТОО «Көкжал {n}»")) for n in range(4)]


def pair_of(one, other):
    first, second = sorted((one, other), key=lambda party: party.pk)
    pair, _made = ProposedPair.objects.get_or_create(
        first=first, second=second, defaults={"score": 0.9, "verdict": "possible"}
    )
    return pair


def judge(one, other, verdict, actor, reason="seen the papers"):
    return judge_pair(pair=pair_of(one, other), verdict=verdict, reason=reason, actor=actor)


def double(name="ТОО «Тобылғы Дата»", address="Өскемен, Абая 5"):
    """An operator at one place of the map."""
    operator = OperatorFactory(name=name, address=address)
    SiteFactory(registration__operator=operator)
    return operator


def test_a_judgement_is_kept_with_author_reason_and_event(parties, officer):
    made = judge(parties[0], parties[1], SAME, officer)
    assert (made.author, made.reason, made.withdrawn_at) == (officer, "seen the papers", None)
    [event] = history_of(made.first)
    assert event.words == "judged the same party"
    assert pair_of(parties[0], parties[1]).settled


def test_a_judgement_without_a_reason_is_refused(parties, officer):
    with pytest.raises(Refused):
        judge(parties[0], parties[1], SAME, officer, reason="  ")


@pytest.mark.parametrize("name", ["analyst", "auditor", "administrator", "member", "stranger"])
def test_only_officers_and_heads_judge(name, parties, request):
    with pytest.raises(NotAllowed):
        judge(parties[0], parties[1], SAME, request.getfixturevalue(name))


def test_a_later_judgement_withdraws_the_earlier_and_both_stay(parties, officer, head):
    first = judge(parties[0], parties[1], SAME, officer)
    second = judge(parties[0], parties[1], DIFFERENT, head)
    first.refresh_from_db()
    assert (first.withdrawn_by, second.withdrawn_at) == (head, None)
    assert Judgement.objects.count() == 2


def test_a_judgement_is_taken_back_by_its_author_or_a_head_and_once(
    parties, officer, head, atameken_officer
):
    made = judge(parties[0], parties[1], DIFFERENT, officer)
    with pytest.raises(NotAllowed):
        withdraw_judgement(judgement=made, actor=atameken_officer)
    withdraw_judgement(judgement=made, actor=officer)
    assert not pair_of(parties[0], parties[1]).settled
    with pytest.raises(WrongState):
        withdraw_judgement(judgement=made, actor=head)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_judgement SET reason = 'other'",
        "UPDATE registry_judgement SET verdict = 'same'",
        "DELETE FROM registry_judgement",
    ],
)
def test_the_database_keeps_judgements_as_they_were_made(sql, parties, officer):
    judge(parties[0], parties[1], DIFFERENT, officer)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_same_is_handed_on_and_different_speaks_for_the_whole_group(parties, officer):
    a, b, c, d = parties
    judge(a, b, SAME, officer)
    judge(b, c, SAME, officer)
    judge(c, d, DIFFERENT, officer)
    known = judged()
    assert known.decided(a.pk, c.pk) == SAME
    assert known.decided(a.pk, d.pk) == DIFFERENT
    assert [one.verdict for one in known.why(a.pk, c.pk)] == [SAME, SAME]
    assert known.conflicts == []


def test_what_follows_from_judgements_settles_other_pairs_too(parties, officer):
    a, b, c, _d = parties
    open_pair = pair_of(a, c)
    judge(a, b, SAME, officer)
    last = judge(b, c, SAME, officer)
    open_pair.refresh_from_db()
    assert open_pair.settled
    withdraw_judgement(judgement=last, actor=officer)
    open_pair.refresh_from_db()
    assert not open_pair.settled


def test_a_contradiction_is_reported_not_hidden(parties, officer, head, signed_in):
    a, b, c, _d = parties
    judge(a, b, SAME, officer)
    judge(b, c, SAME, officer)
    wrong = judge(a, c, DIFFERENT, head)
    assert [one.pk for one in judged().conflicts] == [wrong.pk]
    assert "1 judgement contradicts the others" in (
        signed_in(officer).get("/registry/pairs/").content.decode()
    )
    withdraw_judgement(judgement=wrong, actor=head)
    assert judged().conflicts == []


def test_not_clear_leaves_matching_as_it_was(parties, officer):
    judge(parties[0], parties[1], UNSURE, officer)
    assert judged().decided(parties[0].pk, parties[1].pk) is None
    assert pair_of(parties[0], parties[1]).settled


def test_a_search_proposes_doubles_of_the_registry_once(officer):
    one, other = double(), double("«Тобылғы Дата» ЖШС", "г. Усть-Каменогорск, ул. Абая, 5")
    double("ТОО «Зарница»", "Алматы, Сатпаева 1")
    search_pairs()
    [pair] = ProposedPair.objects.all()
    assert {pair.first.operator, pair.second.operator} == {one, other}
    search_pairs(now_if_not_due=True)
    assert ProposedPair.objects.count() == 1


def test_a_search_proposes_what_only_the_official_list_names():
    operator = OperatorFactory(name="ТОО «Қарағанды Жарық»")
    official = OfficialList.objects.create(
        kind=Kind.LICENCE_1, day=date(2026, 11, 1), body="Пример", reference="Пример № 1"
    )
    for number, name, own in (
        ("1", "Karagandy Zharyk LLP", ""),
        ("2", "ТОО «Қарағанды Жарық»", operator.bin),
        ("3", "ТОО «Заря»", ""),
    ):
        ListedEntry.objects.create(
            official_list=official, number=number, operator_name=name, operator_bin=own
        )
    search_pairs()
    [pair] = ProposedPair.objects.all()
    assert {str(pair.first), str(pair.second)} == {"ТОО «Қарағанды Жарық»", "Karagandy Zharyk LLP"}


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT, UNSURE])
def test_a_search_overwrites_no_judgement_and_brings_no_judged_pair_back(verdict, officer):
    double()
    double()
    search_pairs()
    pair = ProposedPair.objects.get()
    made = judge_pair(pair=pair, verdict=verdict, reason="seen", actor=officer)
    search_pairs(now_if_not_due=True)
    pair.refresh_from_db()
    made.refresh_from_db()
    assert (pair.settled, made.verdict, made.withdrawn_at) == (True, verdict, None)


def test_a_search_is_due_once_a_day_and_one_goes_at_a_time():
    OperatorFactory()
    assert search_pairs() is not None
    assert search_pairs() is None
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert search_pairs() is not None
    PairSearch.objects.create()
    assert search_pairs(now_if_not_due=True) is None


def test_a_search_whose_worker_died_is_taken_up_where_it_was():
    operators = [double() for _ in range(2)]
    dead = PairSearch.objects.create(
        through=operators[0].pk, asked=1, beat_at=clock.now() - timedelta(hours=1)
    )
    search = search_pairs()
    assert search is not None
    assert (search.pk, search.asked, search.through) == (dead.pk, 2, operators[1].pk)
    assert ProposedPair.objects.count() == 1


def test_the_page_shows_both_sides_with_what_differs_and_the_reasons(officer, signed_in):
    double()
    double("«Тобылғы Дата-2» ЖШС")
    pair = pair_of(*map(known_operator, (double(), double("ТОО «Тобылғы Дата 2»"))))
    pair.reasons = [{"code": "name_spelling", "params": {}}]
    pair.save()
    page = signed_in(officer).get(f"/registry/pairs/{pair.pk}/").content.decode()
    assert "<mark> 2</mark>" in page
    assert "the name is the same in another spelling" in page
    for key in "xnuh":
        assert f'data-key="{key}"' in page


def test_the_next_pair_comes_by_itself_and_the_last_judgement_can_be_taken_back(
    parties, officer, signed_in
):
    a, b, c, _d = parties
    pair, following = pair_of(a, b), pair_of(a, c)
    client = signed_in(officer)
    answer = client.post(
        f"/registry/pairs/{pair.pk}/judge/", {"verdict": "different", "reason": "x"}
    )
    page = client.get(answer["Location"]).content.decode()
    assert f"/registry/pairs/{following.pk}/judge/" in page
    made = Judgement.objects.get()
    back = client.post(f"/registry/pairs/judgements/{made.pk}/withdraw/")
    assert back["Location"] == f"/registry/pairs/{pair.pk}/"


def test_without_words_the_shown_reasons_are_kept(parties, officer, signed_in):
    pair = pair_of(parties[0], parties[1])
    pair.reasons = [{"code": "place_equal", "params": {}}, {"code": "name_equal", "params": {}}]
    pair.save()
    signed_in(officer).post(f"/registry/pairs/{pair.pk}/judge/", {"verdict": "same"})
    told = "the place is the same; the name is the same"
    assert Judgement.objects.get().reason == told


def test_a_verdict_that_is_none_is_refused(parties, officer, signed_in):
    pair = pair_of(parties[0], parties[1])
    answer = signed_in(officer).post(f"/registry/pairs/{pair.pk}/judge/", {"verdict": "maybe"})
    assert (answer.status_code, Judgement.objects.count()) == (400, 0)


def test_readers_see_pairs_without_buttons_and_outsiders_see_none(
    parties, auditor, member, signed_in
):
    pair = pair_of(parties[0], parties[1])
    assert 'value="same"' not in signed_in(auditor).get("/registry/pairs/").content.decode()
    assert (
        signed_in(auditor)
        .post(f"/registry/pairs/{pair.pk}/judge/", {"verdict": "same", "reason": "x"})
        .status_code
        == 403
    )
    assert signed_in(member).get("/registry/pairs/").status_code == 403
    judging = signed_in(member).post(f"/registry/pairs/{pair.pk}/judge/", {"verdict": "same"})
    assert judging.status_code == 404


def test_a_persons_number_is_masked_beside_the_other(analyst, signed_in):
    person = known_operator(OperatorFactory(person=True))
    pair = pair_of(person, known_operator(OperatorFactory()))
    page = signed_in(analyst).get(f"/registry/pairs/{pair.pk}/").content.decode()
    assert person.bin not in page


def test_the_page_costs_few_queries_however_many_pairs_wait(
    parties, officer, signed_in, django_assert_max_num_queries
):
    for other in parties[1:]:
        judge(parties[0], other, UNSURE, officer)
    for n in range(20):
        pair_of(parties[0], known_operator(double(f"ТОО «Дала {n}»")))
    client = signed_in(officer)
    client.get("/registry/pairs/")
    with django_assert_max_num_queries(12):
        client.get("/registry/pairs/")
