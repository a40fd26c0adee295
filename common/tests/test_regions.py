"""The region table: complete, consistent, and honest about what is not verified."""

import pytest

from common.regions import REGIONS, is_valid_kato, region_of


def test_there_are_twenty_regions_each_under_its_own_prefix():
    assert len(REGIONS) == 20
    assert all(region.kato == f"{prefix}0000000" for prefix, region in REGIONS.items())


def test_a_place_lies_in_the_region_of_its_first_two_digits():
    region = region_of("751210000")
    assert region is not None
    assert (region.name("ru"), region.iso, region.iso_old) == ("город Алматы", "KZ-75", "KZ-ALA")


@pytest.mark.parametrize("text", ["750000000", "351010000", "100000000"])
def test_nine_digits_in_a_known_region_are_a_kato_code(text):
    assert is_valid_kato(text)


@pytest.mark.parametrize("text", ["", "75", "990000000", "75000000", "7500000000", "75000000x"])
def test_anything_else_is_no_kato_code(text):
    assert not is_valid_kato(text)


def test_the_name_follows_the_reader():
    region = REGIONS["35"]
    assert region.name("kk") == "Қарағанды облысы"
    assert region.name("en") == "Karaganda Region"


def test_only_the_western_zone_is_called_verified():
    assert {r.prefix for r in REGIONS.values() if r.zone_verified} == {"23", "27", "47"}


def test_every_centre_lies_inside_the_country():
    assert all(40.5 < r.lat < 55.5 and 46.4 < r.lon < 87.4 for r in REGIONS.values())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_two_regions_bear_the_same_short_name(language: str) -> None:
    names = [region.short_name(language) for region in REGIONS.values()]
    assert len(set(names)) == len(REGIONS)
    assert all(names)
