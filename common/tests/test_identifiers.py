"""BIN and IIN: which numbers are accepted, refused, or offered for repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.identifiers import (
    BadIdentifier,
    check_bin,
    check_digit,
    is_valid_bin,
    masked,
    number_in,
)

ISSUED = [
    "020240000555",
    "971240001315",
    "940140000385",
    "941240000193",
    "970740000838",
    "970240000816",
    "010940000162",
    "950440001673",
    "980440000757",
    "140940023346",
    "070540008194",
    "970540000107",
    "000740001307",
    "020540003431",
]
ELEVEN = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize("number", ISSUED)
def test_an_issued_bin_is_accepted(number):
    assert (check_bin(number).value, check_bin(number).kind) == (number, "bin")


@pytest.mark.parametrize("number", ["123456789012", "181240006528", "150140010014"])
def test_a_wrong_check_digit_is_refused_without_a_repair(number):
    with pytest.raises(BadIdentifier) as refusal:
        check_bin(number)
    assert refusal.value.code in {"check_digit", "never_issued"}
    assert refusal.value.repair is None


def test_the_second_pass_counts_for_a_person_too():
    assert check_bin("061211600012").kind == "iin"
    assert check_bin("061211600012").is_personal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9504 4000-1673", "950440001673"),
        (" 950440001673\u00a0", "950440001673"),
        ("9504–4000–1673", "950440001673"),
    ],
)
def test_spaces_and_dashes_do_not_matter(written, meant):
    assert check_bin(written).value == meant


def test_spaces_do_not_make_a_wrong_number_right():
    assert not is_valid_bin("1501 4001 0014")


@pytest.mark.parametrize(
    ("written", "repair"),
    [("20240000555", "020240000555"), ("740001307", "000740001307"), ("12345", None)],
)
def test_lost_leading_zeros_are_suggested_and_never_silently_added(written, repair):
    with pytest.raises(BadIdentifier) as refusal:
        check_bin(written)
    assert (refusal.value.code, refusal.value.repair) == ("length", repair)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("95044000167A", "not_digits"),
        ("٩٥٠٤٤٠٠٠١٦٧٣", "not_digits"),
        ("9504400016730", "length"),
        ("950440001673.0", "not_digits"),
    ],
)
def test_text_that_is_no_number_says_why(written, code):
    with pytest.raises(BadIdentifier) as refusal:
        check_bin(written)
    assert refusal.value.code == code


def test_a_number_whose_second_pass_gives_ten_is_never_issued():
    never = next(f"{n:011d}" for n in range(10_000) if check_digit(f"{n:011d}") is None)
    with pytest.raises(BadIdentifier) as refusal:
        check_bin(f"{never}0")
    assert refusal.value.code == "never_issued"


@given(ELEVEN)
def test_at_most_one_last_digit_is_right(first_eleven):
    right = [d for d in "0123456789" if is_valid_bin(first_eleven + d)]
    assert right == ([] if check_digit(first_eleven) is None else [str(check_digit(first_eleven))])


@given(ELEVEN, st.integers(0, 10), st.integers(1, 9))
def test_one_changed_digit_is_noticed_when_the_first_pass_decides(first_eleven, place, step):
    total = sum(int(d) * w for d, w in zip(first_eleven, range(1, 12), strict=True)) % 11
    changed = str((int(first_eleven[place]) + step) % 10)
    other = first_eleven[:place] + changed + first_eleven[place + 1 :]
    other_total = sum(int(d) * w for d, w in zip(other, range(1, 12), strict=True)) % 11
    if 10 in {total, other_total} or place == 10:
        return
    assert check_digit(first_eleven) != check_digit(other)


def test_a_search_takes_a_valid_number_and_nothing_else():
    assert number_in(" 9504 4000-1673 ") == "950440001673"
    assert number_in("123456789012") == number_in("Kaspi") == ""


def test_a_persons_number_in_a_text_is_masked_and_a_companys_is_not():
    person = f"88010130012{check_digit('88010130012')}"
    spaced = f"{person[:6]} {person[6:]}"
    assert masked(f"see {person}, 950440001673") == f"see ••••••••{person[-4:]}, 950440001673"
    assert masked(spaced) == f"••••••••{person[-4:]}"
    assert masked(f"{person}7 and 123456789012") == f"{person}7 and 123456789012"
