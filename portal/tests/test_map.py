"""The map shows places to those who may see what lies there."""

from typing import Any

import pytest

from cases.tests.factories import LeadFactory
from portal.atlas import collection_for
from registry.tests.factories import SiteFactory

pytestmark = pytest.mark.django_db


def kinds(user: Any) -> list[tuple[str, str]]:
    features = collection_for(user)["features"]
    return [(one["geometry"]["type"], one["properties"]["tone"]) for one in features]


def test_an_officer_sees_leads_and_registered_sites(officer: Any) -> None:
    LeadFactory(lat=52.3, lon=76.9)
    SiteFactory(lat=43.2, lon=76.9)
    assert kinds(officer) == [("Point", "reg"), ("Point", "sus")]


def test_leads_that_gather_shade_their_cell(officer: Any) -> None:
    LeadFactory(lat=52.30, lon=76.90)
    LeadFactory(lat=52.31, lon=76.91)
    assert kinds(officer)[0] == ("Polygon", "sus")


def test_a_lead_without_a_place_is_not_put_anywhere(officer: Any) -> None:
    LeadFactory(lat=None, lon=None)
    assert kinds(officer) == []


def test_a_member_of_the_association_sees_no_map(member: Any, signed_in: Any) -> None:
    assert signed_in(member).get("/map/").status_code == 403


def test_the_same_places_stand_as_a_list(officer: Any, signed_in: Any) -> None:
    lead = LeadFactory(lat=52.3, lon=76.9)
    page = signed_in(officer).get("/map/").content.decode()
    assert f'<a href="{lead.get_absolute_url()}">' in page
