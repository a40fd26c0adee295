"""The picture of a day: what is suspected and what is registered, by region, with its time."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.choices import LeadState
from cases.tests.factories import LeadFactory
from common import clock
from outlook.actions import take_picture
from outlook.models import Picture
from outlook.selectors import picture
from registry.tests.factories import RegistrationFactory, SiteFactory

pytestmark = pytest.mark.django_db
EAST = "63"


def test_before_the_first_there_is_no_picture() -> None:
    assert picture() is None


def test_suspected_and_registered_power_stand_beside_each_other() -> None:
    LeadFactory(kato="630000000", region=EAST, meter="M-1", est_kw_low=1000, est_kw_high=3000)
    SiteFactory(registration=RegistrationFactory(active=True), kato="630000000", declared_kw=12000)
    take_picture()
    taken = picture()
    assert taken is not None
    east = next(region for region in taken.regions if region.code == EAST)
    assert (east.suspected_low, east.suspected_high, east.suspected) == (1.0, 3.0, 2.0)
    assert (east.leads, east.registered, east.sites) == (1, 12.0, 1)
    assert taken.regions[0] == east
    assert len(taken.regions) == 20
    assert taken.total("registered") == 12.0


def test_a_dismissed_lead_is_no_longer_suspected() -> None:
    LeadFactory(
        kato="630000000", region=EAST, state=LeadState.DISMISSED, est_kw_low=1000, est_kw_high=3000
    )
    take_picture()
    taken = picture()
    assert taken is not None
    assert taken.total("suspected_high") == 0


def test_the_days_picture_is_taken_anew_and_yesterdays_is_kept() -> None:
    now = clock.now()
    take_picture(now - timedelta(days=1))
    take_picture(now)
    LeadFactory(kato="630000000", region=EAST, est_kw_low=1000, est_kw_high=3000)
    take_picture(now)
    assert Picture.objects.count() == 2
    taken = picture()
    assert taken is not None
    assert taken.taken_at == now
    assert taken.total("leads") == 1


def test_a_picture_costs_few_queries_however_many_leads(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    LeadFactory.create_batch(30, kato="630000000", region=EAST)
    with django_assert_max_num_queries(16):
        take_picture()
