"""Names meet across scripts and legal forms, and stay apart where they differ."""

import pytest

from common.names import fold, latin, search_form, split_legal_form, strip_legal_form


@pytest.mark.parametrize(
    ("printed", "bare", "form"),
    [
        ("ТОО «ОзенМунайСервис»", "ОзенМунайСервис", "ТОО"),
        ("«ӨзенМұнайСервис» жауапкершілігі шектеулі серіктестігі", "ӨзенМұнайСервис", "ТОО"),
        ('"Қарағанды Жарық" ЖШС', "Қарағанды Жарық", "ТОО"),
        ("Karagandy Zharyk LLP", "Karagandy Zharyk", "ТОО"),
        ('ТОО "Заокеанский"', "Заокеанский", "ТОО"),
        ("АО «НК «КазМунайГаз»", "КазМунайГаз", "АО"),
        ("Филиал ТОО «Альфа»", "Альфа", "ТОО"),
        (
            "Kazakhstan Tower Company (Казахстан Тауэр Компани), ТОО",
            "Kazakhstan Tower Company (Казахстан Тауэр Компани),",
            "ТОО",
        ),
        ("Тоолинг Сервис", "Тоолинг Сервис", ""),
        ("ТOO «Бета»", "Бета", "ТОО"),
        ("ТОО", "ТОО", ""),
        ("", "", ""),
    ],
)
def test_the_legal_form_is_taken_off_at_either_end_only(printed, bare, form):
    name, found = split_legal_form(printed)
    assert (name.rstrip(","), found) == (bare.rstrip(","), form)


def test_kazakh_and_russian_spellings_fold_to_one():
    assert fold("Қарағанды Жарық") == fold("Караганды Жарык")


def test_look_alike_letters_of_the_other_script_are_mended():
    assert fold("Kазахтелеком") == fold("Казахтелеком")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Қарағанды", "Qaraghandy", "Qarağandy", "Karagandy"),
        ("Маңғыстау", "Mangystau", "Mangistau", "Mangghystaū"),
        ("Жезқазған", "Zhezkazgan", "Jezqazğan", "Zhezqazghan"),
        ("Жетісу", "Zhetisu", "Jetisu", "Jetisý", "Jetysu"),
        ("Көкжал Хэшрейт", "kokzhal heshreit", "Kökjal Heshreit"),
        ("Шымкент", "Shymkent", "Şymkent", "S'ymkent"),
    ],
)
def test_cyrillic_and_the_latin_alphabets_meet(spellings):
    assert len({latin(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Энергия-2", "Энергия-3"), ("Энергия-2", "Энергия-22"), ("Алатау", "Алтай")],
)
def test_names_that_differ_stay_apart(one, other):
    assert fold(one) != fold(other)
    assert latin(one) != latin(other)


def test_a_search_looks_in_every_language_once():
    assert search_form("Көкжал", "Кокжал", "Kokzhal", "") == " kokzhal"
    assert search_form("ТОО «Көкжал»", "Kokzhal LLP") == " kokzhal  to lp"
    assert search_form("") == ""


def test_stripping_leaves_a_name_that_is_only_quoted():
    assert strip_legal_form("«Заря»") == "Заря"
