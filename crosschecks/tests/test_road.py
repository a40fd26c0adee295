"""The road without stand-ins: readings from a file, profile, both checks, lead."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import Lead
from common import clock
from crosschecks import actions
from crosschecks.choices import RunState
from crosschecks.models import CheckRun, Finding
from crosschecks.selectors.runs import newest_complete_day
from crosschecks.tests.factories import SupplierFactory
from crosschecks.tests.readings import put_readings
from grid.profiles.synthetic import Farm, mining_load

pytestmark = pytest.mark.django_db
FIRST, DAYS = date(2026, 9, 1), 28
LAST = FIRST + timedelta(days=DAYS - 1)


def farm(hours: int) -> list[float]:
    """About 500 kW of devices, each up or down on its own, kW by the hour."""
    start, _end = clock.grid_day(FIRST)
    return list(mining_load(Farm(devices=154), start, hours, seed=1, zone=clock.GRID_ZONE))


def office(hours: int) -> list[float]:
    return [120.0 if 8 <= hour % 24 < 19 else 15.0 for hour in range(hours)]


def run(day: date) -> CheckRun:
    asked = actions.queue_run(slug="undeclared-mining-load", day=day)
    return actions.run_now(run_id=asked.pk)


def test_a_farm_in_a_file_becomes_a_lead_and_an_office_does_not() -> None:
    put_readings(FIRST, {"FARM": farm(24 * DAYS), "OFFICE": office(24 * DAYS)})
    assert newest_complete_day() == LAST
    done = run(LAST)
    assert (done.state, done.done, done.new) == (RunState.DONE, 2, 1)
    lead = Lead.objects.get()
    assert lead.meter == "FARM"
    assert lead.est_kw_low is not None
    assert lead.est_kw_high is not None
    assert lead.est_kw_low < 500 < lead.est_kw_high
    assert len(lead.facts["curve"]["kw"]) == 7 * 24
    assert {reason["origin"] for reason in lead.reasons} == {"readings:north", "registry"}


def test_half_a_day_of_readings_opens_nothing() -> None:
    put_readings(FIRST, {"FARM": office(24 * DAYS)})
    put_readings(LAST + timedelta(days=1), {"FARM": farm(10), "FARM-2": farm(10)})
    done = run(LAST + timedelta(days=1))
    assert (done.state, done.late_feeds) == (RunState.INCOMPLETE, {"north": "partial"})
    assert not Finding.objects.exists()


def test_a_finding_says_that_its_readings_came_anew_until_it_is_computed_again(
    signed_in: Callable[[User], Client], officer: User
) -> None:
    supplier = SupplierFactory()
    put_readings(FIRST, {"FARM": farm(24 * DAYS)}, supplier)
    run(LAST)
    found = Finding.objects.get()
    client = signed_in(officer)
    told = "Readings behind this finding came anew"
    assert told not in client.get(found.get_absolute_url()).content.decode()
    put_readings(LAST, {"FARM": farm(24)}, supplier)
    assert told in client.get(found.get_absolute_url()).content.decode()
    run(LAST)
    assert told not in client.get(found.get_absolute_url()).content.decode()


def test_the_admin_lists_every_model(
    signed_in: Callable[[User], Client], administrator: User
) -> None:
    put_readings(FIRST, {"FARM": farm(24 * DAYS)})
    run(LAST)
    client = signed_in(administrator)
    for model in ("checkrun", "finding", "sighting", "suppression", "threshold", "checksetting"):
        page = client.get(reverse(f"admin:crosschecks_{model}_changelist"))
        assert page.status_code == 200, model
