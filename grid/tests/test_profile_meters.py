"""Profiles of a day: computed once, again when readings change, told in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from common.clock import GRID_ZONE, grid_day
from grid import actions
from grid.choices import Channel, RunState
from grid.models import MeterProfile, ProfileRun, Supplier
from grid.profiles.synthetic import Farm, legal_load, mining_load
from grid.selectors import (
    complete_days,
    describe_reasons,
    due_days,
    feeds,
    late_feeds,
    meter_card,
    profiles_on,
)
from grid.selectors.windows import windows_under_way
from grid.tests.factories import as_file, readings_csv

FIRST = date(2026, 9, 1)
UNTIL = FIRST + timedelta(days=27)
HOURS = 28 * 24


@pytest.fixture
def readings(supplier: Supplier) -> str:
    start = grid_day(FIRST)[0]
    curves = {
        "FLAT": mining_load(Farm(), start, HOURS, seed=1, zone=GRID_ZONE),
        "NIGHT": mining_load(Farm(pattern="night_block"), start, HOURS, seed=2, zone=GRID_ZONE),
        "OFFICE": legal_load("office", 80, start, HOURS, seed=3, zone=GRID_ZONE),
    }
    moment = datetime(FIRST.year, FIRST.month, FIRST.day)  # noqa: DTZ001 - a calendar day
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(readings_csv(curves, moment)), file_name="s.csv",
        actor=None, channel=Channel.COMMAND,
    )  # fmt: skip
    actions.store_batch(batch.pk)
    return supplier.code


def test_planted_farms_are_found_and_the_office_is_not(readings: str) -> None:
    told: list[tuple[int, int]] = []
    assert (
        actions.profile_meters(until=UNTIL, progress=lambda done, total: told.append((done, total)))
        == 3
    )
    assert told[-1] == (3, 3)
    rows = {row.code: row for row in profiles_on(UNTIL)}
    assert rows["FLAT"].pattern == "flat"
    assert rows["NIGHT"].pattern == "night_block"
    assert rows["OFFICE"].pattern == "none"
    assert rows["FLAT"].est_kw == pytest.approx(3.068 * 100 * 1.08 * 0.98, rel=0.03)
    assert rows["NIGHT"].est_kw == pytest.approx(3.068 * 100 * 1.08 * 0.98, rel=0.03)
    assert rows["FLAT"].supplier == readings


def test_computing_a_day_twice_makes_nothing_twice(readings: str) -> None:
    actions.profile_meters(until=UNTIL)
    actions.profile_meters(until=UNTIL)
    assert MeterProfile.objects.count() == 3
    assert complete_days() == [UNTIL]
    run = ProfileRun.objects.get()
    assert (run.done, run.total, run.state) == (3, 3, RunState.DONE)


def test_the_last_days_are_due_one_by_one_and_older_ones_by_the_week(readings: str) -> None:
    ages = [(UNTIL - day).days for day in due_days()]
    assert sorted(ages) == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21]


def test_whole_days_are_profiled_and_then_nothing_is_due(readings: str) -> None:
    done = actions.profile_new_days()
    assert done[-1] == UNTIL
    assert due_days() == []
    assert complete_days(after=UNTIL - timedelta(days=2)) == [UNTIL - timedelta(days=1), UNTIL]


def test_a_day_with_half_of_its_readings_is_partial_and_one_without_any_missing(
    readings: str,
) -> None:
    assert late_feeds(UNTIL) == {}
    assert late_feeds(UNTIL + timedelta(days=1)) == {readings: "missing"}
    half = {"FLAT": np.full(6, 300.0)}
    moment = datetime(UNTIL.year, UNTIL.month, UNTIL.day) + timedelta(days=1)  # noqa: DTZ001 - a calendar day
    supplier = Supplier.objects.get(code=readings)
    batch, _ = actions.receive_batch(
        supplier=supplier, file=as_file(readings_csv(half, moment)), file_name="h.csv",
        actor=None, channel=Channel.COMMAND,
    )  # fmt: skip
    actions.store_batch(batch.pk)
    assert late_feeds(UNTIL + timedelta(days=1)) == {readings: "partial"}
    feed = next(f for f in feeds(on=UNTIL + timedelta(days=9)) if f.supplier_code == readings)
    assert feed.last_complete_day == UNTIL
    assert feed.days_late == 6


def test_reasons_are_told_in_the_readers_language(readings: str) -> None:
    actions.profile_meters(until=UNTIL)
    row = next(r for r in profiles_on(UNTIL) if r.code == "NIGHT")
    english = describe_reasons(row.reasons)
    assert any("00:00" in text and "10:00" in text for text in english)
    with translation.override("ru"):
        assert describe_reasons(row.reasons) != english


def test_a_meter_is_told_on_one_card(readings: str) -> None:
    actions.profile_meters(until=UNTIL)
    card = meter_card("FLAT")
    assert card is not None
    assert (card.supplier_code, card.pattern, card.until) == (readings, "flat", UNTIL)
    assert meter_card("UNKNOWN") is None


def test_the_bar_tells_windows_done_of_all_that_are_due(
    readings: str, officer: User, supplier_user: User, signed_in: Callable[[User], Client]
) -> None:
    days, client, seen = due_days(), signed_in(officer), []

    def watch(_meters: int, _of: int) -> None:
        page = client.get(reverse("grid:windows"))
        assert "HX-Refresh" not in page
        assert f"of {len(days)}" in page.content.decode()
        assert f"of {len(days)}" in client.get(reverse("grid:home")).content.decode()
        seen.append(windows_under_way())

    assert len(days) > 1
    assert actions.profile_new_days(progress=watch) == days
    assert seen == [(done, len(days)) for done in range(len(days))]
    assert windows_under_way() is None
    assert client.get(reverse("grid:windows"))["HX-Refresh"] == "true"
    assert signed_in(supplier_user).get(reverse("grid:windows")).status_code == 403
