"""Parties are recognised across scripts, forms and slips, and kept apart where they differ."""

import pytest

from registry.matching import Frequencies, Index, Party, score_pair


def party(name: str = "", **facts) -> Party:
    return Party(facts.pop("key", name), (name,) if name else (), **facts)


def codes(score) -> set[str]:
    return {reason.code for reason in score.reasons}


SPELLINGS = ('ТОО "Қарағанды Жарық"', '"Қарағанды Жарық" ЖШС', "Karagandy Zharyk LLP")


@pytest.mark.parametrize("one", SPELLINGS)
@pytest.mark.parametrize("other", SPELLINGS)
def test_a_name_in_either_script_with_its_form_at_either_end_is_one_candidate(one, other):
    score = score_pair(party(one), party(other))
    assert score.verdict == "possible"
    assert "name_equal" in codes(score)


@pytest.mark.parametrize(
    "written",
    ["ТОО «OzenМунайСервис»", "Ozen Munai Servis LLP", "ӨЗЕНМҰНАЙСЕРВИС ЖШС", "ӨзенМұнайСервис"],
)
def test_a_name_written_in_one_or_in_several_words_is_one(written):
    assert score_pair(party(written), party("«ӨзенМұнайСервис» ЖШС")).verdict == "possible"


def test_a_form_inside_a_word_stays():
    score = score_pair(party('ТОО "Заокеанский"'), party('ТОО "Кеанский"'))
    assert score.verdict == "none"
    assert "name_equal" in codes(score_pair(party('ТОО "Заокеанский"'), party("Заокеанский")))


def test_white_at_the_beginning_is_no_joint_stock_company():
    assert score_pair(party("Ақ Бұлақ"), party("Бұлақ")).verdict == "none"
    assert "name_equal" in codes(score_pair(party("Ақ Бұлақ АҚ"), party("АО «Ак Булак»")))


def test_a_name_alone_only_suggests():
    score = score_pair(party("Қызыл Өзен Қуат Майнинг"), party("Қызыл Өзен Қуат Майнинг"))
    assert score.score > 0.99
    assert score.verdict == "possible"


def test_a_good_identifier_beats_the_name():
    score = score_pair(party("КМГ", bin="020240000555"), party("ҚазМұнайГаз", bin="020240000555"))
    assert score.verdict == "same"
    assert {"identifier_equal", "name_differs"} <= codes(score)


def test_two_good_identifiers_that_differ_are_fatal_whatever_the_name():
    a = party("ТОО Майнер", bin="970240000816", address="Тараз, Абая 1")
    b = party("ТОО Майнер", bin="971240001315", address="Тараз, Абая 1")
    score = score_pair(a, b)
    assert (score.verdict, round(score.score, 6)) == ("none", 0)
    assert "identifier_clash" in codes(score)


@pytest.mark.parametrize(
    ("written", "why"),
    [("20240000555", "zeros lost"), ("020240000556", "a digit"), ("020240005055", "two swapped")],
)
def test_a_slip_in_the_identifier_suggests_and_never_decides(written, why):
    b = party("КазМунайГаз", bin="020240000555", address="Астана, Кунаева 8")
    a = party("КазМунайГаз", bin=written, address="Астана, Кунаева 8")
    reasons = {reason.code: reason.params for reason in score_pair(a, b).reasons}
    assert reasons["identifier_suggests"] == {"identifier": "020240000555"}, why
    assert score_pair(party("КМГ", bin="20240000555"), b).verdict == "possible"


def test_a_persons_number_is_not_repeated_in_a_reason():
    score = score_pair(party("Асанов", bin="61211600012"), party("Асанов", bin="061211600012"))
    shown = [r.params for r in score.reasons if r.code == "identifier_suggests"]
    assert shown == [{"identifier": "…0012"}]


def test_numbers_in_names_count():
    score = score_pair(party("Энергия-2"), party("Энергия-3"))
    assert score.verdict == "none"
    assert "numbers_clash" in codes(score)
    assert score_pair(party("Энергия-2"), party("ТОО «Энергия 2»")).verdict == "possible"


def test_namesakes_in_two_regions_stay_apart():
    karaganda = party("ТОО КРЭК", address="Карагандинская обл., г. Караганда", key="K")
    kyzylorda = party("АО КРЭК", address="Қызылорда", key="Q")
    score = score_pair(party("КРЭК", address="Караганда"), kyzylorda)
    assert score.verdict == "none"
    assert "place_apart" in codes(score)
    index = Index.build([karaganda, kyzylorda])
    tips = [party("КРЭК", address="Қарағанды"), party("КРЭК", address="Кызылорда")]
    assert [match.key for match in index.best(tips)] == ["K", "Q"]


def test_undecidable_namesakes_are_told_of():
    index = Index.build([party("КРЭК", key="K"), party("КРЭК", key="Q")])
    match = index.best([party("КРЭК")])[0]
    assert match.score <= 0.5
    assert "twin" in codes(match)


def test_common_words_weigh_little_by_their_frequency_in_the_register():
    common = Frequencies(100_000, {"kuat": 20_000, "servis": 20_000})
    pair = party("Қуат Сервис"), party("Куат Сервис")
    assert score_pair(*pair).score > 0.9 > score_pair(*pair, common).score
    assert "common_words" in codes(score_pair(*pair, common))


def test_coordinates_join_and_part():
    here = party("Сәтбаев Майнинг", lat=50.1, lon=70.2)
    assert score_pair(here, party("Satbayev Mining", lat=50.1005, lon=70.2)).verdict == "same"
    near = score_pair(here, party("Satbayev", lat=50.1, lon=70.2)).score
    far = score_pair(here, party("Satbayev", lat=43.2, lon=76.9)).score
    assert near > far


def test_former_names_of_a_town_are_one_place():
    a = party("Қуат", address="г. Верный, ул. Абая 5")
    b = party("Куат", address="Алма-Ата, Абая 5-17")
    assert {"place_equal", "street_equal", "house_equal"} <= codes(score_pair(a, b))


def test_a_party_with_several_names_is_found_by_any_and_is_no_twin_of_itself():
    index = Index.build([Party("1", ("Жарық Қуат", "Light Power"))])
    for name in ("Zharyk Kuat", "Лайт Пауэр", "Light Power"):
        match = index.best([party(name)])[0]
        assert match.key == "1"
        assert "twin" not in codes(match)


def test_an_empty_register_and_an_empty_party_match_nothing():
    assert Index.build([]).best([party("Қуат")])[0].key == ""
    assert Index.build([party("Қуат")]).best([party()])[0].verdict == "none"


def test_memory_is_bounded_for_tips_are_read_two_batches_ahead_at_most():
    index = Index.build([party("Қуат")])
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 1
            yield party("Куат")

    matches = index.best_each(endless(), batch=10)
    for answered in range(1, 101):
        next(matches)
        assert read <= answered + 2 * 10
