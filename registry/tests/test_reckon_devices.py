"""Devices to kilowatts and back, by the catalogue."""

import pytest
from django.urls import reverse

from registry.selectors.calculator import Line, devices_in, model_of, reckon, total

pytestmark = pytest.mark.django_db


def test_the_catalogue_is_searched_by_what_papers_write(officer, signed_in):
    find_rows = signed_in(officer).get
    page = find_rows("/registry/models/", {"q": "S19JPRO-104T"}).content.decode()
    assert "Antminer S19j Pro" in page
    assert "M30S" not in page


def test_1173_s19j_pro_draw_3_60_mw_and_3_96_with_a_tenth_of_overhead():
    reckoned = [reckon(Line("Antminer S19j Pro", 1173))]
    summed = total(reckoned, 10)
    assert summed.kw == pytest.approx(3600, abs=2)
    assert summed.with_overhead_kw == pytest.approx(3960, abs=2)


@pytest.mark.parametrize(
    "described", ["S19JPRO-104T", "S19j Pro 104Th", "Bitmain Antminer S19j Pro"]
)
def test_a_line_of_a_customs_paper_resolves_to_its_model(described):
    model = model_of(described)
    assert model is not None
    assert model.key == "S19JPRO"


def test_the_range_holds_the_tolerance():
    one = reckon(Line("S19j Pro", 100))
    assert one.low_kw == pytest.approx(306.8 * 0.95)
    assert one.high_kw == pytest.approx(306.8 * 1.05)


def test_an_unknown_model_is_not_counted_and_offers_the_closest():
    one = reckon(Line("Antminer S19 Prro", 10))
    assert one.kw is None
    assert any("S19" in name for name in one.closest)
    assert total([one], 10).unknown == 1


def test_another_device_counts_by_its_stated_watts():
    assert reckon(Line("KS5", 10, 3400)).kw == pytest.approx(34)


def test_kilowatts_feed_so_many_whole_devices():
    model = model_of("S19JPRO")
    assert model is not None
    assert devices_in(3600, model, 10) == 1066
    assert devices_in(3, model, 10) == 0


def test_the_page_answers_from_its_address(member, signed_in):
    client = signed_in(member)
    asked = {"model": "S19JPRO-104T", "count": "1173", "watts": "", "declared": "2000"}
    page = client.get(reverse("registry:calculator"), asked).content.decode()
    assert "Antminer S19j Pro" in page
    assert "above the declared" in page
    for bad in ({"model": "x", "count": "-1", "watts": ""}, {"overhead": "many"}, {"kw": "1e99"}):
        assert client.get(reverse("registry:calculator"), bad).status_code == 200
