"""What the registry says about a place and a party before an official decides."""

from datetime import date
from decimal import Decimal

import pytest

from registry.selectors import declared_meters, registered_by_region, standing
from registry.tests.factories import (
    OperatorFactory,
    RegistrationFactory,
    SiteFactory,
    SiteMeterFactory,
    invented_bin,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
BIN = invented_bin(9000)
KARAGANDA = (49.80, 73.10)


@pytest.fixture
def site():
    operator = OperatorFactory(bin=BIN, name="ТОО «Көкжал Хэшрейт»")
    registration = RegistrationFactory(active=True, operator=operator, number="I-0042")
    site = SiteFactory(
        registration=registration, name="Тобылғы-1", lat=KARAGANDA[0], lon=KARAGANDA[1]
    )
    SiteMeterFactory(site=site, code="M-1")
    return site


def why(**asked):
    found = standing(on=DAY, **asked)
    return [reason for match in found.matches for reason in match.why], found.protected


def test_the_same_meter_protects(site):
    assert why(meter="M-1") == (["same meter code"], True)


def test_the_same_bin_protects_however_it_is_written(site):
    assert why(bin=f"{BIN[:4]} {BIN[4:8]}-{BIN[8:]}") == (["same BIN"], True)


def test_a_place_within_half_a_kilometre_is_told_in_metres(site):
    reasons, protected = why(lat=KARAGANDA[0] + 0.0016, lon=KARAGANDA[1])
    assert (reasons, protected) == (["within 178 m"], True)
    assert why(lat=KARAGANDA[0] + 0.01, lon=KARAGANDA[1]) == ([], False)


@pytest.mark.parametrize("name", ["Kokzhal Heshreit LLP", "«Кокжал Хэшрейт» ЖШС", "кокжал хешреит"])
def test_a_similar_name_in_any_script_is_shown_but_does_not_protect(site, name):
    [reason], protected = why(name=name)
    assert reason in {"the name is the same", "the name is the same in another spelling"}
    assert not protected


@pytest.mark.parametrize("name", ["ТОО «Көкжал Хэшрейт-2»", "ТОО «Алатау»", "ТОО"])
def test_another_name_is_not_similar(site, name):
    assert why(name=name) == ([], False)


def test_a_valid_bin_beats_the_name(site):
    assert why(bin=invented_bin(9001), name="ТОО «Көкжал Хэшрейт»") == ([], False)


def test_all_reasons_of_a_match_stand_together_and_the_page_is_linked(site):
    found = standing(meter="M-1", bin=BIN, name="Кокжал Хэшрейт", on=DAY)
    match = found.matches[0]
    assert match.why == ["same meter code", "same BIN", "the name is the same"]
    assert (match.url, match.declared_kw) == ("/registry/I-0042/", 12000.0)
    assert found.words == "Registered: no restriction applies."


def test_an_entry_that_is_not_in_force_on_the_day_protects_nobody(site):
    found = standing(bin=BIN, on=date(2029, 1, 1))
    assert (found.protected, found.matches[0].protected) == (False, False)
    assert str(found.matches[0].state_badge.word) == "term ran out"


def test_no_entry_is_said_to_prove_nothing():
    assert "proves nothing" in standing(bin=BIN, on=DAY).words


def test_standing_asks_at_most_fourteen_queries(site, django_assert_max_num_queries):
    for n in range(30):
        SiteFactory(lat=KARAGANDA[0] + n / 10000, lon=KARAGANDA[1])
    with django_assert_max_num_queries(14):
        standing(meter="M-1", bin=BIN, name="Көкжал", lat=49.8, lon=73.1, on=DAY)


def test_declared_meters_tell_their_site_and_whether_it_is_in_force(
    site, django_assert_max_num_queries
):
    ended = SiteMeterFactory(code="M-2", valid_to=date(2026, 1, 1))
    suspended = SiteMeterFactory(
        code="M-3",
        site__registration=RegistrationFactory(status="suspended", valid_from=date(2025, 3, 15)),
    )
    with django_assert_max_num_queries(2):
        declared = declared_meters(DAY)
    assert set(declared) == {"M-1", suspended.code}
    assert ended.code in declared_meters(date(2026, 1, 1))
    one = declared["M-1"]
    assert (one.site_name, one.operator_bin, one.declared_kw, one.in_force) == (
        "Тобылғы-1", BIN, 12000.0, True,
    )  # fmt: skip
    assert not declared["M-3"].in_force


def test_registered_power_counts_by_region_what_is_in_force(site, django_assert_max_num_queries):
    SiteFactory(registration=site.registration, kato="350000000", declared_kw=Decimal(500))
    SiteFactory(registration=RegistrationFactory(), kato="350000000")
    with django_assert_max_num_queries(1):
        regions = registered_by_region(DAY)
    assert (regions["35"].mw, regions["35"].operators, regions["35"].sites) == (0.5, 1, 1)
    assert regions["63"].mw == 12.0
