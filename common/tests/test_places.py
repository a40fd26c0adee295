"""Places meet under their several names, and names of places by their roots."""

import pytest

from common.places import canonical, heard, places_of, places_of_root, regions_of
from common.sounds import sounds
from common.toponyms import parted, root


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Қарағанды", "Karaganda"), ("Целиноград", "Nur-Sultan"), ("Өскемен", "Усть-Каменогорск"),
        ("Аққу", "Лебяжье"), ("Жосалы", "Джусалы"), ("Jetisý", "Жетысу"),
    ],
)  # fmt: skip
def test_a_place_is_one_under_all_its_names(one, other):
    assert set(places_of(heard(one))) & set(places_of(heard(other)))


def test_a_name_that_two_places_bore_may_mean_either_and_lies_in_the_regions_of_both():
    name = heard("Георгиевка")
    assert set(places_of(name)) >= {heard("Қордай"), heard("Қалбатау")}
    assert regions_of(name) == regions_of(heard("Қордай")) | regions_of(heard("Қалбатау"))
    assert canonical(name) == heard("Қордай")


def test_a_place_nobody_listed_is_itself():
    name = heard("Тобылғысай")
    assert (canonical(name), places_of(name), regions_of(name)) == (name, (), 0)


def test_an_ending_does_not_hide_a_known_place():
    assert set(places_of_root(heard("Гавриловский"))) & set(places_of(heard("Талдыкорган")))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Астраханка", "Astrakhanskoye"), ("Денисовский", "Denisovka")],
)
def test_endings_of_places_leave_one_root(one, other):
    assert root(sounds(one)) == root(sounds(other))


def test_a_short_name_is_all_root():
    assert root(sounds("Алға")) == sounds("Алға")


@pytest.mark.parametrize("word", ["Новая", "Novo", "Жаңа", "new"])
def test_a_word_of_one_meaning_is_one_in_every_tongue(word):
    assert parted(sounds(word)) == ("new", "")


def test_a_name_written_in_one_with_such_a_word_is_cut():
    assert parted(sounds("Новоалексеевка")) == ("new", sounds("алексеевка"))
    assert parted(sounds("Новка")) == ("", sounds("новка"))
